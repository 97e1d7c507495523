import type { Intake, Level } from '../../../domain/incident.ts'
import { Random } from '../random.ts'
import type { Town } from '../town/town-types.ts'
import { Weighted } from '../weighted.ts'
import type { CaseCategory, CaseRecipe } from './case-recipe.ts'
import { HotSpots } from './hot-spots.ts'
import { CasePlaces, type FoundPlace } from './places.ts'
import { ANCHOR_S, DAYS, Rhythm, YEAR_S } from './rhythm.ts'
import { Loop, type PlannedStep } from './steps.ts'

/** A case of the demo year: everything but the clock, which is put over it when it is written. */
interface YearCase {
  id: number
  /** seconds from the beginning of the demo year */
  timeS: number
  kind: CaseCategory
  level: Level
  intake: Intake
  place: FoundPlace
}

/** A case as it stands at a moment. */
export interface DemoCase extends Omit<YearCase, 'timeS'> {
  /** its place in the order of the reports, the first one 1 */
  order: number
  /** seconds on the district's clock, as if it were UTC */
  reportedAtS: number
  /** those that have been made by then */
  steps: PlannedStep[]
}

export const SEED = 20_180
export const INTAKES: readonly Intake[] = ['patrol', 'video', 'public', 'superior']

/** The cases of one demo year in the order of their times. O(n log n). */
export function makeYear(recipe: CaseRecipe, { grids, buildings }: Town): YearCase[] {
  const places = new CasePlaces(grids, buildings)
  const hotSpots = new HotSpots(recipe, places, grids.length, new Random(SEED, 2))
  const rhythm = new Rhythm(recipe, SEED)
  const intakes = new Weighted(INTAKES.map((intake) => recipe.intakes[intake]))
  const cases = Array.from({ length: casesAYear(recipe, grids.length) }, (_, i): YearCase => {
    const random = new Random(SEED, 3, i)
    const kind = rhythm.drawKind(random)
    const timeS = rhythm.drawTime(kind, random)
    const grid = hotSpots.drawGrid(kind, timeS, random) ?? places.drawGrid(kind.place, random)
    const level = random.chance(0.06) ? (Math.max(1, kind.level - 1) as Level) : kind.level
    const intake = INTAKES[intakes.draw(random)]!
    return { id: 0, timeS, kind, level, intake, place: places.drawSpot(grid, kind.place, random) }
  })
  cases.sort((one, other) => one.timeS - other.timeS)
  for (const [i, yearCase] of cases.entries()) yearCase.id = i + 1
  return cases
}

/** As many as the recipe gives the shipped district, by its number of grids. */
export function casesAYear({ casesADay }: CaseRecipe, gridCount: number): number {
  return Math.round((casesADay * DAYS * gridCount) / 810)
}

/** Seconds from the beginning of the demo year at a moment of the district's clock. */
export function secondOfYear(nowS: number): number {
  return (((nowS - ANCHOR_S) % YEAR_S) + YEAR_S) % YEAR_S
}

/**
 * The year that ends at `nowS` (seconds on the district's clock), the oldest case first: weekdays and seasons stay
 * where they are, and the last case is of that very moment.
 */
export function* casesUpTo(recipe: CaseRecipe, year: readonly YearCase[], nowS: number): Generator<DemoCase> {
  const loop = new Loop(recipe)
  const now = secondOfYear(nowS)
  const next = year.findIndex(({ timeS }) => timeS > now)
  const firstOld = Math.max(next, 0)
  const last = year[(firstOld + year.length - 1) % year.length]!
  for (let i = 0; i < year.length; i++) {
    const { timeS, ...rest } = year[(firstOld + i) % year.length]!
    const agoS = (last.timeS - timeS + YEAR_S) % YEAR_S
    const reportedAtS = nowS - agoS
    const steps = loop
      .steps(rest.id, rest.kind, rest.intake, rest.place.gridCode)
      .filter(({ afterS }) => reportedAtS + afterS <= nowS)
    yield { ...rest, order: i + 1, reportedAtS, steps }
  }
}
