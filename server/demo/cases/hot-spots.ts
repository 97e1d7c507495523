import type { Position } from '../../../domain/geometry.ts'
import type { Random } from '../random.ts'
import type { CaseCategory, CaseRecipe } from './case-recipe.ts'
import type { CasePlaces } from './places.ts'
import { DAYS, YEAR_S } from './rhythm.ts'

interface HotSpot {
  /** the upper category it makes more of */
  parentCode: string
  fromS: number
  lastsS: number
  from: Position
  /** how far it wanders in its time */
  eastM: number
  northM: number
}

/** Places where cases of a kind pile up for some weeks, and that wander meanwhile. */
export class HotSpots {
  readonly #spots: HotSpot[]
  readonly #figures: CaseRecipe['hotSpots']
  readonly #places: CasePlaces

  constructor({ hotSpots, kinds }: CaseRecipe, places: CasePlaces, gridCount: number, random: Random) {
    this.#figures = hotSpots
    this.#places = places
    const count = Math.max(1, Math.round((hotSpots.count * gridCount) / 810))
    this.#spots = Array.from({ length: count * 4 }, () => {
      const kind = random.pick(kinds)
      const direction = random.between(0, 2 * Math.PI)
      const wanderM = hotSpots.wanderM * random.between(0.3, 1)
      return {
        parentCode: kind.parentCode!,
        fromS: random.below(DAYS) * 86_400,
        lastsS: random.between(...hotSpots.days) * 86_400,
        from: places.centre(places.drawGrid(kind.place, random)),
        eastM: wanderM * Math.cos(direction),
        northM: wanderM * Math.sin(direction),
      }
    })
  }

  /** The grid of a case that a hot spot of this time makes; null: the case comes of itself. */
  drawGrid({ parentCode }: CaseCategory, timeS: number, random: Random): number | null {
    if (!random.chance(this.#figures.share)) return null
    const active = this.#spots.filter(
      (spot) => spot.parentCode === parentCode && sinceBegin(spot, timeS) < spot.lastsS,
    )
    if (active.length === 0) return null
    const spot = random.pick(active)
    const done = sinceBegin(spot, timeS) / spot.lastsS
    const { radiusM } = this.#figures
    const place = this.#places.metres.moved(
      spot.from,
      spot.eastM * done + radiusM * random.normal(),
      spot.northM * done + radiusM * random.normal(),
    )
    return this.#places.nearestGrid(place)
  }
}

const sinceBegin = ({ fromS }: HotSpot, timeS: number) => (timeS - fromS + YEAR_S) % YEAR_S
