import { CodeNumbers } from '../../domain/columns/code-numbers.ts'
import type { Dictionaries, IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { applyRows, type CodedRow, reserve, sliceRows } from '../../domain/columns/rows.ts'
import { INTAKES, STATUSES } from '../../domain/incident.ts'
import type { LiveCase } from '../../domain/live/live-case.ts'
import type { LiveChanges } from '../../domain/live/live-event.ts'
import type { ColumnSpan, LoadedColumns } from '../api/endpoints.ts'

/** Columns as the server sent them, brought up to date by what it told since. */
export interface LiveColumns extends LoadedColumns {
  /** how far in the outbox they were when the server sent them; `position` moves on with what is told */
  loadedPosition: string
}

/** New cases that fit before everything is moved. */
const ROOM = 1000

interface Patch {
  ids: number[]
  rows: CodedRow[]
}

/**
 * Columns are as large as all their cases, so they are not copied for each change: two sets take turns. What is
 * shown holds still while the other one takes what both lack, and then is shown in its place.
 */
interface Turns {
  /** what is not shown; null: not yet made */
  spare: IncidentColumns | null
  /** what the spare set lacks */
  behind: Patch[]
}

const turnsOf = new WeakMap<IncidentColumns, Turns>()

/**
 * The columns with the changes, of the cases that a span holds. What is given stays as it is until the next but one
 * call for what is answered.
 */
export function patchColumns(
  shown: LiveColumns,
  { cases, gone }: LiveChanges,
  position: string,
  span: ColumnSpan,
): LiveColumns {
  const known = turnsOf.get(shown.columns)
  // What the server sent is kept by whoever asked for it
  const dictionaries = known ? shown.columns.dictionaries : copied(shown.columns.dictionaries)
  const gridAreas = [...shown.gridAreas]
  const code = coder(dictionaries, gridAreas)
  const patch = {
    ids: [...cases.map(({ id }) => id), ...gone],
    rows: cases.filter((one) => isWithin(one, span)).map(code),
  }
  if (patch.ids.length === 0) return { ...shown, position }
  const spare = known?.spare ?? { ...ownCopy(shown.columns), dictionaries }
  for (const { ids, rows } of [...(known?.spare ? known.behind : []), patch]) applyRows(spare, ids, rows)
  const columns = { ...spare, dictionaries }
  turnsOf.set(columns, { spare: known ? shown.columns : null, behind: [patch] })
  turnsOf.delete(shown.columns)
  return { ...shown, columns, gridAreas, position }
}

function isWithin({ reportedAt, closedAt }: LiveCase, { from, to, open }: ColumnSpan): boolean {
  return reportedAt >= from && reportedAt < to && !(open && closedAt !== 0)
}

function coder({ categories, grids, departments }: Dictionaries, gridAreas: string[]) {
  const numbers = {
    category: new CodeNumbers(categories, 'categories'),
    grid: new CodeNumbers(grids, 'grids'),
    department: new CodeNumbers(departments, 'departments'),
  }
  return ({ area, category, grid, department, status, level, intake, ...plain }: LiveCase): CodedRow => {
    const number = numbers.grid.numberOf(grid)
    gridAreas[number] ??= area
    return {
      ...plain,
      category: numbers.category.numberOf(category),
      grid: number,
      department: numbers.department.numberOf(department),
      status: STATUSES.indexOf(status),
      level,
      intake: INTAKES.indexOf(intake),
    }
  }
}

const copied = ({ categories, grids, departments }: Dictionaries): Dictionaries => ({
  categories: [...categories],
  grids: [...grids],
  departments: [...departments],
})

function ownCopy(columns: IncidentColumns): IncidentColumns {
  const own = sliceRows(columns, 0, columns.length)
  // Without room of its own it moves into new arrays
  reserve(own, columns.length + ROOM)
  return own
}
