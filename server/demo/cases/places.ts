import type { MultiPolygon, Position, Ring } from '../../../domain/geometry.ts'
import type { Random } from '../random.ts'
import type { TownBuilding, TownGrid } from '../town/town-types.ts'
import { Weighted } from '../weighted.ts'
import type { CasePlace } from './case-recipe.ts'
import { Metres } from './metres.ts'

export interface FoundPlace {
  position: Position
  gridCode: string
  areaCode: string
  address: string
}

/** How much likelier a case of a place is found in grids of a character, beside what the households make. */
const CHARACTER_FACTORS: Record<CasePlace, Partial<Record<TownGrid['character'], number>>> = {
  road: { commercial: 2.2, station: 4, 'old-town': 1.3, field: 0.1, park: 0.5, hill: 0.15 },
  building: { field: 0.05, park: 0.05, hill: 0.1 },
  'old-estate': {
    'old-town': 4,
    'old-estate': 4,
    field: 0.05,
    village: 2,
    'new-estate': 0.5,
    industry: 0.3,
    park: 0.05,
    hill: 0.05,
  },
  'new-estate': {
    'new-estate': 4,
    field: 0.05,
    'old-estate': 0.4,
    village: 0.2,
    industry: 0.1,
    park: 0.05,
    hill: 0.05,
  },
  shops: {
    commercial: 7,
    station: 5,
    'old-town': 4,
    hospital: 3,
    school: 2,
    field: 0.05,
    'old-estate': 1.5,
    village: 1.5,
    industry: 0.2,
    park: 0.3,
    hill: 0.02,
  },
  village: { village: 9, field: 1, 'old-estate': 1.5, hill: 0.6, commercial: 0.5, park: 0.1 },
  works: { industry: 5, station: 2, 'new-estate': 2, commercial: 2, park: 0.2, hill: 0.1 },
  park: { park: 40, school: 1.5, riverside: 8, hill: 4, 'new-estate': 0.8, industry: 0.2 },
  river: {
    riverside: 60,
    park: 6,
    'old-estate': 0.2,
    'new-estate': 0.2,
    commercial: 0.2,
    industry: 0.2,
    hill: 0.3,
  },
}
/** So many cases a grid has that do not come from its households. */
const BASE_HOUSEHOLDS = 120
const AT_THE_KERB_M = 2.5
/** From a kerb to a corner of some building along the street. */
const KERB_TO_BUILDING_M = 45

/** Where the cases of a town are found: in which grid, and at which spot in it. */
export class CasePlaces {
  readonly metres: Metres
  readonly #grids: readonly TownGrid[]
  readonly #centres: Position[]
  readonly #buildings = new Map<string, TownBuilding[]>()
  readonly #byPlace = new Map<CasePlace, Weighted>()

  constructor(grids: readonly TownGrid[], buildings: readonly TownBuilding[]) {
    this.#grids = grids
    this.#centres = grids.map(({ geometry }) => centreOf(geometry[0]![0]!))
    this.metres = new Metres(this.#centres[0]![1])
    for (const building of buildings) {
      const inGrid = this.#buildings.get(building.gridCode)
      if (inGrid) inGrid.push(building)
      else this.#buildings.set(building.gridCode, [building])
    }
    for (const [place, factors] of Object.entries(CHARACTER_FACTORS)) {
      const weights = grids.map(
        ({ character, households }) => (households + BASE_HOUSEHOLDS) * (factors[character] ?? 1),
      )
      this.#byPlace.set(place as CasePlace, new Weighted(weights))
    }
  }

  centre(grid: number): Position {
    return this.#centres[grid]!
  }

  drawGrid(place: CasePlace, random: Random): number {
    return this.#byPlace.get(place)!.draw(random)
  }

  /** The grid whose centre is nearest. */
  nearestGrid(to: Position): number {
    let nearest = 0
    let least = Number.POSITIVE_INFINITY
    for (let grid = 0; grid < this.#centres.length; grid++) {
      const [east, north] = this.metres.between(to, this.#centres[grid]!)
      const square = east * east + north * north
      if (square < least) {
        least = square
        nearest = grid
      }
    }
    return nearest
  }

  /** A spot in the grid: at its kerb, or beside one of its buildings. */
  drawSpot(grid: number, place: CasePlace, random: Random): FoundPlace {
    const { code, areaCode, name, geometry } = this.#grids[grid]!
    const buildings = this.#buildings.get(code) ?? []
    const building = buildings.length > 0 ? random.pick(buildings) : null
    const atKerb = place === 'road' || place === 'park' || !building
    const position =
      (atKerb ? this.#beside(geometry[0]![0]!, geometry, random, buildings) : null) ??
      (building ? this.#beside(building.ring, geometry, random, []) : null) ??
      (building ? centreOf(building.ring) : this.#centres[grid]!)
    const address = building ? building.address : name
    return { position, gridCode: code, areaCode, address: atKerb ? `${address}附近` : address }
  }

  /**
   * A spot beside an edge of `ring`, well inside the grid and near one of `near` where there are some: the border in a
   * river is no kerb. Null when a few tries find none.
   */
  #beside(ring: Ring, grid: MultiPolygon, random: Random, near: readonly TownBuilding[]): Position | null {
    for (let tries = 0; tries < 6; tries++) {
      const i = random.below(ring.length - 1)
      const [from, to] = [ring[i]!, ring[i + 1]!]
      const [east, north] = this.metres.between(from, to)
      const length = Math.hypot(east, north)
      if (length === 0) continue
      const along = random.between(0.1, 0.9)
      const aside = (random.chance(0.5) ? 1 : -1) * (AT_THE_KERB_M + random.next())
      const spot = this.metres.moved(
        from,
        east * along - (north / length) * aside,
        north * along + (east / length) * aside,
      )
      if (near.length > 0 && !this.#isNear(spot, near)) continue
      // Beside a building the other side of the edge lies in the building
      if (isInside(spot, grid[0]![0]!) && (ring === grid[0]![0] || !isInside(spot, ring))) return spot
    }
    return null
  }

  #isNear(spot: Position, buildings: readonly TownBuilding[]): boolean {
    return buildings.some(({ ring }) => {
      const [east, north] = this.metres.between(spot, ring[0]!)
      return Math.abs(east) < KERB_TO_BUILDING_M && Math.abs(north) < KERB_TO_BUILDING_M
    })
  }
}

function centreOf(ring: Ring): Position {
  let [lng, lat] = [0, 0]
  for (let i = 1; i < ring.length; i++) {
    lng += ring[i]![0]
    lat += ring[i]![1]
  }
  return [lng / (ring.length - 1), lat / (ring.length - 1)]
}

/** Even-odd rule. */
function isInside([lng, lat]: Position, ring: Ring): boolean {
  let inside = false
  for (let i = 1; i < ring.length; i++) {
    const [fromLng, fromLat] = ring[i - 1]!
    const [toLng, toLat] = ring[i]!
    if (
      fromLat > lat !== toLat > lat &&
      lng < fromLng + ((lat - fromLat) / (toLat - fromLat)) * (toLng - fromLng)
    ) {
      inside = !inside
    }
  }
  return inside
}
