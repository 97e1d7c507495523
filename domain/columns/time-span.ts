import type { IncidentColumns } from './incident-columns.ts'

/** Rows `start` (included) to `end` (excluded). */
export interface RowSpan {
  start: number
  end: number
}

/** The first row of the sorted `values` in [start, end) that is not below `value`; `end` when all are below. */
export function lowerBound(values: Uint32Array, value: number, start: number, end: number): number {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The cases reported from `from` (included) to `to` (excluded), whole seconds since 1970. */
export function timeSpan(columns: IncidentColumns, from: number, to: number): RowSpan {
  const start = lowerBound(columns.reportedAt, from, 0, columns.length)
  const end = lowerBound(columns.reportedAt, to, start, columns.length)
  return { start, end }
}
