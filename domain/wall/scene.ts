import Type from 'typebox'
import { DensityMeasure, DensityUnit } from '../density/density.ts'
import { LARGEST_HEXAGON_M, SMALLEST_HEXAGON_M } from '../density/hexagons.ts'
import { Box, CaseSource, Panel, Source, TITLE_LETTERS } from './panel.ts'

/** Where the map looks. `area`: all of that area (or BUSIEST_STREET); `district`: everything the wall may see. */
export const SceneCamera = Type.Union([
  Type.Object({ kind: Type.Literal('district') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('area'), area: Type.String({ maxLength: 64 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('at'),
      lng: Type.Number({ minimum: -180, maximum: 180 }),
      lat: Type.Number({ minimum: -85, maximum: 85 }),
      zoom: Type.Number({ minimum: 0, maximum: 22 }),
      bearing: Type.Number({ minimum: -180, maximum: 180 }),
      pitch: Type.Number({ minimum: 0, maximum: 85 }),
    },
    { additionalProperties: false },
  ),
])
export type SceneCamera = Type.Static<typeof SceneCamera>

export const WALL_LAYERS = [
  'base',
  'grids',
  'heat',
  'points',
  'buildings',
  'places',
  'areas',
  'labels',
] as const

/** Where a map of hexagons does not state their size, metres. */
export const USUAL_HEXAGON_M = 250

/** What the map shows, where in the layout it is clear of panels. */
export const SceneMap = Type.Object(
  {
    /** what is kept in view lies inside of this box; panels may cover the rest */
    box: Box,
    camera: SceneCamera,
    layers: Type.Array(Type.Enum(WALL_LAYERS), { maxItems: WALL_LAYERS.length }),
    by: DensityUnit,
    measure: DensityMeasure,
    hexSizeM: Type.Optional(Type.Number({ minimum: SMALLEST_HEXAGON_M, maximum: LARGEST_HEXAGON_M })),
    /** what colours the places when it is not the scene's cases */
    source: Type.Optional(Source),
  },
  { additionalProperties: false },
)
export type SceneMap = Type.Static<typeof SceneMap>

/** How long a scene can stay, seconds. */
export const SCENE_SECONDS = { least: 5, most: 3600 } as const
export const MOST_PANELS = 16

/** One picture of a wall. */
export const Scene = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9-]+$' }),
    title: Type.String({ minLength: 1, maxLength: TITLE_LETTERS }),
    /** how long it stays */
    seconds: Type.Integer({ minimum: SCENE_SECONDS.least, maximum: SCENE_SECONDS.most }),
    source: CaseSource,
    map: SceneMap,
    panels: Type.Array(Panel, { maxItems: MOST_PANELS }),
    /** set: the last 24 hours are played again within the scene's time, and again */
    replay: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type Scene = Type.Static<typeof Scene>
