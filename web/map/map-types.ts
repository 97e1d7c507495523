import type { AreaFeature, AreaFeatures } from '../../domain/area.ts'
import type { DensityUnit } from '../../domain/density/density.ts'
import type { GridFeatures } from '../../domain/grid.ts'
import type { Status } from '../../domain/incident.ts'

/** Where the map looks: degrees, and degrees clockwise from north and from straight down. */
export interface Camera {
  lng: number
  lat: number
  zoom: number
  bearing: number
  pitch: number
}

/** What can be switched on and off. */
export interface MapLayers {
  base: boolean
  grids: boolean
  heat: boolean
  points: boolean
  buildings: boolean
  places: boolean
  areas: boolean
  labels: boolean
}

export type MapGrids = GridFeatures
/** Areas that have a shape. */
export interface MapAreas extends Omit<AreaFeatures, 'features'> {
  features: (AreaFeature & { geometry: NonNullable<AreaFeature['geometry']> })[]
}

/** What the places are coloured by. */
export interface MapChoropleth {
  by: DensityUnit
  /** `#rrggbb` or `#rrggbbaa` by grid code, area code or `q,r` of a hexagon; a place that is not in it has no case */
  fill: ReadonlyMap<string, string>
  /** where `by` is 'hexagon' */
  hexagons: { sizeM: number; latitude: number } | null
}

/** Pixels from the upper left corner of the map. */
export interface ScreenPoint {
  x: number
  y: number
}

/** The uppermost thing below the pointer; `grid` is the grid below it whatever it is. */
export type HoverTarget = { point: ScreenPoint; grid: string | null } & MapTarget

export type SelectTarget = { lng: number; lat: number; grid: string | null } & MapTarget

export type MapTarget =
  | { kind: 'grid'; key: string }
  | { kind: 'area'; key: string }
  /** `q,r` */
  | { kind: 'hexagon'; key: string }
  /** `id`: of the place */
  | { kind: 'place'; id: number }
  | { kind: 'building'; key: string; heightM: number | null }
  /** `row`: of the `count` cases at this very place the newest that is open, else the newest */
  | { kind: 'incident'; row: number; status: Status; count: number }
  | { kind: 'cluster'; count: number }
