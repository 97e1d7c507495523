import { useQuery } from '@tanstack/react-query'
import { fetchUsers } from './users-api.ts'

const REFRESH_MS = 30_000
export const USERS_KEY = ['users'] as const

/** Everybody who may sign in. */
export const useUsers = () =>
  useQuery({
    queryKey: USERS_KEY,
    queryFn: ({ signal }) => fetchUsers(signal),
    refetchInterval: REFRESH_MS,
  })
