import { type QueryKey, useQuery } from '@tanstack/react-query'
import type { Versioned } from './request.ts'

/** How old what seldom changes may become on a screen that nobody touches: places, categories, tiles. */
const REFRESH_MS = 30_000
/** And cases: that nothing changed costs the server 2 ms and no bytes. */
export const CASES_REFRESH_MS = 4_000

interface Revalidated<T> {
  key: QueryKey
  ask(known: Versioned<T> | undefined, signal: AbortSignal): Promise<Versioned<T>>
  enabled?: boolean
}

/** Something of the server's that is asked for again every 30 s and on focus, and replaced only if it changed. */
export function useRevalidated<T>({ key, ask, enabled = true }: Revalidated<T>) {
  return useQuery({
    queryKey: key,
    queryFn: ({ client, queryKey, signal }) => ask(client.getQueryData<Versioned<T>>(queryKey), signal),
    select: valueIn,
    enabled,
    refetchInterval: REFRESH_MS,
    structuralSharing: false,
  })
}

const valueIn = <T>(versioned: Versioned<T>): T => versioned.value
