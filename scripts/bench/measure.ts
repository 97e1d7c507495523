/** One line of the bench table: a figure of ours beside the peer or limit it was held against in the same run. */
export interface Measure {
  /** what was measured, in a few words */
  name: string
  unit: string
  ours: number
  /** the peer by name, or `limit` */
  against: string
  peer: number
  /** how many times better ours was (2: twice as fast, half the memory), one figure a round */
  ratios: readonly number[]
  /** the median ratio that is owed; null: for information */
  target: number | null
}

export interface Bench {
  name: string
  run(context: BenchContext): Promise<Measure[]>
}

/** What a bench may ask of the machine it runs on. */
export interface BenchContext {
  /** @throws BenchRefusal without REAL_DATA_DIR */
  realDataDir(): string
  /** URL of the database `name` on the bench server, created empty when it is not there. @throws BenchRefusal */
  scratchDatabase(name: string): Promise<string>
  dropScratchDatabase(name: string): Promise<void>
  /** progress for the person who waits */
  say(text: string): void
}

/** Why a bench cannot run here; `message` is a sentence with the remedy. */
export class BenchRefusal extends Error {}

export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

/** Seconds a round of two ways to do one thing. */
export interface Rounds {
  ours: number[]
  peer: number[]
}

/**
 * Runs both ways in turn, `rounds` times after one round to warm up, so that the machine's noise hits both.
 * Who goes first alternates. Each way answers the seconds it took (see `secondsOf`).
 */
export async function interleave(
  rounds: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<Rounds> {
  const seconds: Rounds = { ours: [], peer: [] }
  for (let round = -1; round < rounds; round++) {
    const peerFirst = round % 2 !== 0
    const before = peerFirst ? await peer() : null
    const own = await ours()
    const other = before ?? (await peer())
    if (round < 0) continue
    seconds.ours.push(own)
    seconds.peer.push(other)
  }
  return seconds
}

/** Work a second of both, when each round did `units` of work. */
export function ratePerSecond(
  name: string,
  unit: string,
  units: number,
  rounds: Rounds,
  against: string,
  target: number | null,
): Measure {
  return {
    name,
    unit,
    ours: units / median(rounds.ours),
    against,
    peer: units / median(rounds.peer),
    ratios: rounds.ours.map((seconds, round) => rounds.peer[round]! / seconds),
    target,
  }
}

/** Time of both in milliseconds. `target` 15: ours takes at most a fifteenth of the peer's time. */
export function timeAgainst(name: string, rounds: Rounds, against: string, target: number | null): Measure {
  return {
    name,
    unit: 'ms',
    ours: median(rounds.ours) * 1000,
    against,
    peer: median(rounds.peer) * 1000,
    ratios: rounds.ours.map((seconds, round) => rounds.peer[round]! / seconds),
    target,
  }
}

/** A figure that must stay at or below `limit`. */
export function belowLimit(name: string, unit: string, ours: readonly number[], limit: number): Measure {
  return {
    name,
    unit,
    ours: median(ours),
    against: 'limit',
    peer: limit,
    ratios: ours.map((figure) => limit / figure),
    target: 1,
  }
}

export function meetsTarget(measure: Measure): boolean {
  return measure.target === null || median(measure.ratios) >= measure.target
}
