import { useTranslation } from 'react-i18next'
import { AgeNote } from './age-note.tsx'
import type { Age } from './staleness.ts'

/** Beyond it the wall says that its clock is off. */
const CLOCK_OFF_MS = 2_000

interface TrustBarProps {
  ages: readonly Age[]
  /** the server does not answer */
  lost: boolean
  /** of the wall's clock against the server's */
  clockOffsetMs: number
  /** alarms that nobody has acknowledged */
  alarms: number
  /** who steers the wall; null: nobody */
  steeredBy: string | null
  /** data that is made up */
  demo: boolean
}

/** Why the picture may be trusted, or why not. */
export function TrustBar({ ages, lost, clockOffsetMs, alarms, steeredBy, demo }: TrustBarProps) {
  const { t } = useTranslation()
  const off = Math.round(clockOffsetMs / 1000)
  return (
    <>
      <span className="wall-state" data-state={lost ? 'lost' : 'live'} role="status">
        <i aria-hidden="true">{lost ? '✕' : '●'}</i>
        {t(lost ? 'wall.lost' : 'wall.live')}
      </span>
      {ages.map((age) => (
        <span key={age.of}>
          {t(`wall.layer.${age.of}`)} <AgeNote age={age} />
        </span>
      ))}
      {Math.abs(clockOffsetMs) > CLOCK_OFF_MS && (
        <span className="wall-warn">
          {t(off > 0 ? 'wall.clockFast' : 'wall.clockSlow', { seconds: Math.abs(off) })}
        </span>
      )}
      {alarms > 0 && <span className="wall-warn">{t('wall.alarms', { count: alarms })}</span>}
      {steeredBy !== null && <span className="wall-warn">{t('wall.steered', { name: steeredBy })}</span>}
      {demo && <span>{t('wall.demo')}</span>}
    </>
  )
}
