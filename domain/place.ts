import Type from 'typebox'
import { collectionOf, featureOf, type Position } from './geometry.ts'
import { nullable } from './nullable.ts'

/** A service station of a community, an office, a shelter, a hydrant, anything else people look for. */
export const PLACE_TYPES = ['station', 'office', 'shelter', 'hydrant', 'other'] as const
export const PlaceType = Type.Enum(PLACE_TYPES)
export type PlaceType = (typeof PLACE_TYPES)[number]

const PlaceProperties = Type.Object({
  id: Type.Integer(),
  externalId: Type.String(),
  type: PlaceType,
  name: Type.String(),
  nameEn: nullable(Type.String()),
  address: nullable(Type.String()),
  phone: nullable(Type.String()),
  gridCode: nullable(Type.String()),
})

const PointSchema = Type.Object({
  type: Type.Literal('Point'),
  coordinates: Type.Unsafe<Position>(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })),
})

/** A place as GeoJSON. */
export const PlaceFeature = featureOf(PlaceProperties, PointSchema)
export type PlaceFeature = Type.Static<typeof PlaceFeature>
export const PlaceFeatures = collectionOf(PlaceFeature)
export type PlaceFeatures = Type.Static<typeof PlaceFeatures>

/** A place and how far it is, metres as the crow flies. */
export const NearPlace = Type.Object({ place: PlaceFeature, distanceM: Type.Number() })
export type NearPlace = Type.Static<typeof NearPlace>
