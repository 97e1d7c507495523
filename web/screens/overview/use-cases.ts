import { useMemo } from 'react'
import { compileFilter, type FilterContext, type Selection } from '../../../domain/columns/filter.ts'
import type { IncidentColumns } from '../../../domain/columns/incident-columns.ts'
import { selectRows } from '../../../domain/columns/select.ts'
import { type Trend, trendOf } from '../../../domain/columns/trend.ts'
import { countOfGrids } from '../../../domain/density/density-rows.ts'
import type { District } from '../../../domain/district.ts'
import type { Category } from '../../../domain/incident.ts'
import type { IncidentFilter } from '../../../domain/incident-filter.ts'
import { dayOf, startOfDay } from '../../../domain/local-day.ts'
import { type Figures, figuresOf } from '../../incidents/figures.ts'
import { useLiveColumns } from '../../live/use-live-columns.ts'
import { daysAround, type ResolvedSpan } from './time-span.ts'
import type { ViewState } from './view-state.ts'

/** The cases that pass all filters, and what is said of them: one selection drives every layer and number. */
export interface Cases {
  filter: IncidentFilter
  selection: Selection
  context: FilterContext
  /** where hexagons are true to size, degrees */
  latitude: number
  rows: Uint32Array
  /** cases by grid code; '' holds those outside all grids */
  byGrid: ReadonlyMap<string, number>
  figures: Figures
  trend: Trend
}

const NO_CATEGORIES: readonly Category[] = []

interface CasesQuery {
  /** null until the columns have come */
  cases: Cases | null
  /** the picture is still that of another span */
  behind: boolean
  error: Error | null
  /** milliseconds after 1970; 0: never */
  updatedAt: number
}

/** @param now seconds after 1970 */
export function useCases(
  view: ViewState,
  span: ResolvedSpan,
  district: District,
  categories: readonly Category[] | undefined,
  now: number,
): CasesQuery {
  const { from, to } = span
  const open = span.kind === 'open'
  const { timeZone } = district
  const query = useLiveColumns({ ...daysAround(span, timeZone), open })
  const loaded = query.data
  const { category, status, level } = view

  const filter = useMemo(
    () => filterOf({ category, status, level }, { from, to, open }),
    [category, status, level, from, to, open],
  )
  const context = useMemo((): FilterContext | null => {
    if (!loaded) return null
    const { grids } = loaded.columns.dictionaries
    return {
      categories: categories ?? NO_CATEGORIES,
      areaOfGrid: new Map(grids.map((code, number) => [code, loaded.gridAreas[number] ?? ''])),
    }
  }, [loaded, categories])
  const selected = useMemo(() => {
    if (!loaded || !context) return null
    const selection = compileFilter(filter, loaded.columns, context)
    return { selection, rows: selectRows(selection), byGrid: countOfGrids(selection) }
  }, [loaded, context, filter])
  const trend = useMemo(
    () =>
      loaded && context
        ? trendOf(
            filter,
            { from: open ? beginOf(loaded.columns, from, timeZone) : from, to },
            loaded.columns,
            context,
            timeZone,
          )
        : null,
    [loaded, context, filter, from, to, open, timeZone],
  )
  const figures = useMemo(
    () => (selected ? figuresOf(selected.selection, selected.rows, now) : null),
    [selected, now],
  )
  const cases = useMemo(
    () =>
      loaded && selected && context && figures && trend
        ? { filter, context, latitude: loaded.latitude, ...selected, figures, trend }
        : null,
    [loaded, filter, context, selected, figures, trend],
  )
  return { cases, behind: query.isPlaceholderData, error: query.error, updatedAt: query.updatedAt }
}

/** The day of the oldest case: before it there is nothing to draw. */
function beginOf({ reportedAt, length }: IncidentColumns, from: number, timeZone: string): number {
  return length === 0 ? from : Math.max(from, startOfDay(dayOf(reportedAt[0]!, timeZone), timeZone))
}

/** The filter of a view as the API takes it. */
function filterOf(
  { category, status, level }: Pick<ViewState, 'category' | 'status' | 'level'>,
  { from, to, open }: { from: number; to: number; open: boolean },
): IncidentFilter {
  return {
    from: new Date(from * 1000).toISOString(),
    to: new Date(to * 1000).toISOString(),
    ...(open && { open }),
    ...(category.length > 0 && { category: [...category] }),
    ...(status.length > 0 && { status: [...status] }),
    ...(level.length > 0 && { level: [...level] }),
  }
}
