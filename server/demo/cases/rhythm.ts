import { Random } from '../random.ts'
import { Weighted } from '../weighted.ts'
import type { CaseCategory, CaseRecipe } from './case-recipe.ts'

/** The year of the demo district: 52 whole weeks, so that it begins anew with the same day of the week. */
export const DAYS = 364
export const YEAR_S = DAYS * 86_400
/** A Monday at the beginning of a year, on the district's clock, as if it were UTC: there the demo year begins. */
export const ANCHOR_S = Date.UTC(2026, 0, 5) / 1000

/** When cases come: by hour, day of the week, season, and in storms. All in seconds of the year's clock. */
export class Rhythm {
  readonly #recipe: CaseRecipe
  readonly #kinds: Weighted
  readonly #days = new Map<string, Weighted>()
  readonly #hours = new Map<string, Weighted>()

  constructor(recipe: CaseRecipe, seed: number) {
    this.#recipe = recipe
    const storms = stormsOf(recipe, new Random(seed, 1))
    for (const { hours, season } of recipe.kinds) {
      const key = `${hours}/${season}`
      if (!this.#days.has(key)) this.#days.set(key, daysOf(recipe, hours, season, storms))
    }
    for (const [name, weights] of Object.entries(recipe.hours)) this.#hours.set(name, new Weighted(weights))
    this.#kinds = new Weighted(recipe.kinds.map(({ weight }) => weight))
  }

  /** Cases a second of each kind at this second of the year, when a year has `casesAYear`. */
  ratesAt(timeS: number, casesAYear: number): Float64Array {
    const day = Math.floor(timeS / 86_400)
    const hour = Math.floor((timeS % 86_400) / 3600)
    return Float64Array.from(this.#recipe.kinds, ({ weight, hours, season }) => {
      const ofDay = this.#days.get(`${hours}/${season}`)!.shareOf(day)
      const ofHour = this.#hours.get(hours)!.shareOf(hour)
      return (casesAYear * (weight / this.#kinds.total) * ofDay * ofHour) / 3600
    })
  }

  drawKind(random: Random): CaseCategory {
    return this.#recipe.kinds[this.#kinds.draw(random)]!
  }

  /** Seconds from the beginning of the year. */
  drawTime({ hours, season }: CaseCategory, random: Random): number {
    const day = this.#days.get(`${hours}/${season}`)!.draw(random)
    const hour = this.#hours.get(hours)!.draw(random)
    return day * 86_400 + hour * 3600 + random.below(3600)
  }
}

function stormsOf({ stormDays }: CaseRecipe, random: Random): Set<number> {
  const storms = new Set<number>()
  // From May to September, when it storms
  while (storms.size < stormDays.count) storms.add(120 + random.below(150))
  return storms
}

function daysOf(recipe: CaseRecipe, hours: string, season: string, storms: ReadonlySet<number>): Weighted {
  const { seasons, weekdays, stormDays } = recipe
  const stormy = stormDays.seasons.includes(season)
  return new Weighted(
    Array.from({ length: DAYS }, (_, day) => {
      const factor = weekdays[hours]![day % 7]! * seasons[season]![Math.floor((day / DAYS) * 12)]!
      return stormy && storms.has(day) ? factor * stormDays.factor : factor
    }),
  )
}
