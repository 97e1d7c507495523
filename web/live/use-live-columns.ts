import {
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect } from 'react'
import { type ColumnSpan, fetchColumns } from '../api/endpoints.ts'
import type { Versioned } from '../api/request.ts'
import { CASES_REFRESH_MS } from '../api/use-revalidated.ts'
import type { LiveLog } from './live-log.ts'
import { useLive, useLivePage } from './live-provider.tsx'
import { type LiveColumns, patchColumns } from './patch-columns.ts'

type Stored = Versioned<LiveColumns>

/** Of what was told between two pictures one is drawn: it takes the browser longer than the server. */
const GATHER_MS = 80
/** What the server sent is behind what it told: it will soon know better. */
const AGAIN_MS = 700

/**
 * The cases reported in a span (seconds after 1970, `to` excluded), as they change; null: not yet known which. Loaded
 * once, then patched by what the server tells; while it does not, asked for again and again. While another span is on
 * its way `data` is still the one before and `isPlaceholderData` says so. `updatedAt`: as of when `data` is, milliseconds
 * after 1970, 0 without any.
 */
export function useLiveColumns(span: ColumnSpan | null) {
  const client = useQueryClient()
  const { feed, log } = useLivePage()
  const { state, heardAt } = useLive()
  const [from, to, open] = [span?.from, span?.to, span?.open]

  useEffect(() => {
    if (from === undefined || to === undefined || open === undefined) return
    const key = ['columns', from, to, open]
    let waiting: ReturnType<typeof setTimeout> | undefined
    const stop = feed.subscribe(() => {
      waiting ??= setTimeout(() => {
        waiting = undefined
        bringUpToDate(client, key, log, { from, to, open })
      }, GATHER_MS)
    })
    return () => {
      stop()
      clearTimeout(waiting)
    }
  }, [client, feed, log, from, to, open])

  const query = useQuery({
    queryKey: ['columns', from, to, open],
    queryFn: async ({ client: store, queryKey, signal }): Promise<Stored> => {
      const known = store.getQueryData<Stored>(queryKey)
      const sent = await fetchColumns(span!, known, signal)
      // Unchanged where it has nothing newer
      if (sent === known) return caughtUp(known, log, span!)
      const loaded = { ...sent.value, loadedPosition: sent.value.position }
      return caughtUp({ tag: sent.tag, value: loaded }, log, span!)
    },
    select: storedColumns,
    enabled: span !== null,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => {
      if (data && !log.suffices(data.value.position, data.value.loadedPosition)) return AGAIN_MS
      return state === 'lost' ? CASES_REFRESH_MS : false
    },
    structuralSharing: false,
    // Columns are large: those of a span left behind are let go soon
    gcTime: 60_000,
    refetchOnWindowFocus: state !== 'live',
  })
  const { data, dataUpdatedAt } = query
  // While the server would have told, what has not changed is as of now
  const isTold = state === 'live' && data && log.suffices(data.position, data.loadedPosition)
  return { ...query, updatedAt: isTold ? Math.max(dataUpdatedAt, heardAt * 1000) : dataUpdatedAt }
}

function bringUpToDate(client: QueryClient, key: QueryKey, log: LiveLog, span: ColumnSpan): void {
  const stored = client.getQueryData<Stored>(key)
  if (!stored) return
  const current = caughtUp(stored, log, span)
  if (current !== stored) client.setQueryData<Stored>(key, current)
  else if (!log.suffices(stored.value.position, stored.value.loadedPosition)) {
    void client.invalidateQueries({ queryKey: key })
  }
}

/** With everything that was told since; the same object when that is nothing. */
function caughtUp(stored: Stored, log: LiveLog, span: ColumnSpan): Stored {
  let { value } = stored
  for (const { changes, position } of log.behind(value.position)) {
    value = patchColumns(value, changes, position, span)
  }
  // What was patched is no longer what the server gave the tag
  return value === stored.value ? stored : { tag: null, value }
}

const storedColumns = ({ value }: Stored): LiveColumns => value
