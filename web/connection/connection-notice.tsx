import { DisconnectOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { useNow } from '../ui/use-now.ts'
import './connection.css'

interface PictureProps {
  /** of what is shown: milliseconds after 1970, 0 = nothing is */
  updatedAt: number
}

/** How current the picture is while the server answers. */
export function Freshness({ updatedAt }: PictureProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (updatedAt === 0) return null
  return (
    <p className="freshness">
      <i className="pulse" aria-hidden="true" />
      {t('connection.asOf', { clock: format.clock(Math.floor(updatedAt / 1000)) })}
    </p>
  )
}

/** In plain sight: the server does not answer, and how old the picture is. */
export function ConnectionLostNotice({ updatedAt }: PictureProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1_000)
  const at = Math.floor(updatedAt / 1000)
  return (
    <div className="connection-lost panel" role="alert">
      <DisconnectOutlined aria-hidden="true" />
      <strong>{t('connection.lost')}</strong>
      {updatedAt > 0 && (
        <span>
          {t('connection.pictureOf', { clock: format.clock(at) })} · <Age seconds={Math.max(0, now - at)} />
        </span>
      )}
    </div>
  )
}

/** Counts every second; hidden from readers, who would hear each of them. */
function Age({ seconds }: { seconds: number }) {
  const { t } = useTranslation()
  const text =
    seconds < 60
      ? t('connection.secondsOld', { seconds })
      : seconds < 3600
        ? t('connection.minutesOld', { minutes: Math.floor(seconds / 60) })
        : t('connection.hoursOld', { hours: Math.floor(seconds / 3600) })
  return <span aria-hidden="true">{text}</span>
}
