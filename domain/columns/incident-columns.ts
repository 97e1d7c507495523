/**
 * Cases as typed arrays, sorted by time of report, then id: what every "how many, where, when" is answered
 * from, by the same code on the server and in the browser. 38 bytes a case.
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
