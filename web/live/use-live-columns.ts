import {
  type QueryClient,
  type QueryKey,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type ColumnSpan, fetchColumns } from '../api/endpoints.ts'
import type { Versioned } from '../api/request.ts'
import { CASES_REFRESH_MS } from '../api/use-revalidated.ts'
import type { LiveLog } from './live-log.ts'
import { useLive, useLivePage } from './live-provider.tsx'
import { type LiveColumns, patchColumns } from './patch-columns.ts'

type Stored = Versioned<LiveColumns>

/** Of what was told between two pictures one is drawn: it takes the browser longer than the server. */
const GATHER_MS = 80
/** Between two tries for what is not there, or not yet: twice as long each time. */
const AGAIN_MS = { first: 700, longest: 10_000 }

/**
 * The cases reported in a span (seconds after 1970, `to` excluded), as they change; null: not yet known which. Loaded
 * once, then patched by what the server tells; while it does not, asked for again and again. While another span is on
 * its way, or does not come, `data` is still the one before and `isPlaceholderData` says so. `updatedAt`: as of when
 * `data` is, milliseconds after 1970, 0 without any.
 */
export function useLiveColumns(span: ColumnSpan | null) {
  const client = useQueryClient()
  const { feed, log } = useLivePage()
  const { state, heardAt } = useLive()
  const [from, to, open] = [span?.from, span?.to, span?.open]
  /** counts what was told that what is loaded cannot be patched with */
  const [, setBehind] = useState(0)

  useEffect(() => {
    if (from === undefined || to === undefined || open === undefined) return
    const key = ['columns', from, to, open]
    let waiting: ReturnType<typeof setTimeout> | undefined
    const stop = feed.subscribe(() => {
      waiting ??= setTimeout(() => {
        waiting = undefined
        if (!bringUpToDate(client, key, log, { from, to, open })) setBehind((before) => before + 1)
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
    refetchInterval: state === 'lost' ? CASES_REFRESH_MS : false,
    structuralSharing: false,
    // Columns are large: those of a span left behind are let go soon
    gcTime: 60_000,
    refetchOnWindowFocus: state !== 'live',
  })
  const { data: own, dataUpdatedAt, isError } = query
  const isBehind = own !== undefined && !log.suffices(own.position, own.loadedPosition)
  useAgain(isBehind || (isError && own === undefined), query)

  const kept = useRef<Kept | null>(null)
  if (own !== undefined) {
    // While the server would have told, what has not changed is as of when it was heard
    const heard = state === 'live' ? Math.max(dataUpdatedAt, heardAt * 1000) : dataUpdatedAt
    // What is behind is as of when it was not
    const updatedAt = isBehind ? (kept.current?.updatedAt ?? dataUpdatedAt) : heard
    kept.current = { data: own, updatedAt }
  }
  // What cannot be had leaves what was there before
  return {
    data: kept.current?.data,
    isPlaceholderData: own === undefined && kept.current !== null,
    updatedAt: kept.current?.updatedAt ?? 0,
    error: query.error,
  }
}

interface Kept {
  data: LiveColumns
  updatedAt: number
}

/** Asks again for what is missing, each time after a longer pause, and not all pages at one moment. */
function useAgain(
  isOwed: boolean,
  {
    refetch,
    dataUpdatedAt,
    errorUpdatedAt,
  }: Pick<UseQueryResult, 'refetch' | 'dataUpdatedAt' | 'errorUpdatedAt'>,
): void {
  const tries = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each answer comes the next try
  useEffect(() => {
    if (!isOwed) {
      tries.current = 0
      return
    }
    const pause = Math.min(AGAIN_MS.longest, AGAIN_MS.first * 2 ** tries.current)
    tries.current += 1
    const timer = setTimeout(() => void refetch(), pause * (0.5 + Math.random() / 2))
    return () => clearTimeout(timer)
  }, [isOwed, refetch, dataUpdatedAt, errorUpdatedAt])
}

/** False: what is loaded cannot be patched, and must be loaded anew. */
function bringUpToDate(client: QueryClient, key: QueryKey, log: LiveLog, span: ColumnSpan): boolean {
  const stored = client.getQueryData<Stored>(key)
  if (!stored) return true
  const current = caughtUp(stored, log, span)
  if (current !== stored) client.setQueryData<Stored>(key, current)
  return log.suffices(current.value.position, current.value.loadedPosition)
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
