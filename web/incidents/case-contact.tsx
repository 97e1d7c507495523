import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact, MaskedContact } from '../../domain/contact.ts'
import { unmaskContact } from '../api/endpoints.ts'
import { ApiError } from '../api/request.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { Fact } from '../ui/fact.tsx'

interface CaseContactProps {
  id: number
  masked: MaskedContact
  /** whoever looks at it may see it whole, with a reason that is written down */
  mayUnmask: boolean
}

/** As Unmasking of domain/contact.ts has it: blanks around it do not count. */
const SHORTEST_REASON = 5

/** Whom to call about a case: by the last four digits, and whole for who states why. */
export function CaseContact({ id, masked, mayUnmask }: CaseContactProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  // Kept as long as it is looked at, and nowhere else
  const [whole, setWhole] = useState<Contact | null>(null)
  return (
    <Fact name={t('cases.contact')}>
      {whole ? (
        <span className="contact-whole">
          {whole.name && <strong>{whole.name}</strong>}
          <a href={`tel:${whole.phone.replace(/[^+\d]/g, '')}`}>{whole.phone}</a>
          <Button size="small" icon={<EyeInvisibleOutlined aria-hidden />} onClick={() => setWhole(null)}>
            {t('cases.hideContact')}
          </Button>
          <small role="status">{t('cases.contactNoted')}</small>
        </span>
      ) : (
        <span className="contact-masked">
          <span>{t('cases.lastFour', { digits: masked.phoneLastFour })}</span>
          {mayUnmask && !isAsking && (
            <Button size="small" icon={<EyeOutlined aria-hidden />} onClick={() => setAsking(true)}>
              {t('cases.showContact')}
            </Button>
          )}
        </span>
      )}
      {isAsking && (
        <ReasonForm
          id={id}
          onShown={(contact) => {
            setAsking(false)
            setWhole(contact)
          }}
          onCancel={() => setAsking(false)}
        />
      )}
    </Fact>
  )
}

interface ReasonFormProps {
  id: number
  onShown(contact: Contact): void
  onCancel(): void
}

function ReasonForm({ id, onShown, onCancel }: ReasonFormProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const field = useId()
  const [reason, setReason] = useState('')
  const asking = useMutation({
    mutationFn: () => unmaskContact(id, reason.trim()),
    gcTime: 0,
    onSuccess: onShown,
  })
  const { error } = asking
  const isLocked = error instanceof ApiError && error.status === 409
  return (
    <form
      className="contact-reason"
      onSubmit={(event) => {
        event.preventDefault()
        asking.mutate()
      }}
    >
      <label htmlFor={field}>{t('cases.contactReason')}</label>
      <Input.TextArea
        id={field}
        autoFocus
        rows={2}
        maxLength={500}
        aria-describedby={`${field}-hint`}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <small id={`${field}-hint`}>{t('cases.contactHint', { count: SHORTEST_REASON })}</small>
      <span className="actions">
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          disabled={reason.trim().length < SHORTEST_REASON}
          loading={asking.isPending}
        >
          {t('cases.showContact')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('cases.cancel')}
        </Button>
      </span>
      {error && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={isLocked ? t('cases.contactLocked') : textOf(error)}
        />
      )}
    </form>
  )
}
