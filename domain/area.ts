import Type from 'typebox'
import { collectionOf, featureOf, MultiPolygonSchema } from './geometry.ts'
import { nullable } from './nullable.ts'

/** Levels of an area, from the widest down. */
export const AREA_LEVELS = ['district', 'street', 'community'] as const
export const AreaLevel = Type.Enum(AREA_LEVELS)
export type AreaLevel = (typeof AREA_LEVELS)[number]

export const AreaProperties = Type.Object({
  code: Type.String(),
  level: AreaLevel,
  name: Type.String(),
  nameEn: nullable(Type.String()),
  parentCode: nullable(Type.String()),
  gridCount: Type.Integer(),
  households: Type.Integer(),
  areaKm2: Type.Number(),
})
export type AreaProperties = Type.Static<typeof AreaProperties>

/** An area as GeoJSON; without a shape where none was imported and no grid is there to take one from. */
export const AreaFeature = featureOf(AreaProperties, nullable(MultiPolygonSchema))
export type AreaFeature = Type.Static<typeof AreaFeature>
export const AreaFeatures = collectionOf(AreaFeature)
export type AreaFeatures = Type.Static<typeof AreaFeatures>
