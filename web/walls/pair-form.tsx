import { CheckCircleOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CODE_LETTERS, type NewWallDevice, SCREEN_NAME_LETTERS } from '../../domain/access/wall-device.ts'
import type { AreaProperties } from '../../domain/area.ts'
import type { Scope } from '../../domain/scope.ts'
import { READY_MADE_WALL_ID } from '../../domain/wall/wall.ts'
import { faultyFields } from '../api/faults.ts'
import { useRequestKey } from '../api/request-key.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { ScopeField } from '../ui/scope-field.tsx'
import { DEVICES_KEY, useWalls } from './use-walls.ts'
import './walls.css'
import { pairDevice } from './walls-api.ts'

const FIELDS = ['code', 'name', 'scope'] as const
const isField = (field: string): field is (typeof FIELDS)[number] =>
  (FIELDS as readonly string[]).includes(field)

/** The code that a screen shows is typed in, and what the screen is called and may see. */
export function PairForm({ areas }: { areas: readonly AreaProperties[] }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const walls = useWalls().data ?? []
  const [form] = Form.useForm<NewWallDevice>()
  const [wasTried, setTried] = useState(false)
  const keyFor = useRequestKey()
  const pairing = useMutation({
    mutationFn: ({ code, name, scope, wallId }: NewWallDevice) => {
      const device = { code: code.trim(), name: name.trim(), scope, ...(wallId ? { wallId } : {}) }
      return pairDevice(device, keyFor(device))
    },
    onSuccess: () => {
      form.resetFields()
      setTried(false)
      return client.invalidateQueries({ queryKey: DEVICES_KEY })
    },
    onError: (error) =>
      form.setFields(
        faultyFields(error)
          .filter(isField)
          .map((field) => ({ name: field, errors: [t(`walls.wrong.${field}`)] })),
      ),
  })
  const { error, data: paired } = pairing
  return (
    <section className="desk-card panel" aria-labelledby="pair-screen">
      <h2 id="pair-screen">{t('walls.pairTitle')}</h2>
      <p className="quiet">{t('walls.pairText')}</p>
      <Form<NewWallDevice>
        form={form}
        className="pair-form"
        layout="vertical"
        requiredMark={false}
        initialValues={{ code: '', name: '', scope: [''], wallId: READY_MADE_WALL_ID }}
        onFinish={(wall) => {
          setTried(true)
          pairing.mutate(wall)
        }}
        onFinishFailed={() => setTried(true)}
        // What was answered is about what stood there before
        onValuesChange={() => pairing.isError && pairing.reset()}
      >
        <Form.Item
          name="code"
          label={t('walls.field.code')}
          rules={[
            { pattern: /^\s*([A-Za-z0-9]\s*-?\s*){6}$/, required: true, message: t('walls.wrong.codeShape') },
          ]}
        >
          <Input
            className="code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={CODE_LETTERS}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('walls.field.name')}
          rules={[{ required: true, whitespace: true, message: t('walls.wrong.name') }]}
        >
          <Input autoComplete="off" maxLength={SCREEN_NAME_LETTERS} placeholder={t('walls.nameHint')} />
        </Form.Item>
        <Form.Item
          name="scope"
          // Somebody who chooses areas has chosen none at first
          validateTrigger={wasTried ? 'onChange' : 'onSubmit'}
          label={t('walls.field.scope')}
          rules={[
            {
              validator: async (_, scope: Scope) => {
                if (scope.length === 0) throw new Error(t('scope.none'))
              },
            },
          ]}
        >
          <ScopeField areas={areas} />
        </Form.Item>
        <Form.Item name="wallId" label={t('wallDesk.showsWall')}>
          <Select
            options={[
              { value: READY_MADE_WALL_ID, label: t('wallDesk.readyMade') },
              ...walls.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Form.Item>
        <Form.Item className="submit">
          <Button type="primary" htmlType="submit" loading={pairing.isPending}>
            {t('walls.pair')}
          </Button>
        </Form.Item>
      </Form>
      <div role="status">
        {paired && (
          <p className="paired">
            <CheckCircleOutlined aria-hidden /> {t('walls.paired', { name: paired.name })}
          </p>
        )}
      </div>
      {error && !faultyFields(error).some(isField) && (
        <Alert type="error" showIcon role="alert" title={textOf(error)} />
      )}
    </section>
  )
}
