import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { sendJson } from '../api/request.ts'
import { ME_KEY } from '../connection/query-client.ts'
import { LiveFeed, type LiveLine, type LiveNews, type LiveStatus } from './live-feed.ts'
import { LiveLog } from './live-log.ts'
import { asksAnew } from './topic-queries.ts'

/** A screen that is left for another one need not let go of the stream. */
const LEAVE_AFTER_MS = 3000
const ACK_LIMIT_MS = 8000

/** The one stream of a page, kept open while anything on it wants it. */
export interface LivePage {
  feed: LiveFeed
  log: LiveLog
  /** Answers how to say that it is no longer wanted. */
  want(): () => void
}

const LiveContext = createContext<LivePage | null>(null)

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [page] = useState(() => makePage(client))
  // Whoever signs in next gets a stream of their own
  useEffect(() => () => page.feed.stop(), [page])
  return <LiveContext value={page}>{children}</LiveContext>
}

export function useLivePage(): LivePage {
  const page = useContext(LiveContext)
  if (!page) throw new Error('There is no LiveProvider around this.')
  useEffect(() => page.want(), [page])
  return page
}

export interface Live extends LiveStatus {
  /** Hears what changes, after everything else on the page. Answers how to stop. */
  subscribe(listener: (news: LiveNews) => void): () => void
}

/** Whether the page hears what changes as it does, and how to hear it. */
export function useLive(): Live {
  const { feed } = useLivePage()
  const status = useSyncExternalStore(feed.watch, () => feed.status)
  return { ...status, subscribe: feed.subscribe }
}

function makePage(client: QueryClient): LivePage {
  const line: LiveLine = {
    open: (after, signal) =>
      fetch('/api/live', {
        headers: after === null ? {} : { 'last-event-id': after },
        cache: 'no-store',
        signal,
      }),
    ack: (stream) => sendJson('POST', '/api/live/acks', { stream }, ACK_LIMIT_MS),
    onRefused: () => void client.invalidateQueries({ queryKey: ME_KEY }),
  }
  const feed = new LiveFeed(line)
  const log = new LiveLog()
  feed.subscribe((news) => {
    log.add(news, Date.now())
    const isOld = news.kind === 'changes' ? asksAnew(news.changes) : () => true
    void client.invalidateQueries({ predicate: ({ queryKey }) => isOld(queryKey) })
  })
  let wanted = 0
  let leaving: ReturnType<typeof setTimeout> | undefined
  return {
    feed,
    log,
    want() {
      wanted += 1
      clearTimeout(leaving)
      feed.start()
      return () => {
        wanted -= 1
        if (wanted === 0) leaving = setTimeout(() => feed.stop(), LEAVE_AFTER_MS)
      }
    },
  }
}
