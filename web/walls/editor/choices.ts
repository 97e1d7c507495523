import type { AreaFeatures, AreaProperties } from '../../../domain/area.ts'
import type { Category, Department } from '../../../domain/incident.ts'

/** What of the district can be chosen in an editor. */
export interface Choices {
  areas: readonly AreaProperties[]
  /** undefined: not loaded yet */
  shapes: AreaFeatures | undefined
  categories: readonly Category[]
  departments: readonly Department[]
}
