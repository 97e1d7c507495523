import Type from 'typebox'
import { Intake, Level, Status } from '../incident.ts'

/** A case as the live stream tells it: what the columns hold of it, with codes in place of their numbers. */
export const LiveCase = Type.Object({
  id: Type.Integer(),
  /** degrees x 1e7 */
  lngE7: Type.Integer(),
  latE7: Type.Integer(),
  /** whole seconds since 1970 */
  reportedAt: Type.Integer(),
  /** as reportedAt; 0: none */
  dueAt: Type.Integer(),
  /** as reportedAt; 0: open */
  closedAt: Type.Integer(),
  category: Type.String(),
  /** the grid it stands in now; '': outside all grids */
  grid: Type.String(),
  /** area code of that grid; '': outside all areas */
  area: Type.String(),
  /** '': none */
  department: Type.String(),
  status: Status,
  level: Level,
  intake: Intake,
})
export type LiveCase = Type.Static<typeof LiveCase>
