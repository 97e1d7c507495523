import type { NewIncident, Transition } from '../../domain/incident.ts'
import { wallSeconds } from '../../domain/local-day.ts'
import type { Database } from '../database/database.ts'
import { type CaseCategory, type CaseRecipe, readCaseRecipe } from './cases/case-recipe.ts'
import { casesAYear, INTAKES, SEED, secondOfYear } from './cases/make-cases.ts'
import { Metres } from './cases/metres.ts'
import { Rhythm } from './cases/rhythm.ts'
import { Loop } from './cases/steps.ts'
import { claimSpan, listOpenCases, listPastPlaces, type OpenCase, type PastPlace } from './queries.ts'
import { Random } from './random.ts'
import { Weighted } from './weighted.ts'

const TICK_MS = 3000
/** Rates change by the hour; so long a stretch has one rate. */
const STRETCH_MS = 600_000
/** After a longer stop the time before is not made up for. */
const LONGEST_ABSENCE_MS = 7 * 86_400_000
const PLACES_KEPT = 20_000
const PLACES_FOR_MS = 3_600_000
/** A case is not found on the very spot of another one. */
const SCATTER_M = 4

/** What everybody uses who writes cases (server/incidents). */
export interface CaseWriters {
  report(incident: NewIncident, actor: string): Promise<number>
  advance(id: number, step: Transition & { departmentCode: string | null }): Promise<boolean>
}

export interface SimulatorParts extends CaseWriters {
  db: Database
  timeZone: string
  warn: (details: object, message: string) => void
}

/**
 * The demo district goes on living: cases are reported at the rhythm of its year, where cases of their kind were
 * found lately, and each goes through the loop as seeded ones do. Does nothing over real data.
 */
export class Simulator {
  readonly #parts: SimulatorParts
  readonly #random = new Random(Date.now(), 11)
  #recipe: CaseRecipe | null = null
  #places = new Map<string, PastPlace[]>()
  #placesUntil = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #closed = false

  constructor(parts: SimulatorParts) {
    this.#parts = parts
  }

  start(): void {
    const again = () => {
      if (this.#closed) return
      this.#running = this.live(new Date()).catch((error) =>
        this.#parts.warn({ err: error }, 'the demo district stands still'),
      )
      this.#running.finally(() => {
        if (!this.#closed) this.#timer = setTimeout(again, TICK_MS).unref()
      })
    }
    again()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#running
  }

  /** Makes up for the time from when the district was last lived in up to `now`. */
  async live(now: Date): Promise<void> {
    const span = await claimSpan(this.#parts.db, now)
    if (!span) return
    this.#recipe ??= await readCaseRecipe()
    const from = Math.max(span.from.getTime(), now.getTime() - LONGEST_ABSENCE_MS)
    await this.#reportCases(this.#recipe, from, now.getTime(), span.gridCount)
    await this.#moveCases(this.#recipe, now.getTime())
  }

  async #reportCases(recipe: CaseRecipe, from: number, to: number, gridCount: number): Promise<void> {
    const rhythm = new Rhythm(recipe, SEED)
    const { timeZone } = this.#parts
    for (let begin = from; begin < to && !this.#closed; begin += STRETCH_MS) {
      const end = Math.min(begin + STRETCH_MS, to)
      const clockS = wallSeconds(Math.floor(begin / 1000), timeZone)
      const rates = new Weighted(rhythm.ratesAt(secondOfYear(clockS), casesAYear(recipe, gridCount)))
      const count = this.#random.poisson((rates.total * (end - begin)) / 1000)
      const times = Array.from({ length: count }, () => this.#random.between(begin, end)).sort(
        (a, b) => a - b,
      )
      for (const time of times) {
        if (this.#closed) return
        await this.#report(recipe, recipe.kinds[rates.draw(this.#random)]!, time)
      }
    }
  }

  async #report(recipe: CaseRecipe, kind: CaseCategory, time: number): Promise<void> {
    const places = (await this.#pastPlaces()).get(kind.code)
    if (!places) return
    const { lng, lat, address } = this.#random.pick(places)
    const scatter = () => SCATTER_M * this.#random.normal()
    const position = new Metres(lat).moved([lng, lat], scatter(), scatter())
    const intake = INTAKES[new Weighted(INTAKES.map((one) => recipe.intakes[one])).draw(this.#random)]!
    await this.#parts.report(
      {
        categoryCode: kind.code,
        level: kind.level,
        intake,
        title: kind.name,
        ...(address !== null && { address }),
        lng: position[0],
        lat: position[1],
        reportedAt: new Date(time).toISOString(),
      },
      'simulator',
    )
  }

  /** Where cases of each category were found lately. */
  async #pastPlaces(): Promise<Map<string, PastPlace[]>> {
    if (Date.now() > this.#placesUntil) {
      const places = await listPastPlaces(this.#parts.db, PLACES_KEPT)
      this.#places = new Map(places.map(({ categoryCode }) => [categoryCode, []]))
      for (const place of places) this.#places.get(place.categoryCode)!.push(place)
      this.#placesUntil = Date.now() + PLACES_FOR_MS
    }
    return this.#places
  }

  /** All steps that are due by `now`, in the order of their times. */
  async #moveCases(recipe: CaseRecipe, now: number): Promise<void> {
    const loop = new Loop(recipe)
    const kinds = new Map(recipe.kinds.map((kind) => [kind.code, kind]))
    const open = await listOpenCases(this.#parts.db)
    const due = open.flatMap((one) => {
      const kind = kinds.get(one.categoryCode)
      return kind ? dueSteps(loop, kind, one, now) : []
    })
    due.sort((one, other) => one.at - other.at)
    for (const { id, step } of due) {
      if (this.#closed) return
      await this.#parts.advance(id, step)
    }
  }
}

function dueSteps(loop: Loop, kind: CaseCategory, open: OpenCase, now: number) {
  const planned = loop.steps(open.id, kind, open.intake, open.gridCode).slice(open.stepsMade)
  // Somebody has taken the case into their own hands
  if (planned[0]?.from !== open.status) return []
  const reported = open.reportedAt.getTime()
  return planned
    .map(({ afterS, actor, from, to, dueAfterS, reason }) => ({
      id: open.id,
      at: reported + afterS * 1000,
      step: {
        at: new Date(reported + afterS * 1000).toISOString(),
        actor,
        fromStatus: from,
        toStatus: to,
        dueAt: dueAfterS === null ? null : new Date(reported + dueAfterS * 1000).toISOString(),
        reason,
        departmentCode: to === 'dispatched' ? kind.departmentCode : null,
      },
    }))
    .filter(({ at }) => at <= now)
}
