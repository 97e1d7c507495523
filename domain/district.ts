import Type from 'typebox'
import { BboxSchema } from './geometry.ts'
import { GRID_CODE_SCHEMES } from './grid-code.ts'
import { nullable } from './nullable.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Where the base map comes from. `tiles`: /tiles/base.json of this server. */
export const BaseMap = Type.Union([
  Type.Object({ kind: Type.Literal('tiles') }),
  Type.Object({ kind: Type.Literal('style'), url: Type.String() }),
  Type.Object({ kind: Type.Literal('tianditu'), key: Type.String() }),
])
export type BaseMap = Type.Static<typeof BaseMap>

/** What a screen must know of this deployment before it can draw anything: `/api/district`. */
export const District = Type.Object({
  timeZone: Type.String(),
  language: Type.Enum(LANGUAGES),
  gridCodeScheme: Type.Enum(GRID_CODE_SCHEMES),
  version: Type.String(),
  database: Type.Object({
    kind: Type.Union([Type.Literal('postgresql'), Type.Literal('embedded')]),
    /** true: for evaluation, not for production; the interface says so */
    evaluation: Type.Boolean(),
  }),
  /** whether it holds the demo district, which is made up */
  demo: Type.Boolean(),
  /** whether data of somebody's own stands beside it: then it no longer lives on */
  demoMixed: Type.Boolean(),
  baseMap: BaseMap,
  /** rows in the database */
  counts: Type.Object({
    areas: Type.Integer(),
    grids: Type.Integer(),
    buildings: Type.Integer(),
    incidents: Type.Integer(),
  }),
  /** west, south, east, north of the grids in force; null without grids */
  bbox: nullable(BboxSchema),
  /** first and last case */
  incidentSpan: nullable(
    Type.Object({ from: Type.String({ format: 'date-time' }), to: Type.String({ format: 'date-time' }) }),
  ),
  /** who must be credited, one entry a source */
  attributions: Type.Array(Type.String()),
})
export type District = Type.Static<typeof District>
