import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentColumns } from '../../../domain/columns/incident-columns.ts'
import type { District, Language } from '../../../domain/district.ts'
import type { Bbox, Position } from '../../../domain/geometry.ts'
import type { SearchHit } from '../../../domain/search.ts'
import type { AreaShapes } from '../../api/endpoints.ts'
import { useAreas } from '../../areas/use-areas.ts'
import { useBuilding } from '../../buildings/use-building.ts'
import { ConnectionLostNotice, Freshness } from '../../connection/connection-notice.tsx'
import { Legend } from '../../density/legend.tsx'
import { boxesOf, placesInView } from '../../density/places-in-view.ts'
import { useDensity } from '../../density/use-density.ts'
import { useGrids } from '../../grids/use-grids.ts'
import { statusesWithin } from '../../incidents/figures.ts'
import { MOST_AT_ONE_PLACE } from '../../incidents/heat.ts'
import { POINTS_FROM_ZOOM } from '../../incidents/spots.ts'
import { useCategories } from '../../incidents/use-categories.ts'
import { useDepartments } from '../../incidents/use-departments.ts'
import type { Inset } from '../../map/camera.ts'
import { labelPoint } from '../../map/label-point.ts'
import type { Camera, HoverTarget, MapAreas, SelectTarget } from '../../map/map-types.ts'
import { MapView } from '../../map/map-view.tsx'
import { PlaceKey, typesDrawn } from '../../places/place-key.tsx'
import { usePlaces } from '../../places/use-places.ts'
import { SearchBox } from '../../search/search-box.tsx'
import { makeNames } from '../../ui/names.ts'
import { useMatches } from '../../ui/use-matches.ts'
import { useNow } from '../../ui/use-now.ts'
import { CasesLoading } from './cases-loading.tsx'
import { DensityPanel } from './density-panel.tsx'
import { FiguresPanel } from './figures-panel.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { GuidedLook } from './guided-look.tsx'
import { HoverCard } from './hover-card.tsx'
import { LayerPanel } from './layer-panel.tsx'
import { NoGridsNotice } from './no-grids-notice.tsx'
import { SelectedBuilding } from './selected-building.tsx'
import { SelectedCase } from './selected-case.tsx'
import { SelectedGrid } from './selected-grid.tsx'
import { SelectedPlace } from './selected-place.tsx'
import { SpanNotice } from './span-notice.tsx'
import { SpanPicker } from './span-picker.tsx'
import { resolveSpan } from './time-span.ts'
import { TopBar } from './top-bar.tsx'
import { useCases } from './use-cases.ts'
import { useEscape } from './use-escape.ts'
import type { ChangeView } from './use-view-state.ts'
import type { ViewState } from './view-state.ts'

const NOW_EVERY_MS = 30_000

// What overview.css gives the bar and the panels, in a wide and in a narrow window
const WIDE: Inset = { top: 52, left: 304, right: 380, bottom: 0 }
const NARROW: Inset = { top: 52, left: 280, right: 352, bottom: 0 }
/** What the legend and the map's buttons cover of what is between: the whole district is shown clear of them. */
const clearOfCorners = ({ left, right, ...inset }: Inset): Inset => ({
  ...inset,
  left: left + 174,
  right: right + 22,
})
const HOMES = new Map([WIDE, NARROW].map((inset) => [inset, clearOfCorners(inset)]))

/** Close enough that a grid fills a good part of the map. */
const GRID_ZOOM = 15

type Area = AreaShapes['features'][number]
const isDrawn = (area: Area): area is MapAreas['features'][number] => area.geometry !== null

interface OverviewProps {
  district: District
  language: Language
  view: ViewState
  change: ChangeView
  lost: boolean
}

