import type { IncidentColumns } from './incident-columns.ts'
import { lowerBound } from './time-span.ts'

/** One case as the columns hold it: codes as numbers of the dictionaries, times as seconds. */
export interface CodedRow {
  id: number
  lngE7: number
  latE7: number
  reportedAt: number
  dueAt: number
  closedAt: number
  category: number
  grid: number
  department: number
  status: number
  level: number
  intake: number
}

const ARRAYS = [
  'id',
  'lngE7',
  'latE7',
  'reportedAt',
  'dueAt',
  'closedAt',
  'category',
  'grid',
  'department',
  'status',
  'level',
  'intake',
  'facet',
] as const

/** Makes room for `capacity` rows in all. */
export function reserve(columns: IncidentColumns, capacity: number): void {
  if (capacity <= columns.id.length) return
  const roomy = Math.max(capacity, Math.ceil(columns.length * 1.1))
  const growable = columns as unknown as Record<string, Uint8Array>
  for (const name of ARRAYS) {
    const old = columns[name]
    const grown = new (old.constructor as Uint8ArrayConstructor)(roomy)
    grown.set(old.subarray(0, columns.length))
    growable[name] = grown
  }
}

/** Adds `row`, not earlier than the last one by its second. Quick when room is reserved. */
export function appendRow(columns: IncidentColumns, row: CodedRow): void {
  const last = columns.length - 1
  if (last >= 0 && columns.reportedAt[last] === row.reportedAt && columns.id[last]! > row.id) {
    insertRows(columns, [row])
    return
  }
  reserve(columns, columns.length + 1)
  writeRow(columns, columns.length, row)
  columns.length += 1
}

/**
 * Brings single cases up to date: of the cases `ids`, those in `rows` stand there as they are now, the
 * others are gone. Cost: one pass over the ids for those not found by their time, and a move of what lies
 * behind the earliest row that is added or removed.
 */
export function applyRows(columns: IncidentColumns, ids: Iterable<number>, rows: readonly CodedRow[]): void {
  const present = new Map(rows.map((row) => [row.id, row]))
  const places = findRows(columns, ids, present)
  const removed: number[] = []
  const added: CodedRow[] = []
  for (const [id, place] of places) {
    const row = present.get(id)
    if (row && columns.reportedAt[place] === row.reportedAt) writeRow(columns, place, row)
    else removed.push(place)
  }
  for (const row of present.values()) {
    const place = places.get(row.id)
    if (place === undefined || columns.reportedAt[place] !== row.reportedAt) added.push(row)
  }
  removeRows(columns, removed)
  insertRows(columns, added)
}

/** Where the cases `ids` stand; ids that stand nowhere are left out. */
function findRows(
  columns: IncidentColumns,
  ids: Iterable<number>,
  present: ReadonlyMap<number, CodedRow>,
): Map<number, number> {
  const places = new Map<number, number>()
  const sought = new Set<number>()
  for (const id of ids) {
    const row = present.get(id)
    const place = row ? placeOf(columns, row.reportedAt, id, columns.length) : columns.length
    const found = place < columns.length && columns.id[place] === id
    if (found) places.set(id, place)
    else sought.add(id)
  }
  scanForIds(columns, sought, places)
  return places
}

function scanForIds(
  columns: IncidentColumns,
  sought: ReadonlySet<number>,
  places: Map<number, number>,
): void {
  if (sought.size === 0) return
  // Sixteen bits of an id tell nearly all other cases apart without asking the set
  const marked = new Uint8Array(65536)
  for (const id of sought) marked[id & 0xffff] = 1
  const { id: idColumn, length } = columns
  for (let row = 0; row < length; row++) {
    const id = idColumn[row]!
    if (marked[id & 0xffff]! && sought.has(id)) places.set(id, row)
  }
}

/** Where a case of this time and id stands or belongs among the rows before `end`. */
function placeOf(columns: IncidentColumns, reportedAt: number, id: number, end: number): number {
  const start = lowerBound(columns.reportedAt, reportedAt, 0, end)
  if (columns.reportedAt[start] !== reportedAt) return start
  return lowerBound(columns.id, id, start, lowerBound(columns.reportedAt, reportedAt + 1, start, end))
}

function insertRows(columns: IncidentColumns, rows: readonly CodedRow[]): void {
  if (rows.length === 0) return
  const added = [...rows].sort((a, b) => a.reportedAt - b.reportedAt || a.id - b.id)
  reserve(columns, columns.length + added.length)
  let end = columns.length
  for (let earlier = added.length - 1; earlier >= 0; earlier--) {
    const row = added[earlier]!
    const place = placeOf(columns, row.reportedAt, row.id, end)
    moveRows(columns, place, end, place + earlier + 1)
    writeRow(columns, place + earlier, row)
    end = place
  }
  columns.length += added.length
}

function removeRows(columns: IncidentColumns, places: number[]): void {
  if (places.length === 0) return
  places.sort((a, b) => a - b)
  let to = places[0]!
  for (const [n, place] of places.entries()) {
    const until = places[n + 1] ?? columns.length
    moveRows(columns, place + 1, until, to)
    to += until - place - 1
  }
  columns.length = to
}

/** Drops the first `count` rows. */
export function dropFirstRows(columns: IncidentColumns, count: number): void {
  if (count === 0) return
  moveRows(columns, count, columns.length, 0)
  columns.length -= count
}

function moveRows(columns: IncidentColumns, start: number, end: number, to: number): void {
  if (start === end || start === to) return
  for (const name of ARRAYS) columns[name].copyWithin(to, start, end)
}

function writeRow(columns: IncidentColumns, place: number, row: CodedRow): void {
  columns.id[place] = row.id
  columns.lngE7[place] = row.lngE7
  columns.latE7[place] = row.latE7
  columns.reportedAt[place] = row.reportedAt
  columns.dueAt[place] = row.dueAt
  columns.closedAt[place] = row.closedAt
  columns.category[place] = row.category
  columns.grid[place] = row.grid
  columns.department[place] = row.department
  columns.status[place] = row.status
  columns.level[place] = row.level
  columns.intake[place] = row.intake
  columns.facet[place] = columns.facets.numberOf(
    row.category,
    row.department,
    row.status,
    row.level,
    row.intake,
    row.closedAt,
  )
}

/** Rows `start` to `end` as columns of their own, without a copy. */
export function sliceRows(columns: IncidentColumns, start: number, end: number): IncidentColumns {
  return rebuild(columns, end - start, (array) => array.subarray(start, end))
}

/** The rows named, in that order, as columns of their own. */
export function gatherRows(columns: IncidentColumns, rows: Uint32Array): IncidentColumns {
  return rebuild(columns, rows.length, (array) => {
    const gathered = new (array.constructor as Uint8ArrayConstructor)(rows.length)
    for (let n = 0; n < rows.length; n++) gathered[n] = array[rows[n]!]!
    return gathered
  })
}

type AnyColumn = IncidentColumns[(typeof ARRAYS)[number]]

function rebuild(
  columns: IncidentColumns,
  length: number,
  build: (array: AnyColumn) => AnyColumn,
): IncidentColumns {
  const built = Object.fromEntries(ARRAYS.map((name) => [name, build(columns[name])]))
  return { ...columns, ...built, length }
}
