import Type from 'typebox'
import { Incident, Intake, Level, Status } from './incident.ts'

const code = Type.String({ maxLength: 200 })
const many = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Array(schema, { maxItems: 500 }))

/**
 * Which cases: all given conditions hold. A category stands for itself and its sub-categories. `from` is
 * included, `to` excluded; both are whole seconds.
 */
export const IncidentFilter = Type.Object({
  from: Type.Optional(Type.String({ format: 'date-time' })),
  to: Type.Optional(Type.String({ format: 'date-time' })),
  category: many(code),
  status: many(Status),
  level: many(Level),
  intake: many(Intake),
  department: many(code),
  /** area code: cases in its grids */
  area: Type.Optional(code),
  grid: Type.Optional(code),
  open: Type.Optional(Type.Boolean()),
})
export type IncidentFilter = Type.Static<typeof IncidentFilter>

/** `/api/incidents`: the newest first. */
export const IncidentListQuery = Type.Object({
  ...IncidentFilter.properties,
  /** west,south,east,north in degrees */
  bbox: Type.Optional(Type.String({ maxLength: 200 })),
  /** `next` of the page before */
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})
export type IncidentListQuery = Type.Static<typeof IncidentListQuery>

/** `next` is null on the last page. */
export const IncidentPage = Type.Object({
  items: Type.Array(Incident),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type IncidentPage = Type.Static<typeof IncidentPage>
