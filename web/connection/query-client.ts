import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, ConnectionLost, StillLoading } from '../api/request.ts'

export const READY_KEY = ['ready'] as const
export const ME_KEY = ['me'] as const

/** The one store of what came from the server. A request that gets no answer sets off a look at the server. */
export function makeQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const heartbeat = query.queryKey[0] === READY_KEY[0]
        // Whoever was signed in is so no longer: the screen finds out who asks
        if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== ME_KEY[0])
          void client.invalidateQueries({ queryKey: ME_KEY })
        if ((error instanceof ConnectionLost || error instanceof StillLoading) && !heartbeat)
          void client.invalidateQueries({ queryKey: READY_KEY })
      },
    }),
    defaultOptions: {
      queries: {
        // A server on this machine or network is reachable whatever the browser thinks of the internet
        networkMode: 'always',
        // What has no answer now is asked again once the server is back
        retry: (failures, error) =>
          !(error instanceof ConnectionLost || error instanceof StillLoading || isRefusal(error)) &&
          failures < 1,
        staleTime: 5_000,
      },
    },
  })
  return client
}

/** Asked again it would be refused again. */
const isRefusal = (error: Error) => error instanceof ApiError && error.status < 500
