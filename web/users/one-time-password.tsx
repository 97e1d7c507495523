import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OneTimePassword as Made } from '../../domain/access/user.ts'

/** The password that a user signs in with once, in plain sight until it was passed on. */
export function OneTimePassword({ made, onPassedOn }: { made: Made; onPassedOn(): void }) {
  const { t } = useTranslation()
  const shown = useRef<HTMLOutputElement>(null)
  const [copied, setCopied] = useState<'copied' | 'copyByHand' | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.oneTimePassword)
      setCopied('copied')
    } catch {
      // A page that came without TLS has no clipboard
      getSelection()?.selectAllChildren(shown.current!)
      setCopied('copyByHand')
    }
  }
  return (
    <Modal
      open
      title={t('users.password.title', { name: made.user.name })}
      // Closed by a slip it would be gone
      mask={{ closable: false }}
      keyboard={false}
      closable={false}
      footer={
        <Button type="primary" onClick={onPassedOn}>
          {t('users.password.passedOn')}
        </Button>
      }
    >
      <div className="one-time-password">
        <p>{t('users.password.once')}</p>
        <div className="secret">
          <output ref={shown} aria-label={t('users.password.label')}>
            {made.oneTimePassword}
          </output>
          <Button
            icon={copied === 'copied' ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
            onClick={() => void copy()}
          >
            {t('users.password.copy')}
          </Button>
        </div>
        <p className="quiet">{t('users.password.first')}</p>
        <p role="status" className="quiet">
          {copied && t(`users.password.${copied}`)}
        </p>
      </div>
    </Modal>
  )
}
