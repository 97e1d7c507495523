import type { IncidentFilter } from '../incident-filter.ts'
import { addDays, type Day, dayOf, startOfDay } from '../local-day.ts'
import { compileFilter, type FilterContext } from './filter.ts'
import { histogram } from './histogram.ts'
import type { IncidentColumns } from './incident-columns.ts'

export type TrendUnit = 'hour' | 'day' | 'month'

export interface TrendAxis {
  unit: TrendUnit
  /** ascending seconds after 1970; bar n goes from edge n to edge n + 1 */
  edges: number[]
}

export interface Trend extends TrendAxis {
  /** by bar: cases still open, and those closed since */
  open: Uint32Array
  closed: Uint32Array
}

const HOUR = 3_600
const DAY = 24 * HOUR
const LONGEST_BY_HOUR = 3 * DAY
const LONGEST_BY_DAY = 190 * DAY

/**
 * Bars for the cases of a span (seconds after 1970, `to` excluded): by hour up to 3 days, by day of the
 * district up to half a year, by month beyond. The first and the last bar end where the span does.
 */
export function trendAxis({ from, to }: { from: number; to: number }, timeZone: string): TrendAxis {
  const length = to - from
  const unit = length <= LONGEST_BY_HOUR ? 'hour' : length <= LONGEST_BY_DAY ? 'day' : 'month'
  const inner = unit === 'hour' ? hoursBetween(from, to, timeZone) : daysBetween(from, to, timeZone, unit)
  return { unit, edges: [from, ...inner, to] }
}

/** The trend of the cases of `filter` within a span. */
export function trendOf(
  filter: IncidentFilter,
  span: { from: number; to: number },
  columns: IncidentColumns,
  context: FilterContext,
  timeZone: string,
): Trend {
  const axis = trendAxis(span, timeZone)
  const all = histogram(compileFilter(filter, columns, context), axis.edges)
  const open = histogram(compileFilter({ ...filter, open: true }, columns, context), axis.edges)
  return { ...axis, open, closed: all.map((count, bar) => count - open[bar]!) }
}

function hoursBetween(from: number, to: number, timeZone: string): number[] {
  const edges: number[] = []
  // From the day's start, so that the bars are whole hours of zones that are off by half an hour too
  const start = startOfDay(dayOf(from, timeZone), timeZone)
  const first = start + Math.floor((from - start) / HOUR + 1) * HOUR
  for (let edge = first; edge < to; edge += HOUR) edges.push(edge)
  return edges
}

function daysBetween(from: number, to: number, timeZone: string, unit: 'day' | 'month'): number[] {
  const edges: number[] = []
  const next = (day: Day) => (unit === 'day' ? addDays(day, 1) : firstOfNextMonth(day))
  for (let day = next(dayOf(from, timeZone)); ; day = next(day)) {
    const edge = startOfDay(day, timeZone)
    if (edge >= to) return edges
    edges.push(edge)
  }
}

function firstOfNextMonth(day: Day): Day {
  const [year, month] = day.split('-').map(Number)
  return new Date(Date.UTC(year!, month!, 1)).toISOString().slice(0, 10)
}
