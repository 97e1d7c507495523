import { useQuery } from '@tanstack/react-query'
import type { Action } from '../../domain/access/action.ts'
import { ME_KEY } from '../connection/query-client.ts'
import { fetchMe } from './access-api.ts'

const REFRESH_MS = 60_000

/** Who is signed in here; null: nobody. */
export const useMe = () =>
  useQuery({ queryKey: ME_KEY, queryFn: ({ signal }) => fetchMe(signal), refetchInterval: REFRESH_MS })

/** Whether who is signed in may do this; what may not be done is not offered. */
export const useMay = (action: Action): boolean => useMe().data?.actions.includes(action) ?? false
