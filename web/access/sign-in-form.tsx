import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../domain/access/session.ts'
import { ApiError } from '../api/request.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { signIn } from './access-api.ts'

export function SignInForm({ onSignedIn }: { onSignedIn(me: Me): void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const id = useId()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const entering = useMutation({ mutationFn: () => signIn(name, password), onSuccess: onSignedIn })
  const wrong =
    entering.error instanceof ApiError ? WRONG[entering.error.status as keyof typeof WRONG] : undefined
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
        <Alert
          type="error"
          showIcon
          role="alert"
          title={wrong ? t(`access.${wrong}`) : textOf(entering.error)}
        />
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

const WRONG = { 401: 'wrong', 429: 'delayed' } as const
