import { useTranslation } from 'react-i18next'
import type { AlarmMoment } from '../../domain/wall/alarm-at.ts'
import { useFormat } from '../ui/format.ts'
import './alarm-banner.css'

interface AlarmBannerProps {
  moment: AlarmMoment
}

/** What is alarmed, where and since when, across the picture. */
export function AlarmBanner({ moment: { alarm } }: AlarmBannerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="wall-alarm" role="alert" data-level={alarm.level} data-alarm={alarm.id}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 2 23 21H1Z M12 9v6 M12 17.5v1.5" />
      </svg>
      <div>
        <h2>
          {t(`level.${alarm.level}`)} · {alarm.title}
        </h2>
        {alarm.placeName && <h3>{alarm.placeName}</h3>}
        <p>{alarm.text}</p>
      </div>
      <time dateTime={alarm.raisedAt}>{format.clock(Math.floor(Date.parse(alarm.raisedAt) / 1000))}</time>
    </div>
  )
}
