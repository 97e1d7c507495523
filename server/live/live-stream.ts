import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { covers, type Position, parsePosition } from '../../domain/live/position.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Database } from '../database/database.ts'
import { frame, LiveBatch } from './live-batch.ts'
import type { LiveHub, Outbox } from './live-hub.ts'

/** More missed changes are not told one by one: loading anew is cheaper. */
const MOST_MISSED = 10_000
/** Bytes that wait for a slow connection before nothing more is sent to it. */
const MOST_UNSENT = 512 * 1024

interface StreamParts {
  db: Database
  feed: Outbox
  hub: LiveHub
  scope: CaseScope
  release: string
}

/** One who listens: what is told to them, from where they were on, as a stream of events. */
export class LiveStream {
  readonly id = randomBytes(12).toString('base64url')
  /** what goes over the line; destroyed when the other side goes away */
  readonly body: Readable
  /** milliseconds since 1970 */
  heardAt = Date.now()
  /** since when nothing has been sent because nothing gets through; null: it does */
  stuckSince: number | null = null
  readonly #parts: StreamParts
  readonly #leave: () => void
  /** Batches that came while what was missed is read. */
  #early: LiveBatch[] | null = null
  /** What was missed reached so far; batches may hold some of it once more. */
  #caughtUp: Position | null = null
  /** Earlier than `readableEnded`: who is slow still takes what was sent before. */
  #ended = false

  constructor(parts: StreamParts) {
    this.#parts = parts
    this.body = new Readable({ read: () => this.#flowAgain() })
    this.#leave = parts.hub.join({
      batch: (batch) => this.#take(batch),
      reload: (position) => this.#reload(position),
    })
    this.body.once('close', this.#leave)
  }

  /** @param after where the other side stands; null: at this moment */
  async begin(after: string | null): Promise<void> {
    const { hub, release } = this.#parts
    const hello = { stream: this.id, release, now: Date.now() }
    if (after === null) {
      this.#send(frame('hello', hello, hub.position))
      return
    }
    this.#send(frame('hello', hello, null))
    this.#early = []
    await this.#catchUp(after)
  }

  /** Says nothing while the database does not: whoever listens shall see that what they show grows old. */
  beat(everyMs: number): void {
    if (Date.now() - this.#parts.hub.readAt > everyMs) return
    const isSteady = this.#early === null && this.#caughtUp === null
    this.#send(frame('beat', { now: Date.now() }, isSteady ? this.#parts.hub.position : null))
  }

  /** What the other side holds is no longer what it may see. */
  endAnew(): void {
    this.#send(frame('reload', {}, this.#parts.hub.position))
    this.end()
  }

  end(): void {
    this.#leave()
    this.#ended = true
    this.body.push(null)
  }

  cut(): void {
    this.body.destroy()
  }

  async #catchUp(after: string): Promise<void> {
    const { db, feed, hub, scope } = this.#parts
    const early = this.#early
    const missed = await feed.since(after, MOST_MISSED)
    const batch = missed && (await LiveBatch.read(db, missed.changes, missed.position))
    // A loss came between: everything is to be loaded anew already
    if (this.#early !== early || early === null) return
    if (batch === null) {
      this.#reload(hub.position)
      return
    }
    this.#early = null
    this.#caughtUp = parsePosition(batch.position)
    this.#send(batch.frameFor(scope) ?? frame('changes', { cases: [], gone: [], topics: [] }, batch.position))
    for (const one of early) this.#take(one)
  }

  #take(batch: LiveBatch): void {
    if (this.#early) {
      this.#early.push(batch)
      return
    }
    const told = this.#caughtUp ? batch.without(this.#caughtUp) : batch
    // From where the batches know of everything that was missed, there is nothing left to take out
    const isPast = this.#caughtUp === null || covers(batch.reached.snapshot, this.#caughtUp.snapshot)
    if (isPast) this.#caughtUp = null
    const bytes = told.frameFor(this.#parts.scope)
    if (bytes !== null) this.#send(bytes)
  }

  #reload(position: string): void {
    this.#early = null
    this.#caughtUp = null
    this.#send(frame('reload', {}, position))
  }

  #send(bytes: Uint8Array): void {
    if (this.stuckSince !== null || this.body.destroyed || this.#ended) return
    this.body.push(bytes)
    if (this.body.readableLength > MOST_UNSENT) this.stuckSince = Date.now()
  }

  /** Nearly all that waited has gone out. What was not sent meanwhile is not sent one by one. */
  #flowAgain(): void {
    if (this.stuckSince === null) return
    this.stuckSince = null
    // Not from within the reading of the stream itself
    queueMicrotask(() => this.#reload(this.#parts.hub.position))
  }
}
