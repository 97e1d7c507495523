import Type from 'typebox'

/** Longitude, latitude in degrees (EPSG:4326), always in this order. */
export type Position = [lng: number, lat: number]
/** A closed ring: first position equals last. */
export type Ring = Position[]
/** Outer ring first, holes after it. */
export type Polygon = Ring[]
export type MultiPolygon = Polygon[]
/** west, south, east, north in degrees. */
export type Bbox = [west: number, south: number, east: number, north: number]

export const BboxSchema = Type.Unsafe<Bbox>(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }))

const PositionSchema = Type.Array(Type.Number(), { minItems: 2, maxItems: 3 })
export const MultiPolygonSchema = Type.Object({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Unsafe<MultiPolygon>(Type.Array(Type.Array(Type.Array(PositionSchema)))),
})

/** The schema of a GeoJSON feature with these properties and this geometry. */
export function featureOf<P extends Type.TSchema, G extends Type.TSchema>(properties: P, geometry: G) {
  return Type.Object({ type: Type.Literal('Feature'), properties, geometry })
}

/** The schema of a GeoJSON feature collection of these features. */
export function collectionOf<F extends Type.TSchema>(feature: F) {
  return Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(feature) })
}
