import type { LiveStream } from './live-stream.ts'

/** How often and how long, milliseconds. Looked at with each beat: a dead one is noticed after `silentMs` and a beat. */
export interface LiveTiming {
  /** between two beats */
  beatMs: number
  /** without an ack, or without taking what is sent, a connection counts as dead */
  silentMs: number
  /** between two looks whether who listens still may */
  recheckMs: number
}

export const USUAL_TIMING: LiveTiming = { beatMs: 10_000, silentMs: 20_000, recheckMs: 20_000 }

const MOST_OF_ONE = 24
const MOST_IN_ALL = 2000

/** Who listens, as somebody else sees it. */
export interface Listening {
  stream: LiveStream
  /** kind and id of the actor */
  who: string
  /** Whether they may still listen, and to the same. */
  check(): Promise<'same' | 'other scope' | 'nobody'>
}

/** All open streams: how many there may be, which are dead, and who may no longer listen. */
export class LiveStreams {
  readonly #open = new Map<string, Listening>()
  readonly #timers: NodeJS.Timeout[]
  readonly #silentMs: number
  readonly #beatMs: number

  constructor({ beatMs, silentMs, recheckMs }: LiveTiming) {
    this.#silentMs = silentMs
    this.#beatMs = beatMs
    this.#timers = [setInterval(() => this.#beat(), beatMs), setInterval(() => this.#recheck(), recheckMs)]
    for (const timer of this.#timers) timer.unref()
  }

  get count(): number {
    return this.#open.size
  }

  /** Null: one more may be opened. */
  refusalOf(who: string): 'of one' | 'in all' | null {
    if (this.#open.size >= MOST_IN_ALL) return 'in all'
    let own = 0
    for (const one of this.#open.values()) if (one.who === who) own += 1
    return own >= MOST_OF_ONE ? 'of one' : null
  }

  add(listening: Listening): void {
    const { stream } = listening
    this.#open.set(stream.id, listening)
    stream.body.once('close', () => this.#open.delete(stream.id))
  }

  /** False: `who` has no such stream open here. */
  ack(id: string, who: string): boolean {
    const listening = this.#open.get(id)
    if (listening?.who !== who) return false
    listening.stream.heardAt = Date.now()
    return true
  }

  /** Ends all of them in good order. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    for (const { stream } of this.#open.values()) stream.end()
  }

  #beat(): void {
    const oldest = Date.now() - this.#silentMs
    for (const { stream } of this.#open.values()) {
      if (stream.heardAt < oldest || (stream.stuckSince ?? Number.POSITIVE_INFINITY) < oldest) stream.cut()
      else stream.beat(this.#beatMs)
    }
  }

  #recheck(): void {
    for (const { stream, check } of this.#open.values()) {
      check().then(
        (found) => {
          if (found === 'nobody') stream.end()
          if (found === 'other scope') stream.endAnew()
        },
        // The database does not answer: asked again at the next turn
        () => undefined,
      )
    }
  }
}
