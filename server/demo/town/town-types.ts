import type { AreaLevel } from '../../../domain/area.ts'
import type { MultiPolygon, Polygon, Position, Ring } from '../../../domain/geometry.ts'

export type EstateType = 'old' | 'new' | 'other'

/** What a grid is covered with; decides its estate type, its density and what is built in it. */
export const CHARACTERS = [
  'old-estate',
  'old-town',
  'new-estate',
  'commercial',
  'village',
  'industry',
  'school',
  'hospital',
  'station',
  'field',
  'park',
  'riverside',
  'hill',
] as const
export type Character = (typeof CHARACTERS)[number]

export interface TownArea {
  code: string
  level: AreaLevel
  name: string
  nameEn: string
  parentCode: string | null
}

export interface TownGrid {
  code: string
  areaCode: string
  name: string
  nameEn: string
  estateType: EstateType
  households: number
  residents: number
  staffCount: number
  /** lng, lat in degrees on the lattice of 1e-7 */
  geometry: MultiPolygon
  character: Character
}

export interface TownBuilding {
  externalId: string
  name: string | null
  address: string
  floors: number
  heightM: number
  households: number
  residents: number
  estateType: EstateType
  gridCode: string
  areaCode: string
  /** closed, lng, lat in degrees on the lattice of 1e-7 */
  ring: Ring
}

export type BaseGeometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'Polygon'; coordinates: Polygon }
  | { type: 'MultiPolygon'; coordinates: MultiPolygon }

/** One feature of the base map, in a layer and class of the OpenMapTiles schema. */
export interface TownBaseFeature {
  layer: 'water' | 'water_name' | 'landcover' | 'landuse' | 'transportation' | 'transportation_name' | 'place'
  class: string
  name: string | null
  nameEn: string | null
  minZoom: number
  geometry: BaseGeometry
}

export interface Town {
  areas: TownArea[]
  grids: TownGrid[]
  buildings: TownBuilding[]
  baseFeatures: TownBaseFeature[]
}
