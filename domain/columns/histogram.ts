import { total } from './count.ts'
import type { Selection } from './filter.ts'
import { lowerBound } from './time-span.ts'

/**
 * Cases over time: how many were reported from `edges[n]` (included) to `edges[n + 1]` (excluded), ascending
 * whole seconds since 1970. One count fewer than edges; a day of 23 or 25 hours is a matter of its edges.
 */
export function histogram(selection: Selection, edges: ArrayLike<number>): Uint32Array {
  const { reportedAt } = selection.columns
  const counts = new Uint32Array(Math.max(0, edges.length - 1))
  let start = lowerBound(reportedAt, edges[0] ?? 0, selection.start, selection.end)
  for (let bin = 0; bin < counts.length; bin++) {
    const end = lowerBound(reportedAt, edges[bin + 1]!, start, selection.end)
    counts[bin] = total({ ...selection, start, end })
    start = end
  }
  return counts
}
