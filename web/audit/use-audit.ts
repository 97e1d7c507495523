import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditFilter, AuditPage } from '../../domain/audit.ts'
import { address, getJson } from '../api/request.ts'

const PAGE_ROWS = 100

/** Rows that `filter` lets through, the newest first, page by page. */
export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<AuditPage>(address('/api/audit', { ...filter, cursor: pageParam, limit: PAGE_ROWS }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

/** Where they can be had as a table for spreadsheets. */
export const exportAddress = (filter: AuditFilter) => address('/api/audit.csv', { ...filter })
