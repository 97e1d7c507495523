import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/request.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { changePassword } from './access-api.ts'

/** Choosing a password of one's own. */
export function PasswordForm({ name, onChanged }: { name: string; onChanged(): void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const id = useId()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const changing = useMutation({ mutationFn: () => changePassword(current, next), onSuccess: onChanged })
  const fields =
    changing.error instanceof ApiError ? (changing.error.problem?.faults ?? []).map(({ field }) => field) : []
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        changing.mutate()
      }}
    >
      {/* Keepers of passwords want to know whose it is */}
      <input type="text" autoComplete="username" value={name} readOnly hidden />
      <label htmlFor={`${id}-current`}>{t('access.currentPassword')}</label>
      <Input.Password
        id={`${id}-current`}
        autoComplete="current-password"
        status={fields.includes('current') ? 'error' : ''}
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      {fields.includes('current') && <p role="alert">{t('access.currentWrong')}</p>}
      <label htmlFor={`${id}-next`}>{t('access.nextPassword')}</label>
      <Input.Password
        id={`${id}-next`}
        autoComplete="new-password"
        aria-describedby={`${id}-rule`}
        status={fields.includes('next') ? 'error' : ''}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <p id={`${id}-rule`} role={fields.includes('next') ? 'alert' : undefined}>
        {t(fields.includes('next') ? 'access.nextWeak' : 'access.passwordRule')}
      </p>
      {changing.error && fields.length === 0 && (
        <Alert type="error" showIcon role="alert" title={textOf(changing.error)} />
      )}
      <Button
        type="primary"
        htmlType="submit"
        disabled={current === '' || next === ''}
        loading={changing.isPending}
      >
        {t('access.changePassword')}
      </Button>
    </form>
  )
}
