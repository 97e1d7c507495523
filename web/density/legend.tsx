import './legend.css'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../domain/incident.ts'
import { useFormat } from '../ui/format.ts'
import { MAP_COLOURS, PLACE_OPACITY } from '../ui/map-colours.ts'
import { HEAT, type Theme } from '../ui/palettes.ts'
import { StatusSymbol } from '../ui/status-symbol.tsx'
import type { Density } from './use-density.ts'

interface LegendProps {
  theme: Theme
  density: Pick<Density, 'answer' | 'classes' | 'colours'> | null
  heat: boolean
  /** null: no cases are drawn */
  points: 'clusters' | 'single' | null
  byStatus: readonly { status: Status; count: number }[]
}

/** What the colours and symbols on the map mean, with the real bounds of the classes. */
export function Legend({ theme, density, heat, points, byStatus }: LegendProps) {
  const { t } = useTranslation()
  if (!density && !heat && !points) return null
  return (
    <section className="legend" aria-label={t('legend.title')}>
      {density && <Classes theme={theme} density={density} />}
      {heat && <HeatRamp theme={theme} />}
      {points === 'clusters' && <ClusterKey />}
      {points === 'single' && <StatusKey theme={theme} byStatus={byStatus} />}
    </section>
  )
}

function Classes({ theme, density }: { theme: Theme; density: NonNullable<LegendProps['density']> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { answer, classes, colours } = density
  const unit = t(`density.unit.${answer.by}`)
  const hexagons = answer.hexagons
  const rows = classes.classes.map(({ from, to, places }, index) => ({
    colour: colours[index]!,
    text: from === to ? format.measure(to) : `${format.measure(from)} – ${format.measure(to)}`,
    places,
  }))
  if (classes.zeros > 0) {
    rows.unshift({ colour: MAP_COLOURS[theme].empty, text: format.count(0), places: classes.zeros })
  }
  return (
    <div className="legend-part">
      <h3>{t(`density.measure.${answer.measure}`)}</h3>
      <p className="legend-by">
        {hexagons ? t('legend.byHexagon', { size: format.count(hexagons.sizeM) }) : t('legend.by', { unit })}
      </p>
      <table className="legend-classes">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('legend.colour')}</th>
            <th scope="col">{t(`density.measure.${answer.measure}`)}</th>
            <th scope="col">{t('legend.places')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.reverse().map(({ colour, text, places }) => (
            <tr key={text} data-places={places}>
              <td>
                <span className="legend-swatch" style={{ background: MAP_COLOURS[theme].ground }}>
                  <i style={{ background: colour, opacity: PLACE_OPACITY }} />
                </span>
              </td>
              <td className="legend-value">{text}</td>
              <td className="legend-places">{format.count(places)}</td>
            </tr>
          ))}
          {classes.withoutValue > 0 && (
            <tr data-places={classes.withoutValue}>
              <td>
                <span className="legend-swatch without" />
              </td>
              <td className="legend-value">{t('legend.withoutValue')}</td>
              <td className="legend-places">{format.count(classes.withoutValue)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {answer.by !== 'hexagon' && answer.outsideGrids > 0 && (
        <p className="legend-note">
          {t('legend.outsideGrids', { cases: format.count(answer.outsideGrids) })}
        </p>
      )}
    </div>
  )
}

function HeatRamp({ theme }: { theme: Theme }) {
  const { t } = useTranslation()
  return (
    <div className="legend-part">
      <h3>{t('legend.heat')}</h3>
      <div
        className="legend-ramp"
        style={{ background: `linear-gradient(to right, ${HEAT[theme].join()})` }}
      />
      <p className="legend-ends">
        <span>{t('legend.sparse')}</span>
        <span>{t('legend.dense')}</span>
      </p>
      <p className="legend-note">{t('legend.heatNote')}</p>
    </div>
  )
}

function ClusterKey() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="legend-part legend-clusters">
      {[10, 100, 1000].map((count) => (
        <i key={count} className="legend-cluster" data-count={count}>
          {format.count(count)}
        </i>
      ))}
      <span>{t('legend.clusters')}</span>
    </div>
  )
}

function StatusKey({ theme, byStatus }: Pick<LegendProps, 'theme' | 'byStatus'>) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="legend-part">
      <h3>{t('legend.points')}</h3>
      <ul className="legend-statuses">
        {byStatus
          .filter(({ count }) => count > 0)
          .map(({ status, count }) => (
            <li key={status}>
              <StatusSymbol status={status} overdue={false} theme={theme} />
              <span>{t(`status.${status}`)}</span>
              <span className="legend-places">{format.count(count)}</span>
            </li>
          ))}
        <li>
          <StatusSymbol status="dispatched" overdue theme={theme} />
          <span>{t('legend.overdue')}</span>
        </li>
      </ul>
    </div>
  )
}
