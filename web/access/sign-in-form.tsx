import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../domain/access/session.ts'
import { ApiError } from '../api/request.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { makeFormat, useFormat } from '../ui/format.ts'
import { signIn } from './access-api.ts'

export function SignInForm({ onSignedIn }: { onSignedIn(me: Me): void }) {
  const { t } = useTranslation()
  const textOf = useSignInErrorText()
  const id = useId()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const entering = useMutation({ mutationFn: () => signIn(name, password), onSuccess: onSignedIn })
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        entering.mutate()
      }}
    >
      <label htmlFor={`${id}-name`}>{t('access.name')}</label>
      <Input
        id={`${id}-name`}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}-password`}>{t('access.password')}</label>
      <Input.Password
        id={`${id}-password`}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {entering.error && (
        <Alert type="error" showIcon role="alert" title={textOf(entering.error, entering.submittedAt)} />
      )}
      <Button
        type="primary"
        htmlType="submit"
        disabled={name === '' || password === ''}
        loading={entering.isPending}
      >
        {t('access.signIn')}
      </Button>
    </form>
  )
}

const MINUTE_S = 60
/** Below it seconds say more. */
const MINUTES_FROM_S = 120

/** Says why nobody was signed in; `triedAt`: milliseconds after 1970. */
function useSignInErrorText(): (error: unknown, triedAt: number) => string {
  const { t } = useTranslation()
  const { language } = useFormat()
  const textOf = useErrorText()
  return (error, triedAt) => {
    if (!(error instanceof ApiError)) return textOf(error)
    if (error.status === 401) return t('access.wrong')
    if (error.status !== 429) return textOf(error)
    const { retryAfterS } = error
    if (retryAfterS === null) return t('access.delayedUnknown')
    const wait =
      retryAfterS < MINUTES_FROM_S
        ? t('access.waitSeconds', { count: retryAfterS })
        : t('access.waitMinutes', { count: Math.ceil(retryAfterS / MINUTE_S) })
    // Nobody is signed in, so that the district's clock is not known: it is that of whoever sits here
    const { clock } = makeFormat(language, Intl.DateTimeFormat().resolvedOptions().timeZone)
    return t('access.delayed', { wait, clock: clock(Math.ceil(triedAt / 1000) + retryAfterS) })
  }
}
