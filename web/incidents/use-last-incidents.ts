import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import { fetchIncidents } from '../api/endpoints.ts'
import { CASES_REFRESH_MS } from '../api/use-revalidated.ts'

/** The newest cases that pass `filter`. */
export function useLastIncidents(filter: IncidentFilter, limit: number) {
  return useQuery({
    queryKey: ['incidents', filter, limit],
    queryFn: ({ signal }) => fetchIncidents({ ...filter, limit }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: CASES_REFRESH_MS,
  })
}
