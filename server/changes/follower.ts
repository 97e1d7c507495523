import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../domain/change.ts'
import type { Database } from '../database/database.ts'
import { changesBehind, oldestRunning, purgeChanges, purgeForeignChanges } from './queries.ts'

const POLL_MS = 400
const LONGEST_PAUSE_MS = 5000
const PAGE = 5000
const KEPT_DAYS = 8
const PURGE_EVERY_MS = 3_600_000

export interface ChangeListener {
  /** Committed changes, each told once; of one transaction in its order. */
  changed(changes: readonly Change[]): void
  /** The database was away and may be another one now: whatever was read before is to be read again. */
  lost(): void
}

interface Log {
  warn(details: object, message: string): void
}

/**
 * Reads the outbox for this process: by polling, and at once when NOTIFY hints at news.
 *
 * A transaction that began early can commit late, with changes that lie behind those already read. So what
 * may still be overtaken, everything from the oldest running transaction on, is read again each time, and
 * what was told once is remembered: a long import delays nobody's news, and nothing is missed.
 */
export class ChangeFollower {
  readonly #db: Database
  readonly #log: Log
  readonly #listeners = new Set<ChangeListener>()
  /** Every change of a transaction below has been told. */
  #floor = 0n
  /** Transactions by the changes that were told although they lie at or above the floor. */
  readonly #told = new Map<number, bigint>()
  #stopListening: (() => Promise<void>) | null = null
  #purgeAt = 0
  #closed = false
  #wake = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(db: Database, log: Log) {
    this.#db = db
    this.#log = log
  }

  /** Changes that commit from now on will be told, once the returned promise has settled. */
  async start(): Promise<void> {
    await this.#begin()
    this.#running = this.#follow()
  }

  /** Answers how to stop. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#wake.abort()
    await this.#running
    await this.#stopListening?.()
  }

  async #begin(): Promise<void> {
    await purgeForeignChanges(this.#db)
    this.#told.clear()
    this.#floor = await oldestRunning(this.#db)
    this.#stopListening ??= await this.#db.listen('changes', () => this.#wake.abort())
  }

  async #follow(): Promise<void> {
    let failures = 0
    while (!this.#closed) {
      await this.#pause(Math.min(LONGEST_PAUSE_MS, POLL_MS * 2 ** failures))
      if (this.#closed) return
      try {
        if (failures > 0) {
          await this.#begin()
          for (const listener of this.#listeners) listener.lost()
        }
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
    let xid = this.#floor
    let seq = 0
    let settled: bigint | undefined
    for (;;) {
      const { oldestRunning, changes } = await changesBehind(this.#db, xid, seq, PAGE)
      // Only what had ended before the first page was read cannot have come in behind it
      settled ??= oldestRunning
      const news = changes.filter((change) => !this.#told.has(change.seq))
      for (const change of news) this.#told.set(change.seq, BigInt(change.xid))
      if (news.length > 0) for (const listener of this.#listeners) listener.changed(news)
      const last = changes.at(-1)
      if (changes.length < PAGE || !last) break
      xid = BigInt(last.xid)
      seq = last.seq
    }
    if (settled === this.#floor) return
    if (settled < this.#floor) throw new Error('The transaction counter went back: this is another database.')
    this.#floor = settled
    for (const [told, its] of this.#told) if (its < settled) this.#told.delete(told)
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
