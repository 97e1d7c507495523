import { toDegrees, toUnits } from '../../../domain/coverage/lattice.ts'
import { scaleAt } from '../../../domain/coverage/metric.ts'
import type { Position } from '../../../domain/geometry.ts'
import type { TownRecipe } from './town-recipe.ts'

/** East and north of the confluence, in metres. */
export type Point = [x: number, y: number]

/** Metres to degrees round the confluence, on the lattice of 1e-7. */
export class Frame {
  readonly #east: number
  readonly #north: number
  readonly #perUnit: { x: number; y: number }

  constructor([lng, lat]: Position) {
    this.#east = toUnits(lng)
    this.#north = toUnits(lat)
    this.#perUnit = scaleAt(this.#north)
  }

  toPosition([x, y]: Point): Position {
    return [
      toDegrees(this.#east + Math.round(x / this.#perUnit.x)),
      toDegrees(this.#north + Math.round(y / this.#perUnit.y)),
    ]
  }

  toMetres([lng, lat]: Position): Point {
    return [(toUnits(lng) - this.#east) * this.#perUnit.x, (toUnits(lat) - this.#north) * this.#perUnit.y]
  }
}

export interface Extent {
  west: number
  east: number
  south: number
  north: number
}

/**
 * Bends the straight plan of the town into an organic one. Every step is one-to-one on the plane (shears and
 * turns keep areas too), so what did not cross in the plan does not cross in the town.
 */
export class Warp {
  readonly #steps: ((point: Point) => void)[]
  readonly #extent: Extent
  readonly #roundness: number
  readonly #rim: TownRecipe['rim']

  constructor({ bends, swirls, roundness, rim }: TownRecipe, extent: Extent) {
    this.#extent = extent
    this.#roundness = roundness
    this.#rim = rim
    const shears = bends.map(({ directionDeg, waveM, shiftM, phaseDeg }) => {
      const [dx, dy] = directionOf(directionDeg)
      const [wave, phase] = [(2 * Math.PI) / waveM, (phaseDeg * Math.PI) / 180]
      return (point: Point) => {
        const across = dx * point[1] - dy * point[0]
        const shift = shiftM * Math.sin(across * wave + phase)
        point[0] += dx * shift
        point[1] += dy * shift
      }
    })
    const turns = swirls.map(({ at: [x0, y0], turnDeg, radiusM }) => (point: Point) => {
      const [x, y] = [point[0] - x0, point[1] - y0]
      const [cos, sin] = directionOf(turnDeg * Math.exp(-(x * x + y * y) / radiusM ** 2))
      point[0] = x0 + x * cos - y * sin
      point[1] = y0 + x * sin + y * cos
    })
    this.#steps = [...turns, ...shears]
  }

  /** Metres in the plan to metres in the town. */
  apply(x: number, y: number): Point {
    const { west, east, south, north } = this.#extent
    const x1 = x + this.#strayM(east - x, y, 1) - this.#strayM(x - west, y, 2)
    const y1 = y + this.#strayM(north - y, x, 3) - this.#strayM(y - south, x, 4)
    const [a, b] = [x1 / (x1 < 0 ? -west : east), y1 / (y1 < 0 ? -south : north)]
    // the elliptical mapping of a square to a disc, part of the way
    const k = this.#roundness / 2
    const point: Point = [
      x1 * Math.sqrt(1 - k * Math.min(b * b, 1)),
      y1 * Math.sqrt(1 - k * Math.min(a * a, 1)),
    ]
    for (const step of this.#steps) step(point)
    return point
  }

  /** How far a rim strays outward at a place along it, less and less away from it. */
  #strayM(awayM: number, along: number, side: number): number {
    const { fadeM, waves } = this.#rim
    let sum = 0
    for (const { waveM, shiftM } of waves) {
      sum += shiftM * Math.sin((2 * Math.PI * along) / waveM + side * waveM)
    }
    return sum * Math.exp(-Math.abs(awayM) / fadeM)
  }
}

function directionOf(degrees: number): Point {
  const angle = (degrees * Math.PI) / 180
  return [Math.cos(angle), Math.sin(angle)]
}
