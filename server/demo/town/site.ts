import type { Random } from '../random.ts'
import { areNear, type Box, isOff, reachOf } from './box.ts'
import { Cells } from './cells.ts'
import { type FlatRing, flatRing, isInside, measureRing } from './ring.ts'
import type { ArcKind } from './town-recipe.ts'
import type { Point } from './warp.ts'

export const SHAPES = ['box', 'bays', 'cross', 'angle', 'horseshoe', 'comb'] as const
export type Shape = (typeof SHAPES)[number]

/** What a building is for; shops have flats above the first two floors. */
export type Use = 'homes' | 'house' | 'shops' | 'works' | 'public'

/** A building before it has households and an address. */
export interface Lot extends Box {
  shape: Shape
  use: Use
  floors: number
  /** a public building's own name: Chinese, English is not shown */
  name: string | null
  /** the arc and the place along it where it has its door; null: inside the estate */
  door: { edge: number; alongM: number } | null
}

/** A border of the site as it runs in the town. */
export interface Side {
  edge: number
  kind: ArcKind
  /** with the site on the left */
  points: Point[]
  halfWidthsM: number[]
  setbackM: number
  /** half of the width of the widest that meets at the first point */
  cornerM: number
  /** whether `points` run from the end of the arc to its beginning */
  isReversed: boolean
}

export interface SiteLine {
  kind: 'service' | 'path'
  points: Point[]
}

export interface SiteGround {
  kind: 'grass' | 'wood' | 'pond' | 'lake' | 'pitch'
  ring: Point[]
}

/** From the edge of the widest road that ends at a corner. */
const CORNER_SETBACK_M = 2

/** The ground of a grid while it is built on. */
export class Site {
  lots: Lot[] = []
  readonly lines: SiteLine[] = []
  readonly grounds: SiteGround[] = []
  readonly ring: Point[]
  readonly middle: Point
  readonly areaM2: number
  readonly #border: FlatRing
  readonly #groundBorders: FlatRing[] = []
  readonly #segments: number[] = []
  readonly #segmentCells: Cells
  readonly #lotCells: Cells

  constructor(
    readonly sides: readonly Side[],
    readonly random: Random,
  ) {
    this.ring = sides.flatMap(({ points }) => points.slice(0, -1))
    this.#border = flatRing(this.ring)
    const [xs, ys] = [this.ring.map(([x]) => x), this.ring.map(([, y]) => y)]
    const bounds = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const
    this.#segmentCells = new Cells(...bounds)
    this.#lotCells = new Cells(...bounds)
    for (const { points, halfWidthsM, setbackM, cornerM } of sides) {
      this.#keepOff(points[0]!, points[0]!, cornerM + CORNER_SETBACK_M)
      for (let i = 1; i < points.length; i++) {
        this.#keepOff(points[i - 1]!, points[i]!, Math.max(halfWidthsM[i - 1]!, halfWidthsM[i]!) + setbackM)
      }
    }
    const { areaM2, middle } = measureRing(this.ring)
    this.areaM2 = areaM2
    this.middle = middle
  }

  /** Square metres that are neither street nor water. */
  get openM2(): number {
    let taken = 0
    for (const { points, halfWidthsM } of this.sides) {
      for (let i = 1; i < points.length; i++) {
        const [[x1, y1], [x2, y2]] = [points[i - 1]!, points[i]!]
        taken += Math.hypot(x2 - x1, y2 - y1) * (halfWidthsM[i]! + 3)
      }
    }
    return Math.max(this.areaM2 - taken, 0)
  }

  /** Draws a line that buildings keep off by so many metres. */
  addLine(kind: SiteLine['kind'], points: Point[], clearM: number): void {
    this.lines.push({ kind, points })
    for (let i = 1; i < points.length; i++) this.#keepOff(points[i - 1]!, points[i]!, clearM)
  }

  /** Lays out ground that buildings keep off. */
  addGround(kind: SiteGround['kind'], ring: Point[], clearM: number): void {
    this.grounds.push({ kind, ring })
    this.#groundBorders.push(flatRing(ring))
    ring.forEach((point, i) => {
      this.#keepOff(point, ring[(i + 1) % ring.length]!, clearM)
    })
  }

  /** Whether a box lies inside with the distances due to every border, and so far from every building. */
  fits(box: Box, gapM: number): boolean {
    if (!this.isClear(box)) return false
    const reach = reachOf(box)
    const isFree = this.#lotCells.isEach(
      box.x,
      box.y,
      reach.x + gapM,
      reach.y + gapM,
      (lot) => !areNear(box, this.lots[lot]!, gapM),
    )
    if (!isFree) return false
    for (const ground of this.#groundBorders) if (isInside(ground, box.x, box.y)) return false
    return isInside(this.#border, box.x, box.y)
  }

  /** Whether a box keeps its distance from every border and line. */
  isClear(box: Box): boolean {
    const reach = reachOf(box)
    const segments = this.#segments
    return this.#segmentCells.isEach(box.x, box.y, reach.x, reach.y, (i) =>
      isOff(box, segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!, segments[i + 4]!),
    )
  }

  /** Adds a building if it fits. */
  place(lot: Lot, gapM: number): boolean {
    if (!this.fits(lot, gapM)) return false
    const reach = reachOf(lot)
    this.#lotCells.add(this.lots.length, lot.x - reach.x, lot.y - reach.y, lot.x + reach.x, lot.y + reach.y)
    this.lots.push(lot)
    return true
  }

  /** Takes buildings away once all stand. */
  keepLots(isKept: (lot: Lot) => boolean): void {
    this.lots = this.lots.filter(isKept)
  }

  /** The direction its sides mostly run in, folded to between -45 and 45 degrees from east, in radians. */
  get slant(): number {
    let [sin, cos] = [0, 0]
    for (let i = 0; i < this.ring.length; i++) {
      const [[x1, y1], [x2, y2]] = [this.ring[i]!, this.ring[(i + 1) % this.ring.length]!]
      const angle = 4 * Math.atan2(y2 - y1, x2 - x1)
      const length = Math.hypot(x2 - x1, y2 - y1)
      sin += length * Math.sin(angle)
      cos += length * Math.cos(angle)
    }
    return Math.atan2(sin, cos) / 4
  }

  /** Where a ray from a point inside first meets the border. */
  firstMeeting([x, y]: Point, [dx, dy]: Point): { at: Point; side: Side; distance: number } | null {
    let best: { at: Point; side: Side; distance: number } | null = null
    for (const side of this.sides) {
      for (let i = 1; i < side.points.length; i++) {
        const [[x1, y1], [x2, y2]] = [side.points[i - 1]!, side.points[i]!]
        const [ex, ey] = [x2 - x1, y2 - y1]
        const cross = dx * ey - dy * ex
        if (Math.abs(cross) < 1e-9) continue
        const distance = ((x1 - x) * ey - (y1 - y) * ex) / cross
        const share = ((x1 - x) * dy - (y1 - y) * dx) / cross
        if (distance <= 0 || share < 0 || share > 1 || (best && best.distance <= distance)) continue
        best = { at: [x + dx * distance, y + dy * distance], side, distance }
      }
    }
    return best
  }

  #keepOff([x1, y1]: Point, [x2, y2]: Point, clearM: number): void {
    this.#segmentCells.add(
      this.#segments.length,
      Math.min(x1, x2) - clearM,
      Math.min(y1, y2) - clearM,
      Math.max(x1, x2) + clearM,
      Math.max(y1, y2) + clearM,
    )
    this.#segments.push(x1, y1, x2, y2, clearM)
  }
}
