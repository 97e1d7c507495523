import Type from 'typebox'
import { collectionOf, featureOf, MultiPolygonSchema } from './geometry.ts'
import { nullable } from './nullable.ts'

export const ESTATE_TYPES = ['old', 'new', 'other'] as const
export const EstateType = Type.Enum(ESTATE_TYPES)

const count = nullable(Type.Integer({ minimum: 0 }))

/** The `valid_from` of a coverage whose first day nobody stated: in force since before any record. */
export const SINCE_ALWAYS = '1900-01-01'

/** One version of a grid, in force from `validFrom` (included) to `validTo` (excluded; null: still in force). */
export const GridProperties = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nameEn: Type.Union([Type.String(), Type.Null()]),
  areaCode: Type.String(),
  estateType: EstateType,
  households: count,
  residents: count,
  staffCount: count,
  areaKm2: Type.Number(),
  needsRepair: Type.Boolean(),
  validFrom: Type.String({ format: 'date' }),
  validTo: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
})
export type GridProperties = Type.Static<typeof GridProperties>

/** One version of a grid as GeoJSON. */
export const GridFeature = featureOf(GridProperties, MultiPolygonSchema)
export type GridFeature = Type.Static<typeof GridFeature>
export const GridFeatures = collectionOf(GridFeature)
export type GridFeatures = Type.Static<typeof GridFeatures>
