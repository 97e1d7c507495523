import { useInfiniteQuery } from '@tanstack/react-query'
import { fetchJobs } from './import-api.ts'

/** The record of imports, the newest first, page by page. */
export const usePastImports = () =>
  useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam, signal }) => fetchJobs(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  })
