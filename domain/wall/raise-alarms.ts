import { compileFilter, type FilterContext } from '../columns/filter.ts'
import type { IncidentColumns } from '../columns/incident-columns.ts'
import { lowerBound } from '../columns/time-span.ts'
import { type Level, STATUSES } from '../incident.ts'
import type { AlarmRule } from './alarm.ts'

/** An alarm that a rule raises now. */
export interface RaisedAlarm {
  rule: AlarmRule
  /** ids of the cases it tells of, from the lowest up; never none */
  cases: number[]
  /** code of their grid; '': outside all grids */
  grid: string
  /** codes of their categories, each as often as it came */
  categories: string[]
  /** the most pressing one */
  level: Level
  /** degrees; of several cases their middle */
  lng: number
  lat: number
  /** seconds after 1970; null: it is not about a deadline */
  dueAt: number | null
}

/** More from one rule at once would bury a wall: the others follow in the next rounds. */
export const MOST_AT_ONCE = 20

const VOID = STATUSES.indexOf('void')

/**
 * What rules alarm of at `now` (seconds after 1970), the cases that came first first. A rule tells of a case once:
 * `isTold` says which it has told of.
 *
 * `count`: as soon as so many cases of one grid that the rule has not told of were reported within so many minutes,
 * one alarm tells of all of them; it takes as many new ones for another. With a count of 1 each case is an alarm of
 * its own, also outside all grids. `due`: one alarm a case, open and so many minutes or less before its deadline;
 * a deadline that has passed is no alarm.
 */
export function raiseAlarms(
  columns: IncidentColumns,
  rules: readonly AlarmRule[],
  now: number,
  context: FilterContext,
  isTold: (rule: AlarmRule, incidentId: number) => boolean,
): RaisedAlarm[] {
  const almostDue = rowsAlmostDue(columns, rules, now)
  return rules.flatMap((rule) => {
    const { facet } = compileFilter(wantedBy(rule), columns, context)
    const isWanted = (row: number) =>
      columns.status[row] !== VOID &&
      (facet === null || facet[columns.facet[row]!] === 1) &&
      !isTold(rule, columns.id[row]!)
    const groups =
      rule.when.kind === 'due'
        ? groupsDue(columns, almostDue, now + rule.when.withinMinutes * 60, isWanted)
        : groupsReported(columns, rule.when, now, isWanted)
    return groups.slice(0, MOST_AT_ONCE).map((rows) => alarmOf(columns, rule, rows))
  })
}

const wantedBy = ({ category, level }: AlarmRule) => ({
  ...(category && { category }),
  ...(level && { level }),
})

/** Rows of open cases whose deadline lies ahead, within the minutes of any rule: the columns are read through once. */
function rowsAlmostDue(columns: IncidentColumns, rules: readonly AlarmRule[], now: number): number[] {
  const minutes = rules.map(({ when }) => (when.kind === 'due' ? when.withinMinutes : 0))
  const latest = now + Math.max(0, ...minutes) * 60
  const rows: number[] = []
  if (latest === now) return rows
  const { dueAt, closedAt, length } = columns
  for (let row = 0; row < length; row++) {
    if (dueAt[row]! > now && dueAt[row]! <= latest && closedAt[row] === 0) rows.push(row)
  }
  return rows.sort((one, other) => dueAt[one]! - dueAt[other]! || columns.id[one]! - columns.id[other]!)
}

const groupsDue = (
  { dueAt }: IncidentColumns,
  almostDue: readonly number[],
  latest: number,
  isWanted: (row: number) => boolean,
): number[][] => almostDue.filter((row) => dueAt[row]! <= latest && isWanted(row)).map((row) => [row])

function groupsReported(
  columns: IncidentColumns,
  { count, withinMinutes }: { count: number; withinMinutes: number },
  now: number,
  isWanted: (row: number) => boolean,
): number[][] {
  const start = lowerBound(columns.reportedAt, now - withinMinutes * 60, 0, columns.length)
  const end = lowerBound(columns.reportedAt, now + 1, start, columns.length)
  if (count === 1) {
    const groups: number[][] = []
    for (let row = start; row < end; row++) if (isWanted(row)) groups.push([row])
    return groups
  }
  const ofGrid = new Map<number, number[]>()
  for (let row = start; row < end; row++) {
    const grid = columns.grid[row]!
    // What lies outside all grids has no place in common
    if (grid === 0 || !isWanted(row)) continue
    const rows = ofGrid.get(grid)
    if (rows) rows.push(row)
    else ofGrid.set(grid, [row])
  }
  return [...ofGrid.values()].filter((rows) => rows.length >= count)
}

function alarmOf(columns: IncidentColumns, rule: AlarmRule, rows: readonly number[]): RaisedAlarm {
  const { dictionaries } = columns
  const middle = (values: Int32Array) =>
    Math.round(rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length) / 1e7
  return {
    rule,
    cases: rows.map((row) => columns.id[row]!).sort((one, other) => one - other),
    grid: dictionaries.grids[columns.grid[rows[0]!]!]!,
    categories: rows.map((row) => dictionaries.categories[columns.category[row]!]!),
    level: Math.min(...rows.map((row) => columns.level[row]!)) as Level,
    lng: middle(columns.lngE7),
    lat: middle(columns.latE7),
    dueAt: rule.when.kind === 'due' ? columns.dueAt[rows[0]!]! : null,
  }
}
