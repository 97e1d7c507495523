import { EventStreamReader, type StreamEvent } from '../../domain/live/event-stream.ts'
import type { LiveAckAnswer, LiveChanges, LiveHello } from '../../domain/live/live-event.ts'
import { ServerClock } from './server-clock.ts'

/** `lost`: tried in vain, and tried again. */
export type LiveState = 'live' | 'connecting' | 'lost'

/** What listeners hear. `position` of a reload: what is loaded anew must reach it. */
export type LiveNews =
  | { kind: 'changes'; position: string; changes: LiveChanges }
  | { kind: 'reload'; position: string }

export interface LiveStatus {
  state: LiveState
  /** what to add to this machine's clock to have the server's, milliseconds */
  toServerMs: number
  /** what the server serves; null: not yet known */
  release: string | null
  /** when the server was last heard by this machine's clock, whole seconds after 1970; 0: never */
  heardAt: number
}

/** What the feed needs of a page. */
export interface LiveLine {
  /** Opens the stream behind `after`. @throws when no answer comes */
  open(after: string | null, signal: AbortSignal): Promise<Response>
  /** @throws when no answer comes */
  ack(stream: string): Promise<LiveAckAnswer | null>
  /** nobody is signed in any more */
  onRefused(): void
}

export interface FeedTiming {
  ackMs: number
  /** as long without a word, the connection is dead */
  silentMs: number
  firstRetryMs: number
  longestRetryMs: number
}

const USUAL_TIMING: FeedTiming = { ackMs: 10_000, silentMs: 25_000, firstRetryMs: 300, longestRetryMs: 5_000 }

/** Keeps a stream of `/api/live` open: connects, comes back where it was, and notices when the line is dead. */
export class LiveFeed {
  readonly #line: LiveLine
  readonly #timing: FeedTiming
  readonly #listeners = new Set<(news: LiveNews) => void>()
  readonly #watchers = new Set<() => void>()
  readonly #clock = new ServerClock()
  #status: LiveStatus = { state: 'connecting', toServerMs: 0, release: null, heardAt: 0 }
  /** behind which event the next connection goes on */
  #after: string | null = null
  #stopped: AbortController | null = null

  constructor(line: LiveLine, timing: Partial<FeedTiming> = {}) {
    this.#line = line
    this.#timing = { ...USUAL_TIMING, ...timing }
  }

  get status(): LiveStatus {
    return this.#status
  }

  /** Answers how to stop listening. */
  subscribe = (listener: (news: LiveNews) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls when the status changes. */
  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  start(): void {
    if (this.#stopped) return
    this.#stopped = new AbortController()
    void this.#stayConnected(this.#stopped.signal)
  }

  stop(): void {
    this.#stopped?.abort()
    this.#stopped = null
    this.#change({ state: 'connecting' })
  }

  async #stayConnected(stopped: AbortSignal): Promise<void> {
    let failures = 0
    while (!stopped.aborted) {
      const heard = await this.#listen(stopped)
      if (stopped.aborted) return
      failures = heard ? 0 : failures + 1
      this.#change({ state: failures > 1 ? 'lost' : 'connecting' })
      const { firstRetryMs, longestRetryMs } = this.#timing
      const pause = Math.min(longestRetryMs, firstRetryMs * 2 ** failures)
      // Walls that lost the server at one moment need not come back at one moment
      await sleep(pause * (0.5 + Math.random() / 2), stopped)
    }
  }

  /** Answers whether anything was heard. */
  async #listen(stopped: AbortSignal): Promise<boolean> {
    const gone = new AbortController()
    const signal = AbortSignal.any([stopped, gone.signal])
    let silence = setTimeout(() => gone.abort(), this.#timing.silentMs)
    let stream: string | null = null
    const acks = setInterval(() => {
      if (stream !== null) void this.#ack(stream, gone)
    }, this.#timing.ackMs)
    try {
      const answer = await this.#line.open(this.#after, signal)
      if (answer.status === 401) this.#line.onRefused()
      if (!answer.ok || !answer.body) return false
      const reader = new EventStreamReader()
      for await (const text of textOf(answer.body, signal)) {
        clearTimeout(silence)
        silence = setTimeout(() => gone.abort(), this.#timing.silentMs)
        // What is told is told to listeners first: what they show is of this moment
        for (const event of reader.read(text)) {
          if (event.name === 'hello') {
            const hello: LiveHello = JSON.parse(event.data)
            stream = hello.stream
            void this.#ack(stream, gone)
            this.#change({ state: 'live', release: hello.release })
          }
          this.#take(event)
        }
        this.#change({ heardAt: Math.floor(Date.now() / 1000) })
      }
    } catch {
      // No answer, or cut off: tried again
    } finally {
      clearTimeout(silence)
      clearInterval(acks)
      gone.abort()
    }
    return stream !== null
  }

  #take({ name, id, data }: StreamEvent): void {
    // An id holds for all that follow until the next one; what is told is told under an id of its own
    const began = name === 'hello' && this.#after === null && id !== ''
    if (id !== '') this.#after = id
    if (name === 'changes') this.#tell({ kind: 'changes', position: id, changes: JSON.parse(data) })
    // From where the first stream begins, too, what was loaded before must be shown to reach
    if (name === 'reload' || began) this.#tell({ kind: 'reload', position: id })
  }

  #tell(news: LiveNews): void {
    for (const listener of this.#listeners) listener(news)
  }

  async #ack(stream: string, gone: AbortController): Promise<void> {
    const sent = Date.now()
    const answer = await this.#line.ack(stream).catch(() => null)
    if (!answer || gone.signal.aborted) return
    this.#change({ toServerMs: this.#clock.heard(sent, Date.now(), answer.now) })
    // The server took us for dead, or is another process than before
    if (!answer.open) gone.abort()
  }

  #change(change: Partial<LiveStatus>): void {
    const status = { ...this.#status, ...change }
    const isSame = (Object.keys(status) as (keyof LiveStatus)[]).every(
      (name) => status[name] === this.#status[name],
    )
    if (isSame) return
    this.#status = status
    for (const watcher of this.#watchers) watcher()
  }
}

async function* textOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const stop = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || signal.aborted) return
      yield decoder.decode(value, { stream: true })
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake)
  })
}
