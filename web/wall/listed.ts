import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'

/**
 * The first rows of a list. `deadline`: open ones whose deadline comes next, the nearest first; where there are too few
 * of them, those it passed last follow.
 * @param now seconds after 1970
 */
export function listed(
  { dueAt, closedAt, reportedAt }: IncidentColumns,
  rows: Uint32Array,
  order: 'newest' | 'deadline',
  most: number,
  now: number,
): number[] {
  // Rows rise with the time of report
  if (order === 'newest') return [...rows.subarray(Math.max(0, rows.length - most))].reverse()
  const timed = [...rows].filter((row) => closedAt[row] === 0 && dueAt[row] !== 0)
  const coming = timed.filter((row) => dueAt[row]! >= now)
  const passed = timed.filter((row) => dueAt[row]! < now)
  const byReport = (a: number, b: number) => reportedAt[a]! - reportedAt[b]!
  coming.sort((a, b) => dueAt[a]! - dueAt[b]! || byReport(a, b))
  passed.sort((a, b) => dueAt[b]! - dueAt[a]! || byReport(a, b))
  return [...coming, ...passed].slice(0, most)
}
