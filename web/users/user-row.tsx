import { CheckCircleOutlined, StopOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OneTimePassword, User } from '../../domain/access/user.ts'
import type { AreaProperties } from '../../domain/area.ts'
import type { Department } from '../../domain/incident.ts'
import { ApiError } from '../api/request.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import { useScopeText } from '../ui/scope-text.ts'
import { USERS_KEY } from './use-users.ts'
import { changeUser, endSessions, renewPassword } from './users-api.ts'

interface UserRowProps {
  user: User
  areas: readonly AreaProperties[]
  departments: readonly Department[]
  /** whoever looks at it */
  isOwn: boolean
  onChange(): void
  onDone(made: OneTimePassword | null): void
}

export function UserRow({ user, areas, departments, isOwn, onChange, onDone }: UserRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const scopeText = useScopeText(areas)
  const department = departments.find(({ code }) => code === user.departmentCode)
  const lastSeen = user.lastSeenAt && format.dateTime(secondsOf(user.lastSeenAt))
  return (
    <tr data-user={user.name} data-off={user.isDisabled}>
      <th scope="row">
        {user.name}
        {isOwn && <small className="tag">{t('users.you')}</small>}
        {user.isOpenId && <small className="tag">{t('users.openId')}</small>}
      </th>
      <td>{user.displayName}</td>
      <td>{t(`access.role.${user.role}`)}</td>
      <td className="scope">{scopeText(user.scope)}</td>
      <td>{department ? nameIn(format.language, department) : (user.departmentCode ?? '')}</td>
      <td className="number">{format.count(user.sessions)}</td>
      <td className="time">{lastSeen ?? t('users.neverSeen')}</td>
      <td className="state">
        {user.isDisabled ? <StopOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />}{' '}
        {t(user.isDisabled ? 'users.shutOut' : 'users.mayEnter')}
      </td>
      <td>
        <div className="actions">
          <Button size="small" onClick={onChange} aria-label={`${t('users.change')} ${user.name}`}>
            {t('users.change')}
          </Button>
          <UserActions user={user} isOwn={isOwn} onDone={onDone} />
        </div>
      </td>
    </tr>
  )
}

/** What can be done about a user at once, each after it was confirmed. */
function UserActions({ user, isOwn, onDone }: Pick<UserRowProps, 'user' | 'isOwn' | 'onDone'>) {
  const { id, name, isDisabled, isOpenId, sessions } = user
  return (
    <>
      {/* Whoever did it to himself would be signed out before he saw the password */}
      {!isOpenId && !isOwn && (
        <Confirmed what="newPassword" name={name} act={() => renewPassword(id)} onDone={onDone} />
      )}
      <Confirmed
        what="endSessions"
        name={name}
        disabled={sessions === 0}
        act={() => endSessions(id)}
        onDone={onDone}
      />
      {!isOwn && (
        <Confirmed
          what={isDisabled ? 'letIn' : 'keepOut'}
          name={name}
          act={async () => {
            await changeUser(user, { isDisabled: !isDisabled })
            return null
          }}
          onDone={onDone}
        />
      )}
    </>
  )
}

interface ConfirmedProps {
  what: 'newPassword' | 'endSessions' | 'letIn' | 'keepOut'
  name: string
  disabled?: boolean
  act(): Promise<OneTimePassword | null>
  onDone(made: OneTimePassword | null): void
}

function Confirmed({ what, name, disabled = false, act, onDone }: ConfirmedProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  // A password is shown by whoever asked, and kept nowhere
  const acting = useMutation({
    mutationFn: act,
    gcTime: 0,
    onSuccess: onDone,
    // Somebody else may have changed the user meanwhile
    onError: () => client.invalidateQueries({ queryKey: USERS_KEY }),
  })
  const { error } = acting
  const isLastAdministrator = error instanceof ApiError && error.status === 409
  return (
    <>
      <Popconfirm
        title={t(`users.${what}.title`, { name })}
        description={t(`users.${what}.text`)}
        okText={t(`users.${what}.do`)}
        cancelText={t('users.cancel')}
        disabled={disabled}
        onConfirm={() => acting.mutate()}
        styles={{ root: { maxWidth: 380 } }}
      >
        <Button
          size="small"
          disabled={disabled}
          loading={acting.isPending}
          aria-label={`${t(`users.${what}.do`)} ${name}`}
        >
          {t(`users.${what}.do`)}
        </Button>
      </Popconfirm>
      {error && (
        <Alert
          type="error"
          showIcon
          closable={{ onClose: () => acting.reset() }}
          role="alert"
          title={isLastAdministrator ? t('users.wrong.lastAdministrator') : textOf(error)}
        />
      )}
    </>
  )
}
