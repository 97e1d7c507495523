import { compileFilter, type FilterContext, type Selection } from '../../domain/columns/filter.ts'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { gatherRows } from '../../domain/columns/rows.ts'
import { selectRows } from '../../domain/columns/select.ts'
import { lowerBound } from '../../domain/columns/time-span.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import { recentSpan, type Span } from '../../domain/recent-span.ts'
import { BUSIEST_STREET, type CaseSource, type WallSpan } from '../../domain/wall/panel.ts'
import { pressingRows } from '../../domain/wall/tally.ts'

/** Cases as columns, and what a filter's words mean in them. */
export interface CaseStore {
  columns: IncidentColumns
  context: FilterContext
  /** where hexagons are true to size, degrees */
  latitude: number
}

/** Everything a wall counts. Null: not yet loaded. */
export interface CaseStores {
  /** reported within the longest span of the wall */
  recent: CaseStore | null
  /** all that are open, whenever they were reported */
  open: CaseStore | null
}

/** The cases of a source. */
export interface ChosenCases {
  store: CaseStore
  /** of a replay those of its whole day */
  selection: Selection
  /** of a replay those up to the moment that is played */
  rows: Uint32Array
  span: Span
}

export interface Moment {
  /** seconds after 1970 */
  now: number
  timeZone: string
  /** of the scene: what BUSIEST_STREET stands for; '': there is none, so all that is seen; null: not known yet */
  busiest: string | null
  /** seconds after 1970: what was reported later is not shown; null: a scene that plays nothing again */
  replayAt: number | null
}

/** Null: not loaded yet, or its place is not known yet. */
export function chooseCases(stores: CaseStores, source: CaseSource, moment: Moment): ChosenCases | null {
  const name: WallSpan = source.span ?? '24h'
  const store = name === 'open' ? stores.open : stores.recent
  const area = source.area === BUSIEST_STREET ? moment.busiest : (source.area ?? '')
  if (!store || area === null) return null
  const { columns, context } = store
  const span = spanOf(name, columns, moment)
  const { category, level, status, department } = source
  const filter: IncidentFilter = {
    from: new Date(span.from * 1000).toISOString(),
    to: new Date(span.to * 1000).toISOString(),
    ...(name === 'open' && { open: true }),
    ...(category && { category }),
    ...(level && { level }),
    ...(status && { status }),
    ...(department && { department }),
    ...(area !== '' && { area }),
  }
  const selection = compileFilter(filter, columns, context)
  const rows = selectRows(selection)
  if (!source.pressing) return { store, selection, rows: until(rows, columns, moment), span }
  return { store, span, ...onlyThose(columns, pressingRows(columns, rows, moment.now)) }
}

/** Until when cases are counted: the end of today is not yet. */
function spanOf(name: WallSpan, columns: IncidentColumns, { now, timeZone }: Moment): Span {
  if (name !== 'open') return recentSpan(name, now, timeZone)
  return { from: columns.length === 0 ? now - 1 : columns.reportedAt[0]!, to: now + 3600 }
}

function until(rows: Uint32Array, { reportedAt }: IncidentColumns, { replayAt }: Moment): Uint32Array {
  if (replayAt === null) return rows
  const times = Uint32Array.from(rows, (row) => reportedAt[row]!)
  return rows.subarray(0, lowerBound(times, replayAt, 0, times.length))
}

/** A selection of some rows alone: columns of their own. */
function onlyThose(columns: IncidentColumns, rows: Uint32Array): { selection: Selection; rows: Uint32Array } {
  const gathered = gatherRows(columns, rows)
  const selection = { columns: gathered, start: 0, end: gathered.length, facet: null, grid: null }
  return { selection, rows: Uint32Array.from({ length: gathered.length }, (_, row) => row) }
}
