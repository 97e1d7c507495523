import { useTranslation } from 'react-i18next'
import { STATUSES } from '../../../domain/incident.ts'
import type { PlaceFeature } from '../../../domain/place.ts'
import type { Density } from '../../density/use-density.ts'
import { useNumberOf } from '../../incidents/use-incident.ts'
import type { Inset } from '../../map/camera.ts'
import type { HoverTarget } from '../../map/map-types.ts'
import { PlaceMark } from '../../places/place-key.tsx'
import { useFormat } from '../../ui/format.ts'
import { useInterfaceScale } from '../../ui/interface-scale.ts'
import { nameIn } from '../../ui/language.ts'
import type { Names } from '../../ui/names.ts'
import type { Theme } from '../../ui/palettes.ts'
import { StatusSymbol } from '../../ui/status-symbol.tsx'
import type { Cases } from './use-cases.ts'

const WIDTH_PIXELS = 248
const DISTANCE_PIXELS = 14
/** More than any card's height: decides whether it stands above or below the pointer. */
const ROOM_PIXELS = 220

interface HoverCardProps {
  target: HoverTarget
  cases: Cases | null
  density: Density | null
  names: Names
  /** by id */
  places: ReadonlyMap<number, PlaceFeature>
  theme: Theme
  /** seconds after 1970 */
  now: number
  /** how far panels reach over the map: the card stays between them */
  inset: Inset
}

/** What lies under the pointer. The same is in the panel that a click opens, so it is hidden from readers. */
export function HoverCard({ inset, ...parts }: HoverCardProps) {
  const { target, cases, names } = parts
  const scale = useInterfaceScale()
  const { x, y } = target.point
  const right = innerWidth / scale - inset.right
  const left =
    x + DISTANCE_PIXELS + WIDTH_PIXELS > right ? x - DISTANCE_PIXELS - WIDTH_PIXELS : x + DISTANCE_PIXELS
  const above = y + ROOM_PIXELS > innerHeight / scale
  const style = {
    width: WIDTH_PIXELS,
    left,
    ...(above ? { bottom: `calc(100% - ${y - DISTANCE_PIXELS}px)` } : { top: y + DISTANCE_PIXELS }),
  }
  return (
    <div className="hover-card panel" style={style} aria-hidden="true" data-kind={target.kind}>
      <TargetFacts {...parts} />
      {target.grid !== null && <GridFacts code={target.grid} cases={cases} names={names} />}
    </div>
  )
}

function GridFacts({ code, cases, names }: { code: string; cases: Cases | null; names: Names }) {
  const { t } = useTranslation()
  const format = useFormat()
  const grid = names.grids.get(code)
  const orUnknown = (value: number | null | undefined) =>
    value === null || value === undefined ? t('grid.unknown') : format.count(value)
  const count = cases?.byGrid.get(code) ?? 0
  return (
    <>
      <p className="hover-title">{grid ? nameIn(format.language, grid) : code}</p>
      {grid && grid.name !== code && <p className="quiet">{code}</p>}
      <dl className="hover-facts">
        <dt>{t('grid.staff')}</dt>
        <dd>{orUnknown(grid?.staffCount)}</dd>
        <dt>{t('grid.households')}</dt>
        <dd>{orUnknown(grid?.households)}</dd>
        <dt>{t('figures.cases')}</dt>
        <dd data-figure="hover-cases" data-value={count}>
          {cases ? format.count(count) : '…'}
        </dd>
      </dl>
    </>
  )
}

function CaseNumber({ id }: { id: number }) {
  return (
    <p className="quiet" data-figure="hover-number">
      {useNumberOf(id) ?? '…'}
    </p>
  )
}

function TargetFacts({ target, cases, density, names, places, theme, now }: Omit<HoverCardProps, 'inset'>) {
  const { t } = useTranslation()
  const format = useFormat()
  switch (target.kind) {
    case 'grid':
      return null
    case 'cluster':
      return <p className="hover-lead">{t('hover.cluster', { count: format.count(target.count) })}</p>
    case 'building':
      return (
        <p className="hover-lead">
          {target.heightM === null
            ? t('hover.building')
            : t('hover.buildingHeight', { height: format.measure(target.heightM) })}
        </p>
      )
    case 'place':
      return <PlaceFacts place={places.get(target.id)} />
    case 'area':
    case 'hexagon': {
      const row = density?.rowByCode.get(target.key)
      const name = target.kind === 'area' ? names.place(target.key) : t('density.unit.hexagon')
      return (
        <>
          <p className="hover-lead">{name}</p>
          <dl className="hover-facts">
            <dt>{t('figures.cases')}</dt>
            <dd>
              {row || target.kind === 'hexagon' ? format.count(row?.count ?? 0) : t('legend.withoutValue')}
            </dd>
            {density && density.answer.measure !== 'count' && (
              <>
                <dt>{t(`density.measure.${density.answer.measure}`)}</dt>
                <dd>{row?.value == null ? t('grid.unknown') : format.measure(row.value)}</dd>
              </>
            )}
          </dl>
        </>
      )
    }
    case 'incident': {
      const columns = cases?.selection.columns
      if (!columns || target.row >= columns.length) return null
      const status = STATUSES[columns.status[target.row]!]!
      const dueAt = columns.dueAt[target.row]!
      const overdue = columns.closedAt[target.row] === 0 && dueAt !== 0 && dueAt < now
      return (
        <>
          <p className="hover-lead">
            {names.category(columns.dictionaries.categories[columns.category[target.row]!]!)}
          </p>
          <CaseNumber id={columns.id[target.row]!} />
          <dl className="hover-facts">
            <dt>{t('cases.status')}</dt>
            <dd>
              <StatusSymbol status={status} overdue={overdue} theme={theme} />
              {t(`status.${status}`)}
            </dd>
            <dt>{t('filter.level')}</dt>
            <dd>{t(`level.${columns.level[target.row] as 1 | 2 | 3 | 4}`)}</dd>
            <dt>{t('cases.reportedAt')}</dt>
            <dd>{format.dateTime(columns.reportedAt[target.row]!)}</dd>
            {dueAt !== 0 && (
              <>
                <dt>{t('cases.dueAt')}</dt>
                <dd className={overdue ? 'late' : ''}>{format.dateTime(dueAt)}</dd>
              </>
            )}
            {target.count > 1 && (
              <>
                <dt>{t('hover.samePlace')}</dt>
                <dd>{format.count(target.count)}</dd>
              </>
            )}
          </dl>
        </>
      )
    }
  }
}

function PlaceFacts({ place }: { place: PlaceFeature | undefined }) {
  const { t } = useTranslation()
  const { language } = useFormat()
  if (!place) return null
  const { type, address, phone } = place.properties
  return (
    <>
      <p className="hover-lead">{nameIn(language, place.properties)}</p>
      <dl className="hover-facts">
        <dt>{t('places.kind')}</dt>
        <dd>
          <PlaceMark type={type} />
          {t(`places.type.${type}`)}
        </dd>
        {address !== null && (
          <>
            <dt>{t('cases.address')}</dt>
            <dd>{address}</dd>
          </>
        )}
        {phone !== null && (
          <>
            <dt>{t('places.phone')}</dt>
            <dd>{phone}</dd>
          </>
        )}
      </dl>
    </>
  )
}
