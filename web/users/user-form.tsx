import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '../../domain/access/role.ts'
import type { OneTimePassword, User } from '../../domain/access/user.ts'
import type { AreaProperties } from '../../domain/area.ts'
import type { Department } from '../../domain/incident.ts'
import { EVERYTHING, type Scope } from '../../domain/scope.ts'
import { faultyFields } from '../api/faults.ts'
import { ApiError } from '../api/request.ts'
import { useRequestKey } from '../api/request-key.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import { ScopeField } from '../ui/scope-field.tsx'
import { USERS_KEY } from './use-users.ts'
import { changeUser, createUser } from './users-api.ts'

interface UserFormProps {
  /** null: a new one */
  user: User | null
  /** whoever fills it in */
  isOwn: boolean
  areas: readonly AreaProperties[]
  departments: readonly Department[]
  onClose(): void
  /** with a password where the user is new */
  onDone(made: OneTimePassword | null): void
}

interface Fields {
  name: string
  displayName: string
  role: Role
  scope: string[]
  departmentCode: string | null
}

const FIELDS = ['name', 'displayName', 'role', 'scope', 'departmentCode'] as const

/** What somebody may see and do, for somebody new or somebody known. */
export function UserForm({ user, isOwn, areas, departments, onClose, onDone }: UserFormProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const textOf = useErrorText()
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const keyFor = useRequestKey()
  const role = Form.useWatch('role', form)
  const [modal, modalPlace] = Modal.useModal()
  const [wasTried, setTried] = useState(false)
  const saving = useMutation({
    mutationFn: async (fields: Fields) => {
      const { name, ...rest } = settled(fields)
      if (!user) return createUser({ name, ...rest }, keyFor({ name, ...rest }))
      await changeUser(user, rest)
      return null
    },
    // The password is shown by whoever asked, and kept nowhere
    gcTime: 0,
    onSuccess: onDone,
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: USERS_KEY })
      const wrong = faultyFields(error).filter((field) => isField(field))
      form.setFields(wrong.map((field) => ({ name: field, errors: [t(`users.wrong.${field}`)] })))
      if (isConflict(error) && !user) form.setFields([{ name: 'name', errors: [t('users.wrong.nameTaken')] }])
    },
  })
  const save = (fields: Fields) => {
    setTried(true)
    if (!user || !isOwn || !changesRights(user, settled(fields))) return saving.mutate(fields)
    void modal.confirm({
      title: t('users.ownChange.title'),
      content: t('users.ownChange.text'),
      okText: t('users.ownChange.do'),
      cancelText: t('users.cancel'),
      onOk: () => saving.mutate(fields),
    })
  }
  const { error } = saving
  const isToldAtField = error !== null && (faultyFields(error).some(isField) || (isConflict(error) && !user))
  return (
    <Modal
      open
      width={560}
      title={user ? t('users.changeTitle', { name: user.name }) : t('users.addTitle')}
      okText={user ? t('users.save') : t('users.add')}
      cancelText={t('users.cancel')}
      confirmLoading={saving.isPending}
      mask={{ closable: false }}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Fields>
        form={form}
        className="user-form"
        layout="vertical"
        requiredMark={false}
        initialValues={
          user ?? { name: '', displayName: '', role: 'viewer', scope: [...EVERYTHING], departmentCode: null }
        }
        onFinish={save}
        onFinishFailed={() => setTried(true)}
        // What was answered is about what stood there before
        onValuesChange={() => saving.isError && saving.reset()}
      >
        {!user && (
          <Form.Item
            name="name"
            label={t('users.field.name')}
            extra={t('users.hint.name')}
            rules={[
              { required: true, message: t('users.wrong.nameMissing') },
              { pattern: /^[^\s\p{C}]+$/u, message: t('users.wrong.name') },
            ]}
          >
            <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={100} />
          </Form.Item>
        )}
        <Form.Item
          name="displayName"
          label={t('users.field.displayName')}
          rules={[{ required: true, whitespace: true, message: t('users.wrong.displayName') }]}
        >
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item name="role" label={t('users.field.role')} extra={role && t(`users.roleHint.${role}`)}>
          <Select options={ROLES.map((value) => ({ value, label: t(`access.role.${value}`) }))} />
        </Form.Item>
        {role === 'department-handler' && (
          <Form.Item
            name="departmentCode"
            label={t('users.field.departmentCode')}
            rules={[{ required: true, message: t('users.wrong.departmentCode') }]}
          >
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('users.hint.departmentCode')}
              options={departments.map((one) => ({ value: one.code, label: nameIn(language, one) }))}
            />
          </Form.Item>
        )}
        <Form.Item
          name="scope"
          // Somebody who chooses areas has chosen none at first
          validateTrigger={wasTried ? 'onChange' : 'onSubmit'}
          dependencies={wasTried ? ['role'] : []}
          label={t('users.field.scope')}
          extra={role === 'administrator' ? t('users.hint.scope') : t('scope.hint')}
          rules={[
            {
              validator: async (_, scope: Scope) => {
                if (role !== 'administrator' && scope.length === 0) throw new Error(t('scope.none'))
              },
            },
          ]}
        >
          <ScopeField areas={areas} onlyEverything={role === 'administrator'} />
        </Form.Item>
        {error && !isToldAtField && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={isConflict(error) ? t('users.wrong.lastAdministrator') : textOf(error)}
          />
        )}
      </Form>
      {modalPlace}
    </Modal>
  )
}

/** What does not go with the role is left out. */
function settled({ name, displayName, role, scope, departmentCode }: Fields): Fields {
  return {
    name,
    displayName: displayName.trim(),
    role,
    scope: role === 'administrator' ? [...EVERYTHING] : scope,
    departmentCode: role === 'department-handler' ? departmentCode : null,
  }
}

const changesRights = (user: User, { role, scope }: Fields) =>
  role !== user.role || [...scope].sort().join() !== [...user.scope].sort().join()

const isField = (field: string): field is (typeof FIELDS)[number] =>
  (FIELDS as readonly string[]).includes(field)
const isStale = (error: unknown) => error instanceof ApiError && error.status === 412
const isConflict = (error: unknown) => error instanceof ApiError && error.status === 409