export function Overview({ district, language, view, change, lost }: OverviewProps) {
  const { t } = useTranslation()
  const now = useNow(NOW_EVERY_MS)
  const grids = useGrids().data
  const areas = useAreas().data
  const categories = useCategories().data
  const departments = useDepartments().data
  const { kind, from, to } = resolveSpan(view.span, now, district)
  const span = useMemo(() => ({ kind, from, to }), [kind, from, to])
  const { cases, behind, error, updatedAt } = useCases(view, span, district, categories, now)
  const names = useMemo(
    () => makeNames(grids, areas, categories, departments, language),
    [grids, areas, categories, departments, language],
  )
  const density = useDensity(cases && grids && areas ? { ...cases, grids, areas } : null, view, view.theme)
  const inset = useMatches('(max-width: 1500px)') ? NARROW : WIDE
  const drawnAreas = useMemo(() => areas && { ...areas, features: areas.features.filter(isDrawn) }, [areas])
  const [hovered, setHovered] = useState<HoverTarget | null>(null)

  const { data: recordedPlaces } = usePlaces(view.layers.places || view.place !== null)
  const placeById = useMemo(
    () => new Map(recordedPlaces?.features.map((place) => [place.properties.id, place])),
    [recordedPlaces],
  )
  const [seen, setSeen] = useState<Bbox | null>(null)
  const boxes = useMemo(() => boxesOf(grids, areas), [grids, areas])
  const places = useMemo(() => density && placesInView(density, boxes, seen), [density, boxes, seen])
  const columns = cases?.selection.columns ?? null
  const unitWithoutGrids =
    view.layers.grids && density?.answer.rows.length === 0 && density.answer.by !== 'hexagon'
      ? density.answer.by
      : null

  const onCamera = useCallback((camera: Camera) => change({ camera }), [change])
  const onSelect = useCallback(
    (target: SelectTarget | null) =>
      change(
        target?.kind === 'incident'
          ? { incident: columns?.id[target.row] ?? null }
          : target?.kind === 'place'
            ? { place: target.id, incident: null }
            : { grid: target?.grid ?? null, building: null, place: null, incident: null },
      ),
    [change, columns],
  )
  const chosenCase = useMemo(() => placeOf(columns, view.incident), [columns, view.incident])
  const shown = shownOf(view)
  const { data: building } = useBuilding(view.building)
  const chosenBuilding = useMemo(() => building && labelPoint(building.geometry.coordinates), [building])
  const chosenPlace =
    shown === 'place'
      ? (placeById.get(view.place!)?.geometry.coordinates ?? null)
      : shown === 'building'
        ? (chosenBuilding ?? null)
        : chosenCase
  useEscape(shown !== null, () => change({ [shown!]: null }))
  const statuses = useMemo(
    () => (cases ? statusesWithin(cases.selection.columns, cases.rows, seen) : []),
    [cases, seen],
  )
  const onPickGrid = (grid: string) => {
    const box = boxes.get(grid)
    const camera = box && {
      ...{ lng: (box[0] + box[2]) / 2, lat: (box[1] + box[3]) / 2 },
      ...{ zoom: Math.max(GRID_ZOOM, view.camera?.zoom ?? 0), bearing: 0, pitch: 0 },
    }
    change({ grid, ...(camera && { camera }) })
  }
  const onPickHit = (hit: SearchHit) =>
    change({
      camera: { lng: hit.lng, lat: hit.lat, zoom: hit.zoom, bearing: 0, pitch: 0 },
      ...(hit.kind === 'grid' && { grid: hit.key, building: null, place: null, incident: null }),
      ...(hit.kind === 'place' && { place: Number(hit.key), incident: null }),
      ...(hit.kind === 'building' && { building: Number(hit.key), place: null, incident: null }),
      ...(hit.kind === 'incident' && { incident: Number(hit.key) }),
    })
  const close = (view.camera?.zoom ?? 0) >= POINTS_FROM_ZOOM
  const placeTypes =
    view.layers.places && recordedPlaces ? typesDrawn(recordedPlaces, view.camera?.zoom ?? 0) : []
  const districts = areas?.features.filter(({ properties }) => properties.level === 'district') ?? []
  const only = districts.length === 1 ? districts[0]!.properties.code : null

  return (
    <div className="overview">
      <main className="map-place" aria-label={t('app.map')} aria-busy={behind || !cases}>
        <MapView
          now={now}
          district={district}
          theme={view.theme}
          language={language}
          camera={view.camera}
          onCamera={onCamera}
          layers={view.layers}
          choropleth={density?.choropleth ?? null}
          incidents={columns}
          rows={cases?.rows ?? null}
          grids={grids ?? null}
          areas={drawnAreas ?? null}
          places={recordedPlaces ?? null}
          selectedGrid={view.grid}
          selectedPlace={chosenPlace}
          inset={inset}
          home={HOMES.get(inset)!}
          onHover={setHovered}
          onSelect={onSelect}
          onSeen={setSeen}
        />
        {hovered && (
          <HoverCard
            target={hovered}
            cases={cases}
            density={density}
            names={names}
            places={placeById}
            theme={view.theme}
            now={now}
            inset={inset}
          />
        )}
      </main>
      <TopBar
        district={district}
        districtName={only === null ? null : names.place(only)}
        language={language}
        view={view}
        change={change}
        search={<SearchBox near={view.camera ?? middleOf(district.bbox)} onPick={onPickHit} />}
        span={<SpanPicker span={span} onChange={(chosen) => change({ span: chosen })} />}
        freshness={lost ? null : <Freshness updatedAt={updatedAt} />}
      />
      <aside className="left-panel panel" aria-label={t('app.settings')}>
        <LayerPanel view={view} change={change} />
        <DensityPanel view={view} change={change} areas={areas ?? null} />
        <FilterPanel
          view={view}
          change={change}
          categories={categories ?? []}
          categoryName={names.category}
        />
      </aside>
      <aside
        className="right-panel panel"
        aria-label={t(PANEL_NAMES[shown ?? 'figures'])}
        aria-busy={behind}
        data-behind={behind}
      >
        {shown === 'incident' ? (
          <SelectedCase
            id={view.incident!}
            cases={cases}
            names={names}
            theme={view.theme}
            now={now}
            change={change}
          />
        ) : shown === 'place' ? (
          <SelectedPlace
            place={recordedPlaces && (placeById.get(view.place!) ?? null)}
            names={names}
            change={change}
          />
        ) : shown === 'building' ? (
          <SelectedBuilding id={view.building!} spot={chosenBuilding ?? null} names={names} change={change} />
        ) : shown === 'grid' && cases ? (
          <SelectedGrid
            code={view.grid!}
            cases={cases}
            names={names}
            categories={categories ?? []}
            timeZone={district.timeZone}
            theme={view.theme}
            now={now}
            onPickCase={(incident) => change({ incident })}
            onClose={() => change({ grid: null })}
          />
        ) : cases ? (
          <FiguresPanel
            cases={cases}
            density={density}
            categories={categories ?? []}
            theme={view.theme}
            placeName={names.place}
            onPickPlace={onPickGrid}
          />
        ) : (
          <CasesLoading error={lost ? null : error} />
        )}
      </aside>
      <GuidedLook />
      <div className="map-top">
        {lost && <ConnectionLostNotice updatedAt={updatedAt} />}
        {cases && !behind && (
          <SpanNotice
            span={span}
            district={district}
            view={view}
            total={cases.figures.total}
            onSpan={(chosen) => change({ span: chosen })}
            onClearFilters={() => change({ status: [], level: [], category: [] })}
          />
        )}
        {unitWithoutGrids && <NoGridsNotice by={unitWithoutGrids} onByGrid={() => change({ by: 'grid' })} />}
      </div>
      <div className="map-corner panel">
        <Legend
          theme={view.theme}
          density={view.layers.grids ? density : null}
          places={places}
          heatCap={view.layers.heat ? MOST_AT_ONE_PLACE : null}
          points={view.layers.points ? (close ? 'single' : 'clusters') : null}
          byStatus={statuses}
        >
          {placeTypes.length > 0 && <PlaceKey types={placeTypes} />}
        </Legend>
      </div>
    </div>
  )
}

const PANEL_NAMES = {
  incident: 'cases.panel',
  place: 'places.panel',
  building: 'building.panel',
  grid: 'grid.panel',
  figures: 'figures.title',
} as const

/** What the panel on the right is of: the first of these that the address names; null: the whole district. */
function shownOf(view: ViewState) {
  return (['incident', 'place', 'building', 'grid'] as const).find((one) => view[one] !== null) ?? null
}

const middleOf = (bbox: readonly number[] | null) =>
  bbox && { lng: (bbox[0]! + bbox[2]!) / 2, lat: (bbox[1]! + bbox[3]!) / 2 }

/** Where a case stands; null when it is none of those loaded. */
function placeOf(columns: IncidentColumns | null, id: number | null): Position | null {
  const row = columns && id !== null ? columns.id.subarray(0, columns.length).indexOf(id) : -1
  return columns && row >= 0 ? [columns.lngE7[row]! / 1e7, columns.latE7[row]! / 1e7] : null
}
