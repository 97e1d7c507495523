import Type from 'typebox'
import { Intake, Level, Status } from './incident.ts'

const many = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Array(schema, { maxItems: 500 }))

/**
 * Which cases: all given conditions hold. A category stands for itself and its sub-categories. `from` is
 * included, `to` excluded; both are whole seconds.
 */
export const IncidentFilter = Type.Object({
  from: Type.Optional(Type.String({ format: 'date-time' })),
  to: Type.Optional(Type.String({ format: 'date-time' })),
  category: many(Type.String()),
  status: many(Status),
  level: many(Level),
  intake: many(Intake),
  department: many(Type.String()),
  /** area code: cases in its grids */
  area: Type.Optional(Type.String()),
  grid: Type.Optional(Type.String()),
  open: Type.Optional(Type.Boolean()),
})
export type IncidentFilter = Type.Static<typeof IncidentFilter>
