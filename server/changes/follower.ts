import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../domain/change.ts'
import { covers, formatPosition, type Position, parsePosition, settle } from '../../domain/live/position.ts'
import type { Database } from '../database/database.ts'
import {
  changesBehind,
  knowsPosition,
  type News,
  positionNow,
  purgeChanges,
  purgeForeignChanges,
} from './queries.ts'

const POLL_MS = 400
const LONGEST_PAUSE_MS = 5000
/** Of one reading; whoever would have to be told more reads everything anew. */
const MOST_AT_ONCE = 50_000
const KEPT_DAYS = 8
/** What somebody missed who was away for less is still there; a change may be older than its commit. */
const MISSED_DAYS = 7
const PURGE_EVERY_MS = 3_600_000

export interface ChangeListener {
  /**
   * Committed changes, each told once; of one transaction in its order. Whoever has seen them, and all told
   * before, stands at `position`.
   */
  changed(changes: readonly Change[], position: string): void
  /**
   * The database was away: whatever was read before is to be read again. `goesOn`: it is the same one, and the
   * changes of that time will be told. Otherwise they will not, and what comes next comes behind `position`.
   */
  lost(position: string, goesOn: boolean): void
}

interface Log {
  warn(details: object, message: string): void
}

/**
 * Reads the outbox for this process: by polling, and at once when NOTIFY hints at news.
 *
 * A transaction that began early can commit late, with changes that lie behind those already read. So the place
 * in the outbox is a snapshot of the database, not a number: each reading asks for the changes that were not
 * visible in the snapshot before and are now. A long import delays nobody's news, and nothing is missed.
 */
export class ChangeFollower {
  readonly #db: Database
  readonly #log: Log
  readonly #listeners = new Set<ChangeListener>()
  #position: Position | null = null
  #stopListening: (() => Promise<void>) | null = null
  #purgeAt = 0
  #readAt = 0
  #closed = false
  #wake = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(db: Database, log: Log) {
    this.#db = db
    this.#log = log
  }

  /** Every change visible there has been told, or was before the start. */
  get position(): string {
    if (!this.#position) throw new Error('The follower has not been started.')
    return formatPosition(this.#position)
  }

  /** Changes that commit from now on will be told, once the returned promise has settled. */
  async start(): Promise<void> {
    await this.#begin()
    this.#running = this.#follow()
  }

  /** When the outbox was last read to its end: milliseconds after 1970. */
  get readAt(): number {
    return this.#readAt
  }

  /** Answers how to stop. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * What somebody has missed who stands at `after`, and where that leads. Null: it cannot be told, because it is
   * more than `most`, too long ago, of another database or history, or no position at all.
   */
  async since(after: string, most: number): Promise<{ changes: Change[]; position: string } | null> {
    const from = parsePosition(after)
    if (!from || from.at < Date.now() / 1000 - MISSED_DAYS * 86_400) return null
    if (!(await knowsPosition(this.#db, from))) return null
    const news = await changesBehind(this.#db, from.snapshot, most + 1)
    const { epoch, snapshot, changes } = news
    if (epoch !== from.epoch || !covers(snapshot, from.snapshot) || changes.length > most) return null
    return { changes, position: formatPosition(positionBehind(from, news)) }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#wake.abort()
    await this.#running
    await this.#stopListening?.()
  }

  /** Answers whether this is the database that was read before, so that it can be read on from there. */
  async #begin(): Promise<boolean> {
    await purgeForeignChanges(this.#db)
    const now = await positionNow(this.#db)
    const before = this.#position
    const goesOn =
      before !== null &&
      before.epoch === now.epoch &&
      covers(now.snapshot, before.snapshot) &&
      (await knowsPosition(this.#db, before))
    this.#stopListening ??= await this.#db.listen('changes', () => this.#wake.abort())
    if (!goesOn) this.#position = now
    this.#readAt = Date.now()
    return goesOn
  }

  async #follow(): Promise<void> {
    let failures = 0
    while (!this.#closed) {
      await this.#pause(Math.min(LONGEST_PAUSE_MS, POLL_MS * 2 ** failures))
      if (this.#closed) return
      try {
        if (failures > 0) this.#tellLoss(await this.#begin())
        failures = 0
        await this.#read()
        await this.#purge()
      } catch (error) {
        if (failures === 0) this.#log.warn({ err: error }, 'the outbox cannot be read; trying again')
        failures = Math.min(failures + 1, 10)
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#wake.signal, ref: false }).catch(() => undefined)
    // News that come while this round reads wake the next one
    if (!this.#closed) this.#wake = new AbortController()
  }

  async #read(): Promise<void> {
    const before = this.#position!
    const news = await changesBehind(this.#db, before.snapshot, MOST_AT_ONCE + 1)
    const { epoch, snapshot, changes } = news
    if (epoch !== before.epoch) throw new Error('This is another database than before.')
    if (snapshot.end < before.snapshot.end) {
      throw new Error('The transaction counter went back: this is another database.')
    }
    if (changes.length > MOST_AT_ONCE) {
      this.#position = await positionNow(this.#db)
      this.#tellLoss(false)
      return
    }
    this.#position = positionBehind(before, news)
    this.#readAt = Date.now()
    if (changes.length === 0) return
    const { position } = this
    for (const listener of this.#listeners) listener.changed(changes, position)
  }

  #tellLoss(goesOn: boolean): void {
    const { position } = this
    for (const listener of this.#listeners) listener.lost(position, goesOn)
  }

  async #purge(): Promise<void> {
    if (Date.now() < this.#purgeAt) return
    this.#purgeAt = Date.now() + PURGE_EVERY_MS
    try {
      await purgeChanges(this.#db, KEPT_DAYS)
    } catch (error) {
      // Nothing was missed by it
      this.#log.warn({ err: error }, 'old changes stay; removed later')
    }
  }
}

/** Where somebody stands who stood at `before` and was told the news. */
function positionBehind(before: Position, { epoch, snapshot, changes, lastAt }: News): Position {
  const seen = before.snapshot.end - 1n
  const last = BigInt(changes.at(-1)?.xid ?? 0)
  return last > seen
    ? { epoch, at: lastAt!, snapshot: settle(snapshot, last) }
    : { epoch, at: before.at, snapshot: settle(snapshot, seen) }
}
