import Type from 'typebox'

export const TILE_LAYERS = ['grids', 'buildings', 'base'] as const
export type TileLayerName = (typeof TILE_LAYERS)[number]

/** What a tile holds and where its tiles are, as TileJSON 3.0 has it. */
export const TileJson = Type.Object({
  tilejson: Type.Literal('3.0.0'),
  name: Type.String(),
  scheme: Type.Literal('xyz'),
  tiles: Type.Array(Type.String()),
  minzoom: Type.Integer(),
  maxzoom: Type.Integer(),
  /** west, south, east, north in degrees */
  bounds: Type.Optional(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })),
  attribution: Type.Optional(Type.String()),
  vector_layers: Type.Array(
    Type.Object({
      id: Type.String(),
      fields: Type.Record(Type.String(), Type.String()),
      minzoom: Type.Optional(Type.Integer()),
      maxzoom: Type.Optional(Type.Integer()),
    }),
  ),
})
export type TileJson = Type.Static<typeof TileJson>
