import { useTranslation } from 'react-i18next'
import type { WatchedWall } from '../../../domain/wall/report.ts'
import { READY_MADE_WALL_ID } from '../../../domain/wall/wall.ts'
import { secondsOf, useFormat } from '../../ui/format.ts'
import { useWall } from '../use-walls.ts'
import { dataAgeOf } from './troubles.ts'

/** What a screen told of itself last. */
export function ScreenFacts({ watched, now }: { watched: WatchedWall | undefined; now: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!watched) return <p className="quiet">{t('wallDesk.noReport')}</p>
  const { report } = watched
  const age = dataAgeOf(watched, now)
  const unknown = t('wallDesk.unknown')
  const facts: Record<Fact, string> = {
    scene: '',
    dataAge: age === null ? unknown : t('wallDesk.secondsLong', { seconds: format.count(age) }),
    frameRate:
      report.frameRate === null ? unknown : t('wallDesk.perSecond', { rate: format.count(report.frameRate) }),
    memory:
      report.memoryMb === null ? unknown : t('wallDesk.megabytes', { size: format.count(report.memoryMb) }),
    release: report.release,
    size: `${report.width} × ${report.height} @${format.measure(report.pixelRatio)}`,
    clock:
      report.clockOffsetMs === null
        ? unknown
        : t('wallDesk.milliseconds', { time: format.count(report.clockOffsetMs) }),
    up: format.ago(report.upSeconds),
    contextLosses: format.count(report.contextLosses),
    lastError: report.lastError
      ? `${format.dateTime(secondsOf(report.lastError.at))} ${report.lastError.text}`
      : t('wallDesk.none'),
  }
  return (
    <dl className="screen-facts">
      {FACTS.map((fact) => (
        <div key={fact} data-fact={fact}>
          <dt>{t(`wallDesk.fact.${fact}`)}</dt>
          <dd>{fact === 'scene' ? <SceneName watched={watched} /> : facts[fact]}</dd>
        </div>
      ))}
    </dl>
  )
}

const FACTS = [
  'scene',
  'dataAge',
  'frameRate',
  'memory',
  'release',
  'size',
  'clock',
  'up',
  'contextLosses',
  'lastError',
] as const
type Fact = (typeof FACTS)[number]

/** By its title where its wall is known. */
function SceneName({ watched: { wallId, report } }: { watched: WatchedWall }) {
  const { t } = useTranslation()
  const content = useWall(wallId ?? READY_MADE_WALL_ID, { live: true }).data?.content
  if (report.scene === null) return t('wallDesk.noScene')
  return content?.scenes.find(({ id }) => id === report.scene)?.title ?? report.scene
}
