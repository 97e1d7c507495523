import { Facets } from './facets.ts'

/**
 * Cases as typed arrays, sorted by time of report, then id: what every "how many, where, when" is answered
 * from, by the same code on the server and in the browser. 37 bytes a case.
 *
 * Columns may be longer than `length` (room to grow): rows `length` and above are meaningless.
 */
export interface IncidentColumns {
  length: number
  /** incidents.id */
  id: Uint32Array
  /** degrees x 1e7 */
  lngE7: Int32Array
  latE7: Int32Array
  /** whole seconds since 1970-01-01T00:00:00Z, rounded down */
  reportedAt: Uint32Array
  /** as reportedAt; 0 = none */
  dueAt: Uint32Array
  /** as reportedAt; 0 = open */
  closedAt: Uint32Array
  /** index into dictionaries.categories */
  category: Uint16Array
  /** index into dictionaries.grids of the grid it stands in now; 0 = outside all grids */
  grid: Uint16Array
  /** index into dictionaries.departments; 0 = none */
  department: Uint16Array
  /** index into STATUSES */
  status: Uint8Array
  /** 1..4 */
  level: Uint8Array
  /** index into INTAKES */
  intake: Uint8Array
  /** index into facets: one lookup filters by category, department, status, level, intake and openness */
  facet: Uint32Array
  facets: Facets
  dictionaries: Dictionaries
}

/** Codes by the numbers that stand for them in the columns. Only ever appended to. */
export interface Dictionaries {
  categories: string[]
  /** grids[0] is '' (outside all grids) */
  grids: string[]
  /** departments[0] is '' (none) */
  departments: string[]
}

/** Columns without rows, with room for `capacity` of them. */
export function emptyColumns(
  capacity = 0,
  dictionaries: Dictionaries = { categories: [], grids: [''], departments: [''] },
): IncidentColumns {
  return {
    length: 0,
    id: new Uint32Array(capacity),
    lngE7: new Int32Array(capacity),
    latE7: new Int32Array(capacity),
    reportedAt: new Uint32Array(capacity),
    dueAt: new Uint32Array(capacity),
    closedAt: new Uint32Array(capacity),
    category: new Uint16Array(capacity),
    grid: new Uint16Array(capacity),
    department: new Uint16Array(capacity),
    status: new Uint8Array(capacity),
    level: new Uint8Array(capacity),
    intake: new Uint8Array(capacity),
    facet: new Uint32Array(capacity),
    facets: new Facets(),
    dictionaries,
  }
}
