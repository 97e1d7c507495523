import { countByCategory, countByStatus, total } from '../../domain/columns/count.ts'
import type { Selection } from '../../domain/columns/filter.ts'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import type { Bbox } from '../../domain/geometry.ts'
import { STATUSES, type Status } from '../../domain/incident.ts'

/** The key figures of some cases. */
export interface Figures {
  total: number
  open: number
  /** open, and their deadline has passed */
  overdue: number
  byStatus: { status: Status; count: number }[]
  /** by category code, most first, those without a case left out */
  byCategory: { code: string; count: number }[]
}

/**
 * @param rows the rows of `selection`, from selectRows
 * @param now seconds after 1970
 */
export function figuresOf(selection: Selection, rows: Uint32Array, now: number): Figures {
  const byStatus = countByStatus(selection)
  const { categories } = selection.columns.dictionaries
  return {
    total: total(selection),
    ...openAndOverdue(selection.columns, rows, now),
    byStatus: STATUSES.map((status, number) => ({ status, count: byStatus[number]! })),
    byCategory: Array.from(countByCategory(selection), (count, number) => ({
      code: categories[number]!,
      count,
    }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  }
}

function openAndOverdue({ closedAt, dueAt }: IncidentColumns, rows: Uint32Array, now: number) {
  let open = 0
  let overdue = 0
  for (const row of rows) {
    if (closedAt[row] !== 0) continue
    open += 1
    const due = dueAt[row]!
    if (due !== 0 && due < now) overdue += 1
  }
  return { open, overdue }
}

/** How many of some cases stand inside of a box, by status; null: anywhere. */
export function statusesWithin(
  { status, lngE7, latE7 }: IncidentColumns,
  rows: Uint32Array,
  bbox: Bbox | null,
): { status: Status; count: number }[] {
  const [west, south, east, north] = (bbox ?? [-180, -90, 180, 90]).map((degrees) => degrees * 1e7) as Bbox
  const counts = STATUSES.map(() => 0)
  for (const row of rows) {
    const [lng, lat] = [lngE7[row]!, latE7[row]!]
    if (lng >= west && lng <= east && lat >= south && lat <= north) counts[status[row]!]!++
  }
  return STATUSES.map((one, number) => ({ status: one, count: counts[number]! }))
}

/** Counts of the top categories: a category's cases go to the one that all above it lie in. Most first. */
export function byTopCategory(
  counts: readonly { code: string; count: number }[],
  parentOf: ReadonlyMap<string, string | null>,
): { code: string; count: number }[] {
  const sums = new Map<string, number>()
  for (const { code, count } of counts) {
    let top = code
    for (let above = parentOf.get(top); above; above = parentOf.get(top)) top = above
    sums.set(top, (sums.get(top) ?? 0) + count)
  }
  return [...sums]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}
