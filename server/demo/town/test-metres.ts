import Flatbush from 'flatbush'
import type { Position, Ring } from '../../../domain/geometry.ts'
import type { Town } from './town-types.ts'
import { Frame, type Point } from './warp.ts'

/** The buildings of a town in metres, found by place. Rings are not closed here. */
export class TestMetres {
  readonly buildings: Point[][]
  readonly #frame: Frame
  readonly #boxes: Flatbush

  constructor(centre: Position, town: Town) {
    this.#frame = new Frame(centre)
    this.buildings = town.buildings.map(({ ring }) => this.ring(ring))
    this.#boxes = new Flatbush(this.buildings.length)
    for (const building of this.buildings) this.#boxes.add(...extentOf(building))
    this.#boxes.finish()
  }

  line(positions: readonly Position[]): Point[] {
    return positions.map((position) => this.#frame.toMetres(position))
  }

  ring(ring: Ring): Point[] {
    return this.line(ring.slice(0, -1))
  }

  /** Numbers of the buildings whose extent comes as near to that of the points. */
  near(points: readonly Point[], withinM: number): number[] {
    const [west, south, east, north] = extentOf(points)
    return this.#boxes.search(west - withinM, south - withinM, east + withinM, north + withinM)
  }

  /** Numbers of the buildings that share ground with the ring: sides are only held against what lies near them. */
  over(ring: readonly Point[]): number[] {
    const inside = this.near(ring, 0).filter((k) => {
      const building = this.buildings[k]!
      return isInRing(building[0]!, ring) || isInRing(ring[0]!, building)
    })
    const crossed = sidesOfRing(ring).flatMap((side) =>
      this.near(side, 0).filter((k) => sidesOfRing(this.buildings[k]!).some((other) => doCross(side, other))),
    )
    return [...new Set([...inside, ...crossed])]
  }
}

function extentOf(points: readonly Point[]): [west: number, south: number, east: number, north: number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

type Side = readonly [from: Point, to: Point]

export function sidesOfLine(line: readonly Point[]): Side[] {
  return line.slice(1).map((to, i) => [line[i]!, to])
}

export function sidesOfRing(ring: readonly Point[]): Side[] {
  return ring.map((from, i) => [from, ring[(i + 1) % ring.length]!])
}

/** Metres between the nearest points of two sets of sides; 0 where they cross. */
export function distanceBetween(some: readonly Side[], others: readonly Side[]): number {
  let nearest = Infinity
  for (const a of some) {
    for (const b of others) {
      if (doCross(a, b)) return 0
      nearest = Math.min(nearest, toSide(a[0], b), toSide(a[1], b), toSide(b[0], a), toSide(b[1], a))
    }
  }
  return nearest
}

/** Even-odd rule. */
export function isInRing([x, y]: Point, ring: readonly Point[]): boolean {
  return (
    sidesOfRing(ring).filter(
      ([[x1, y1], [x2, y2]]) => y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1,
    ).length %
      2 ===
    1
  )
}

function toSide([x, y]: Point, [[x1, y1], [x2, y2]]: Side): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const share = Math.min(Math.max(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1), 0), 1)
  return Math.hypot(x1 + share * dx - x, y1 + share * dy - y)
}

function doCross([a, b]: Side, [c, d]: Side): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}
