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

const PositionSchema = Type.Array(Type.Number(), { minItems: 2, maxItems: 3 })
export const MultiPolygonSchema = Type.Object({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Array(Type.Array(Type.Array(PositionSchema))),
})

/** The schema of a GeoJSON feature collection with these properties and this geometry. */
export function featureCollection<P extends Type.TSchema, G extends Type.TSchema>(
  properties: P,
  geometry: G,
) {
  return Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(Type.Object({ type: Type.Literal('Feature'), properties, geometry })),
  })
}
