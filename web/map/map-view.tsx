import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { type CSSProperties, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import type { District, Language } from '../../domain/district.ts'
import type { Bbox, Position } from '../../domain/geometry.ts'
import type { PlaceFeatures } from '../../domain/place.ts'
import type { Theme } from '../ui/palettes.ts'
import { Attribution, creditsOf } from './attribution.tsx'
import { type Inset, NO_INSET } from './camera.ts'
import type { Base } from './drawing.ts'
import { MapControls } from './map-controls.tsx'
import type {
  Camera,
  HoverTarget,
  MapAreas,
  MapChoropleth,
  MapGrids,
  MapLayers,
  SelectTarget,
} from './map-types.ts'
import { tiandituSources } from './tianditu.ts'
import { useBase } from './use-base.ts'
import { fitDistrict, useCamera } from './use-camera.ts'
import { useClusters } from './use-clusters.ts'
import { useDrawing } from './use-drawing.ts'
import { useFrame } from './use-frame.ts'
import { useKeptTiles } from './use-kept-tiles.ts'
import { useLoading } from './use-loading.ts'
import { useMapInstance } from './use-map-instance.ts'
import { useOverlay } from './use-overlay.ts'
import { usePointer } from './use-pointer.ts'
import { useSeen } from './use-seen.ts'
import { useTileRetry } from './use-tile-retry.ts'
import { useTileSources } from './use-tile-sources.ts'

export interface MapViewProps {
  district: District
  theme: Theme
  language: Language
  /** null: the whole district */
  camera: Camera | null
  /** After the camera came to rest where people moved it. */
  onCamera(camera: Camera): void
  layers: MapLayers
  choropleth: MapChoropleth | null
  incidents: IncidentColumns | null
  /** rows of `incidents` that pass all filters, rising */
  rows: Uint32Array | null
  /** /api/grids: for names; the shapes come as tiles */
  grids: MapGrids | null
  /** /api/areas of all levels */
  areas: MapAreas | null
  /** /api/places */
  places: PlaceFeatures | null
  selectedGrid: string | null
  /** seconds after 1970: since when a case is overdue that is drawn so */
  now: number
  /** where the case stands whose panel is open */
  selectedPlace: Position | null
  /** how far panels reach over the map; controls keep clear of them */
  inset?: Inset
  /** what the whole district keeps clear of; else the inset */
  home?: Inset
  /** null: over nothing */
  onHover(target: HoverTarget | null): void
  /** null: a click on nothing */
  onSelect(target: SelectTarget | null): void
  /** After the map came to rest: what of the ground is seen between the panels. */
  onSeen(bbox: Bbox): void
  /**
   * Given, the screen moves the map by itself: `camera` is where it starts, nobody is offered to move it, credits stand
   * whole, and fewer tiles are kept. Told the map, and each that takes its place after its WebGL context was lost.
   */
  onMap?(map: MapLibreMap | null): void
  /**
   * The server does not answer, and tiles are to be had from what the browser has kept. For screens alone: where people
   * sign in one after the other, what was kept may be out of scope of who looks.
   */
  keptTiles?: boolean
}

/**
 * People go to and fro. A screen that moves by itself goes wherever an alarm is, for weeks: all that was seen once would
 * pile up. What it comes back to, it has from the browser's cache.
 */
const VIEWS_KEPT = { byPeople: 5, byScreen: 1 } as const

/** The one map. What it draws on outlives this component: it is made once and moved, never made anew. */
export function MapView(props: MapViewProps) {
  const { district, theme, language, layers, choropleth, incidents, rows } = props
  const inset = props.inset ?? NO_INSET
  const home = props.home ?? inset
  const { t } = useTranslation()
  const parent = useRef<HTMLDivElement>(null)
  const viewsKept = props.onMap ? VIEWS_KEPT.byScreen : VIEWS_KEPT.byPeople
  const { instance, condition } = useMapInstance(parent, props.camera, viewsKept)
  const map = instance?.map ?? null
  const { bbox } = district
  const tiles = useTileSources(district.baseMap.kind === 'tiles')
  const { base, foreign, missing } = useBase(district.baseMap, tiles.base)

  const { onMap } = props
  useEffect(() => onMap?.(map), [map, onMap])
  useCamera(onMap ? null : map, { camera: props.camera, onCamera: props.onCamera, bbox, inset: home })
  const frame = useFrame(map)
  const { grids, areas, selectedGrid, selectedPlace } = props
  const clusters = useClusters({ drawn: layers.points, incidents, rows, frame })
  useSeen(map, { inset, onSeen: props.onSeen })
  useKeptTiles(map, props.keptTiles ?? false)
  useDrawing(instance, {
    theme,
    language,
    base,
    foreign,
    tiles,
    layers,
    choropleth,
    clusters,
    grids,
    areas,
    places: props.places,
    selectedGrid,
    tilted: frame.tilted,
  })
  const overlaid = useOverlay(instance, {
    now: props.now,
    theme,
    layers,
    choropleth,
    incidents,
    rows,
    frame,
    clusters,
    selectedPlace,
  })
  usePointer(map, { overlaid, onHover: props.onHover, onSelect: props.onSelect })
  const tilesMissing = useTileRetry(map)
  const loading = useLoading(instance)

  const title = t('map.title')
  useEffect(() => {
    map?.getCanvas().setAttribute('aria-label', title)
  }, [map, title])
  const credits = useMemo(
    () => creditsOf(district.attributions, layers.base ? baseSources(base, language) : []),
    [district.attributions, layers.base, base, language],
  )
  const message =
    condition === 'impossible'
      ? t('map.impossible')
      : condition === 'lost'
        ? t('map.lost')
        : tilesMissing
          ? t('map.tilesMissing')
          : missing
            ? t('map.baseMissing')
            : null

  return (
    <div className="map-view" data-condition={condition} data-loading={loading}>
      <div ref={parent} className="map-parent" />
      <div className="map-frame" style={insetStyle(inset)}>
        {message && (
          <p className="map-message" role="status" data-grave={condition === 'impossible'}>
            {message}
          </p>
        )}
        {loading && !onMap && condition !== 'impossible' && (
          <p className="map-loading" role="status">
            {t('map.loading')}
          </p>
        )}
        {map && !onMap && (
          <MapControls
            map={map}
            language={language}
            onHome={() => fitDistrict(map, bbox, home, { animate: true })}
          />
        )}
        <Attribution credits={credits} foldable={!props.onMap} />
      </div>
    </div>
  )
}

function baseSources(base: Base, language: Language) {
  if (base.kind === 'tiles') return [base.tiles]
  if (base.kind === 'tianditu') return Object.values(tiandituSources(base.key, language))
  return base.kind === 'style' ? Object.values(base.style.sources) : []
}

const insetStyle = ({ top, right, bottom, left }: Inset): CSSProperties => ({ top, right, bottom, left })
