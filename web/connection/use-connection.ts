import { type Query, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { fetchReady } from '../api/endpoints.ts'
import { ConnectionLost, StillLoading } from '../api/request.ts'
import { READY_KEY } from './query-client.ts'

const HEARTBEAT_MS = 5_000
const RETRY_MS = 2_000

const wasTurnedAway = ({ state: { status, error } }: Query) =>
  status === 'error' && (error instanceof ConnectionLost || error instanceof StillLoading)

/** Whether the server and its database answer. When they do again, everything on the screen is asked anew. */
export function useConnection(): { lost: boolean } {
  const client = useQueryClient()
  const {
    isError,
    error,
    dataUpdatedAt: answeredAt,
  } = useQuery({
    queryKey: READY_KEY,
    queryFn: ({ signal }) => fetchReady(signal),
    retry: false,
    refetchInterval: ({ state }) => (state.status === 'error' ? RETRY_MS : HEARTBEAT_MS),
    refetchIntervalInBackground: true,
  })
  const lost = isError && !(error instanceof StillLoading)
  // A server that is up may still have turned single requests away, while it was starting or overloaded
  useEffect(() => {
    if (answeredAt > 0) void client.refetchQueries({ type: 'active', predicate: wasTurnedAway })
  }, [answeredAt, client])
  const wasLost = useRef(false)
  useEffect(() => {
    if (wasLost.current && !lost) void client.invalidateQueries()
    wasLost.current = lost
  }, [lost, client])
  return { lost }
}
