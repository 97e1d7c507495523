import { useQuery } from '@tanstack/react-query'
import { fetchGridHistory } from '../api/endpoints.ts'

/** Every version of a grid, the newest first. */
export function useGridHistory(code: string) {
  return useQuery({
    queryKey: ['grid-history', code],
    queryFn: ({ signal }) => fetchGridHistory(code, signal),
  })
}
