import { useQuery } from '@tanstack/react-query'
import { fetchWalls } from './walls-api.ts'

const REFRESH_MS = 10_000
export const WALLS_KEY = ['walls'] as const

/** The paired screens. */
export const useWalls = () =>
  useQuery({
    queryKey: WALLS_KEY,
    queryFn: ({ signal }) => fetchWalls(signal),
    refetchInterval: REFRESH_MS,
  })
