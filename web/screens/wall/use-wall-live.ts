import { useQuery } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'

const LOOK_EVERY_MS = 30_000

/** The server's clock, as the wall knows it. */
export function useWallClock() {
  const { data: clockOffsetMs = 0 } = useQuery({
    queryKey: ['server clock'],
    queryFn: async ({ signal }) => {
      const asked = Date.now()
      const { headers } = await fetch('/api/health', { cache: 'no-store', signal })
      // The header tells whole seconds, rounded down
      const server = Date.parse(headers.get('date') ?? '') + 500
      const offset = (asked + Date.now()) / 2 - server
      return Number.isFinite(offset) && Math.abs(offset) > 1_000 ? offset : 0
    },
    refetchInterval: LOOK_EVERY_MS,
  })
  const latest = useRef(clockOffsetMs)
  latest.current = clockOffsetMs
  /** milliseconds after 1970 by the server's clock */
  const serverNow = useCallback(() => Date.now() - latest.current, [])
  return { clockOffsetMs, serverNow }
}
