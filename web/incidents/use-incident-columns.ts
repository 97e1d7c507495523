import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ColumnSpan, fetchColumns, type LoadedColumns } from '../api/endpoints.ts'
import type { Versioned } from '../api/request.ts'
import { CASES_REFRESH_MS, REFRESH_MS } from '../api/use-revalidated.ts'

/**
 * The cases reported in a span (seconds after 1970, `to` excluded); null: not yet known which. While another
 * span is on its way `data` is still the one before and `isPlaceholderData` says so.
 */
export function useIncidentColumns(span: ColumnSpan | null) {
  return useQuery({
    queryKey: ['columns', span?.from, span?.to, span?.open],
    queryFn: ({ client, queryKey, signal }) =>
      fetchColumns(span!, client.getQueryData<Versioned<LoadedColumns>>(queryKey), signal),
    select: loadedColumns,
    enabled: span !== null,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isOld(state.data) ? REFRESH_MS : CASES_REFRESH_MS),
    structuralSharing: false,
    // Columns are large: those of a span left behind are let go soon
    gcTime: 60_000,
  })
}

// The server reads a span older than what it holds in memory from its database at every question
const isOld = (versioned: Versioned<LoadedColumns> | undefined) => versioned?.value.version === '-'

const loadedColumns = (versioned: Versioned<LoadedColumns>): LoadedColumns => versioned.value
