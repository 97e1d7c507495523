import './legend.css'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../domain/incident.ts'
import { useFormat } from '../ui/format.ts'
import { MAP_COLOURS, PLACE_OPACITY } from '../ui/map-colours.ts'
import { HEAT, type Theme } from '../ui/palettes.ts'
import { StatusSymbol } from '../ui/status-symbol.tsx'
import { classTexts } from './class-texts.ts'
import type { PlacesInView } from './places-in-view.ts'
import type { Density } from './use-density.ts'

interface LegendProps {
  theme: Theme
  density: Pick<Density, 'answer' | 'classes' | 'colours'> | null
  /** what of the coloured places is seen */
  places: PlacesInView | null
  /** null: no heatmap; else how many cases of one place count in it at most */
  heatCap: number | null
  /** null: no cases are drawn */
  points: 'clusters' | 'single' | null
  /** of the cases that are seen */
  byStatus: readonly { status: Status; count: number }[]
  /** what else is drawn; null: nothing */
  children: ReactNode
}

/** What the colours and symbols on the map mean, with the real bounds of the classes. */
export function Legend({ theme, density, places, heatCap, points, byStatus, children }: LegendProps) {
  const { t } = useTranslation()
  if (!density && heatCap === null && !points && !children) return null
  return (
    <section className="legend" aria-label={t('legend.title')}>
      {density && places && <Classes theme={theme} density={density} places={places} />}
      {heatCap !== null && <HeatRamp theme={theme} cap={heatCap} />}
      {points === 'clusters' && <ClusterKey />}
      {points === 'single' && <StatusKey theme={theme} byStatus={byStatus} />}
      {children}
    </section>
  )
}

interface ClassesProps {
  theme: Theme
  density: NonNullable<LegendProps['density']>
  places: PlacesInView
}

function Classes({ theme, density, places }: ClassesProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { answer, classes, colours } = density
  const unit = t(`density.unit.${answer.by}`)
  const hexagons = answer.hexagons
  const rows = classTexts(classes.classes, format.measure).map((text, number) => ({
    colour: colours[number]!,
    text,
    places: places.classes[number]!,
  }))
  if (classes.zeros > 0) {
    rows.unshift({ colour: MAP_COLOURS[theme].empty, text: format.count(0), places: places.zeros })
  }
  return (
    <div className="legend-part">
      <h3>{t(`density.measure.${answer.measure}`)}</h3>
      <p className="legend-by">
        {hexagons ? t('legend.byHexagon', { size: format.count(hexagons.sizeM) }) : t('legend.by', { unit })}
      </p>
      <table className="legend-classes">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('legend.colour')}</span>
            </th>
            <th scope="col">
              <span className="visually-hidden">{t(`density.measure.${answer.measure}`)}</span>
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('legend.places')} </span>
              {t('legend.inView')}
            </th>
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
            <tr data-places={places.withoutValue}>
              <td>
                <span className="legend-swatch without" />
              </td>
              <td className="legend-value">{t('legend.withoutValue')}</td>
              <td className="legend-places">{format.count(places.withoutValue)}</td>
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

function HeatRamp({ theme, cap }: { theme: Theme; cap: number }) {
  const { t } = useTranslation()
  const format = useFormat()
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
      <p className="legend-note">{t('legend.heatNote', { most: format.count(cap) })}</p>
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
          {format.short(count)}
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
      <div className="legend-head">
        <h3>{t('legend.points')}</h3>
        <span>{t('legend.inView')}</span>
      </div>
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
