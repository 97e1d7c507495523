import type { IncidentColumns } from '../columns/incident-columns.ts'
import { type FigureName, type PanelOf, SOON_HOURS } from './panel.ts'

/** What the figures and rankings of a wall are made of. */
export interface Tally {
  count: number
  open: number
  /** open, and their deadline has passed */
  overdue: number
  /** open, and their deadline passes within SOON_HOURS */
  dueSoon: number
  /** open, critical or major */
  urgentOpen: number
  closed: number
  /** closed ones that had a deadline, and those closed before it had passed */
  closedWithDeadline: number
  closedOnTime: number
}

const NOTHING: Tally = {
  count: 0,
  open: 0,
  overdue: 0,
  dueSoon: 0,
  urgentOpen: 0,
  closed: 0,
  closedWithDeadline: 0,
  closedOnTime: 0,
}

const SOON = SOON_HOURS * 3600
const LEAST_URGENT = 2

/**
 * Cases by a number that each has.
 * @param rows of the columns, whatever order
 * @param binOf below `bins`
 * @param now seconds after 1970
 */
export function tallyBy(
  columns: IncidentColumns,
  rows: Uint32Array,
  now: number,
  bins: number,
  binOf: (row: number) => number,
): Tally[] {
  const { dueAt, closedAt, level } = columns
  const tallies = Array.from({ length: bins }, () => ({ ...NOTHING }))
  for (const row of rows) {
    const tally = tallies[binOf(row)]!
    const [due, closed] = [dueAt[row]!, closedAt[row]!]
    tally.count++
    if (closed !== 0) {
      tally.closed++
      if (due === 0) continue
      tally.closedWithDeadline++
      if (closed <= due) tally.closedOnTime++
      continue
    }
    tally.open++
    if (level[row]! <= LEAST_URGENT) tally.urgentOpen++
    if (due === 0) continue
    if (due < now) tally.overdue++
    else if (due < now + SOON) tally.dueSoon++
  }
  return tallies
}

export const tallyOf = (columns: IncidentColumns, rows: Uint32Array, now: number): Tally =>
  tallyBy(columns, rows, now, 1, () => 0)[0]!

/** Null: there is nothing to take a share of. */
export function figureOf(tally: Tally, figure: FigureName): number | null {
  if (figure === 'reported') return tally.count
  return figure === 'closedOnTimeRate' ? onTimeRate(tally) : tally[figure]
}

type Measure = PanelOf<'ranking'>['measure']

/** Null: there is nothing to take a share of. */
export const measureOf = (tally: Tally, measure: Measure): number | null =>
  measure === 'closedOnTimeRate' ? onTimeRate(tally) : tally[measure]

const onTimeRate = ({ closedOnTime, closedWithDeadline }: Tally) =>
  closedWithDeadline === 0 ? null : closedOnTime / closedWithDeadline

/** The rows of open cases that are past their deadline, or will be within SOON_HOURS. */
export function pressingRows(
  { dueAt, closedAt }: IncidentColumns,
  rows: Uint32Array,
  now: number,
): Uint32Array {
  return rows.filter((row) => closedAt[row] === 0 && dueAt[row] !== 0 && dueAt[row]! < now + SOON)
}
