import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { type Panel, type PanelOf, TELLS_OF_SOURCE } from '../../domain/wall/panel.ts'
import { sourceOf } from '../../domain/wall/source-of.ts'
import type { Weather } from '../../domain/wall/weather.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { percentOf } from '../ui/layout-percent.ts'
import { nameOfUntitled, panelTitle } from '../ui/panel-title.ts'
import { AgeNote } from './age-note.tsx'
import { FigurePanel } from './figure-panel.tsx'
import { ImagePanel } from './image-panel.tsx'
import { noteFault } from './last-fault.ts'
import { ListPanel } from './list-panel.tsx'
import { ClockPanel, TextPanel, WEATHER_KEY, WeatherPanel } from './plain-panels.tsx'
import { RankingPanel } from './ranking-panel.tsx'
import { RingPanel } from './ring-panel.tsx'
import { type Age, ageOf } from './staleness.ts'
import { TrendPanel } from './trend-panel.tsx'
import { useWallScene } from './wall-context.ts'
import './panel-frame.css'
import './panels.css'

type PanelView<Kind extends Panel['kind']> = ComponentType<{ panel: PanelOf<Kind> }>

const VIEWS: { [Kind in Panel['kind']]: PanelView<Kind> } = {
  figure: FigurePanel,
  trend: TrendPanel,
  ranking: RankingPanel,
  ring: RingPanel,
  list: ListPanel,
  text: TextPanel,
  clock: ClockPanel,
  weather: WeatherPanel,
  image: ImagePanel,
}

/** A panel that failed may do so of its data, which change. */
const AGAIN_MS = 60_000

/** A panel with what it is, how old its data is, and a fault of its own that takes nothing else with it. */
export function PanelFrame({ panel }: { panel: Panel }) {
  const { t } = useTranslation()
  const { scene, replayAt, places } = useWallScene()
  const age = useAge(panel)
  const View = VIEWS[panel.kind] as ComponentType<{ panel: Panel }>
  const source = sourceOf(panel, scene)
  const title = panelTitle(panel, { source, areas: places.areas, isReplay: replayAt !== null }, t)
  return (
    <section
      className="wall-panel"
      data-kind={panel.kind}
      data-stale={age?.isStale ?? false}
      style={percentOf(panel.box)}
      aria-label={title ?? nameOfUntitled(panel)}
    >
      {title !== null && (
        <header>
          <h2>{title}</h2>
          {age && <AgeNote age={age} />}
        </header>
      )}
      <div className="wall-panel-body">
        <ErrorBoundary
          againAfterMs={AGAIN_MS}
          onFault={noteFault}
          fallback={() => <p className="wall-quiet">{t('wall.panelFailed')}</p>}
        >
          {source === null && TELLS_OF_SOURCE[panel.kind] ? (
            <p className="wall-quiet">{t('wall.noSource')}</p>
          ) : (
            <View panel={panel} />
          )}
        </ErrorBoundary>
      </div>
    </section>
  )
}

function useAge({ kind }: Panel): Age | null {
  const { updatedAt, now } = useWallScene()
  const weather = useQuery<Weather>({ queryKey: WEATHER_KEY, enabled: false }).data
  // What the weather's source says, not when it was asked
  if (kind === 'weather') return ageOf('weather', weather ? Date.parse(weather.at) : 0, now * 1000)
  return TELLS_OF_SOURCE[kind] ? ageOf('cases', updatedAt, now * 1000) : null
}
