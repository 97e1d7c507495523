import type { MapGeoJSONFeature, Map as MapLibreMap } from 'maplibre-gl'
import { type HexagonTiling, hexagonAt } from '../../domain/density/hexagons.ts'
import type { Position } from '../../domain/geometry.ts'
import { AREA_HIT_LAYER } from '../areas/areas-layer.ts'
import { BUILDING_LAYERS } from '../buildings/buildings-layer.ts'
import { GRID_HIT_LAYER } from '../grids/grids-layer.ts'
import type { Cluster } from '../incidents/clusters.ts'
import { clusterRadiusPixels } from '../incidents/clusters-layer.ts'
import { symbolPixels } from '../incidents/points-layer.ts'
import type { Spot } from '../incidents/spots.ts'
import { PLACE_HIT_LAYERS } from '../places/places-layer.ts'
import type { MapTarget, ScreenPoint } from './map-types.ts'

/** What of deck.gl's drawing can be met by the pointer. */
export interface Overlaid {
  spots: Spot[] | null
  clusters: Cluster[] | null
  /** the coloured hexagons */
  hexagons: { tiling: HexagonTiling; codes: ReadonlyMap<string, unknown> } | null
}

export interface Found {
  target: MapTarget
  grid: string | null
  /** what MapLibre draws it from, for highlighting */
  feature: MapGeoJSONFeature | null
  place: Position
}

/** The uppermost thing at `point`, in the order people see them; null where there is nothing of ours. */
export function findTarget(
  map: MapLibreMap,
  point: ScreenPoint,
  { spots, clusters, hexagons }: Overlaid,
): Found | null {
  const { lng, lat } = map.unproject([point.x, point.y])
  const met = [GRID_HIT_LAYER, AREA_HIT_LAYER, ...BUILDING_LAYERS, ...PLACE_HIT_LAYERS]
  const layers = met.filter((id) => map.getLayer(id))
  const features = map.queryRenderedFeatures([point.x, point.y], { layers })
  const below = (id: string) => features.find((feature) => feature.layer.id === id)
  const gridFeature = below(GRID_HIT_LAYER)
  const grid = gridFeature ? String(gridFeature.properties.code) : null
  const at = (target: MapTarget, feature: MapGeoJSONFeature | null = null): Found => ({
    target,
    grid,
    feature,
    place: [lng, lat],
  })

  const spot = nearest(map, point, spots, () => symbolPixels(map.getZoom()) / 2)
  if (spot) {
    const { row, status, count } = spot
    return { ...at({ kind: 'incident', row, status, count }), place: [spot.lng, spot.lat] }
  }
  const cluster = nearest(map, point, clusters, ({ count }) => clusterRadiusPixels(count))
  if (cluster) {
    return { ...at({ kind: 'cluster', count: cluster.count }), place: [cluster.lng, cluster.lat] }
  }
  const mark = features.find((feature) => PLACE_HIT_LAYERS.includes(feature.layer.id))
  if (mark) return at({ kind: 'place', id: Number(mark.properties.id) })
  const building = features.find((feature) => BUILDING_LAYERS.includes(feature.layer.id))
  if (building) {
    const height = Number(building.properties.height)
    const heightM = Number.isFinite(height) ? height : null
    return at({ kind: 'building', key: String(building.id), heightM }, building)
  }
  if (hexagons) {
    const { q, r } = hexagonAt(hexagons.tiling, [lng, lat])
    const key = `${q},${r}`
    if (hexagons.codes.has(key)) return at({ kind: 'hexagon', key })
  }
  const area = below(AREA_HIT_LAYER)
  if (area) return at({ kind: 'area', key: String(area.properties.code) }, area)
  return gridFeature && grid ? at({ kind: 'grid', key: grid }, gridFeature) : null
}

/**
 * The item drawn at most its radius from `point`; of several the last, which is drawn on top. Looked up here
 * and not read back from the GPU, which would halt the drawing at every move of the pointer.
 */
function nearest<T extends { lng: number; lat: number }>(
  map: MapLibreMap,
  point: ScreenPoint,
  items: readonly T[] | null,
  radiusPixels: (item: T) => number,
): T | null {
  if (!items?.length) return null
  const around = map.unproject([point.x, point.y])
  const reach = LARGEST_RADIUS_PIXELS
  const aside = map.unproject([point.x + reach, point.y])
  const ahead = map.unproject([point.x, point.y + reach])
  const far = 2 * Math.max(distance(around, aside), distance(around, ahead))
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index]!
    if (Math.abs(item.lng - around.lng) > far || Math.abs(item.lat - around.lat) > far) continue
    const { x, y } = map.project([item.lng, item.lat])
    if (Math.hypot(x - point.x, y - point.y) <= radiusPixels(item)) return item
  }
  return null
}

const LARGEST_RADIUS_PIXELS = 40

const distance = (one: { lng: number; lat: number }, other: { lng: number; lat: number }) =>
  Math.hypot(one.lng - other.lng, one.lat - other.lat)
