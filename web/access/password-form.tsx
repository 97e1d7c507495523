import { ExclamationCircleOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../api/use-error-text.ts'
import { changePassword } from './access-api.ts'
import { passwordFault } from './password-fault.ts'
import './password-form.css'

/** Choosing a password of one's own. */
export function PasswordForm({ name, onChanged }: { name: string; onChanged(): void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const id = useId()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const changing = useMutation({ mutationFn: () => changePassword(current, next), onSuccess: onChanged })
  const fault = passwordFault(changing.error)
  const currentFault = fault?.field === 'current' ? t('access.currentWrong') : null
  const nextFault = fault?.field === 'next' ? t(`access.nextWrong.${fault.cause}`) : null
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
        aria-invalid={currentFault !== null}
        aria-describedby={`${id}-current-fault`}
        status={currentFault ? 'error' : ''}
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <FieldFault id={`${id}-current-fault`} text={currentFault} />
      <label htmlFor={`${id}-next`}>{t('access.nextPassword')}</label>
      <Input.Password
        id={`${id}-next`}
        autoComplete="new-password"
        aria-invalid={nextFault !== null}
        aria-describedby={`${id}-next-fault ${id}-rule`}
        status={nextFault ? 'error' : ''}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <FieldFault id={`${id}-next-fault`} text={nextFault} />
      <p id={`${id}-rule`}>{t('access.passwordRule')}</p>
      {changing.error && !fault && (
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

function FieldFault({ id, text }: { id: string; text: string | null }) {
  if (text === null) return null
  return (
    <p id={id} role="alert" className="field-error">
      <ExclamationCircleOutlined aria-hidden /> {text}
    </p>
  )
}
