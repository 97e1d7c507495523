import type { Change } from '../../domain/change.ts'
import type { Database } from '../database/database.ts'
import { LiveBatch } from './live-batch.ts'

/** As long do changes wait for others to be told with: longer where many come, so that writers keep their pace. */
const GATHER_MS = { few: 50, many: 150 }
const MANY = 20
const RETRY_MS = 500
const MOST_WAITING = 50_000

/** Where the hub hears of changes: the follower of the outbox. */
export interface Outbox {
  readonly position: string
  /** when it was last read to its end: milliseconds after 1970 */
  readonly readAt: number
  since(after: string, most: number): Promise<{ changes: Change[]; position: string } | null>
  subscribe(listener: {
    changed(changes: readonly Change[], position: string): void
    lost(position: string, goesOn: boolean): void
  }): () => void
}

export interface LiveListener {
  batch(batch: LiveBatch): void
  /** Something was not told and will not be: what comes next comes behind `position`. */
  reload(position: string): void
}

interface HubParts {
  db: Database
  feed: Outbox
  log: { warn(details: object, message: string): void; info(message: string): void }
}

/** Gathers changes for some moments and tells all listeners, each batch read from the database once for all. */
export class LiveHub {
  readonly #parts: HubParts
  readonly #listeners = new Set<LiveListener>()
  readonly stop: () => void
  #waiting: Change[] = []
  #waitingPosition: string
  #told: string
  #timer: NodeJS.Timeout | undefined
  #telling = false
  #pauseMs = GATHER_MS.few
  #failing = false
  /** goes up when what was to be told no longer counts */
  #round = 0

  constructor(parts: HubParts) {
    this.#parts = parts
    this.#told = parts.feed.position
    this.#waitingPosition = this.#told
    const unsubscribe = parts.feed.subscribe({
      changed: (changes, position) => this.#take(changes, position),
      lost: (position, goesOn) => {
        if (!goesOn) this.#startAnew(position)
      },
    })
    this.stop = () => {
      unsubscribe()
      clearTimeout(this.#timer)
      this.#round += 1
    }
  }

  /** When all that had changed was last known: milliseconds after 1970. */
  get readAt(): number {
    return this.#parts.feed.readAt
  }

  /** Every listener was told everything up to here. */
  get position(): string {
    return this.#told
  }

  /** Told from now on whatever lies behind `position`. Answers how to leave. */
  join(listener: LiveListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #take(changes: readonly Change[], position: string): void {
    for (const change of changes) this.#waiting.push(change)
    this.#waitingPosition = position
    if (this.#waiting.length > MOST_WAITING) this.#startAnew(position)
    else this.#tellSoon(this.#pauseMs)
  }

  #startAnew(position: string): void {
    this.#round += 1
    this.#waiting = []
    this.#waitingPosition = position
    this.#told = position
    for (const listener of this.#listeners) listener.reload(position)
  }

  #tellSoon(ms: number): void {
    if (this.#telling) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#tell()
    }, ms)
  }

  async #tell(): Promise<void> {
    const [changes, position, round] = [this.#waiting, this.#waitingPosition, this.#round]
    this.#waiting = []
    if (this.#listeners.size === 0) {
      this.#told = position
      return
    }
    this.#telling = true
    this.#pauseMs = changes.length > MANY ? GATHER_MS.many : GATHER_MS.few
    let pause = this.#pauseMs
    try {
      const batch = await LiveBatch.read(this.#parts.db, changes, position)
      if (this.#failing) this.#parts.log.info('changed cases can be read again')
      this.#failing = false
      if (round !== this.#round) return
      this.#told = position
      for (const listener of this.#listeners) listener.batch(batch)
    } catch (error) {
      if (round !== this.#round) return
      if (!this.#failing) this.#parts.log.warn({ err: error }, 'changed cases cannot be read; trying again')
      this.#failing = true
      this.#waiting = [...changes, ...this.#waiting]
      pause = RETRY_MS
    } finally {
      this.#telling = false
      if (this.#waiting.length > 0) this.#tellSoon(pause)
    }
  }
}
