import { useTranslation } from 'react-i18next'
import type { Age } from './staleness.ts'

/** How old something is; when it is too old, in plain words. */
export function AgeNote({ age: { seconds, isStale } }: { age: Age }) {
  const { t } = useTranslation()
  if (seconds === null) return null
  const text =
    seconds < 15
      ? t('wall.age.now')
      : seconds < 90
        ? t('wall.age.seconds', { seconds })
        : seconds < 5400
          ? t('wall.age.minutes', { minutes: Math.round(seconds / 60) })
          : t('wall.age.hours', { hours: Math.round(seconds / 3600) })
  return (
    <span className="wall-age" data-stale={isStale}>
      {isStale ? t('wall.age.stale', { age: text }) : text}
    </span>
  )
}
