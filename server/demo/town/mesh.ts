import type { ArcKind } from './town-recipe.ts'

/** Beyond the rim. */
export const OUTSIDE = -1
export const NO_ROAD = -1

/** A line through a point: everything is left of it, on it or right of it. */
export interface Line {
  x: number
  y: number
  dx: number
  dy: number
}

export interface CutOptions {
  kind: ArcKind
  road: number
  /** reach in metres within which the cut joins a corner on the far side of a border; 0: only if it must */
  joinM: number
}

/** Where a cut meets the border of a face: on a vertex (the half-edge's origin) or inside a half-edge. */
interface Meeting {
  halfEdge: number
  /** 0: at the origin; else the share of the way to the end */
  share: number
}

/** Borders nearer to each other than this along a street would be no street corners. */
const LEAST_SIDE_M = 22

/**
 * The plan of the town: a planar map of convex faces in half-edges. Edge `e` is the half-edges `2e` and `2e + 1`.
 * Faces stay convex because they are only ever cut by straight lines, so every cut has two ends and makes two
 * faces; a vertex in a border belongs to the faces on both sides of it.
 */
export class Mesh {
  readonly x: number[] = []
  readonly y: number[] = []
  readonly origin: number[] = []
  readonly next: number[] = []
  readonly prev: number[] = []
  readonly face: number[] = []
  /** of each edge */
  readonly kind: ArcKind[] = []
  readonly road: number[] = []
  /** a half-edge of each face */
  readonly entry: number[] = []

  constructor(west: number, south: number, east: number, north: number) {
    const corners = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ] as const
    for (const [x, y] of corners) this.#addVertex(x, y)
    for (let i = 0; i < 4; i++) this.#addEdge(i, (i + 1) % 4, 0, OUTSIDE, 'rim', NO_ROAD)
    for (let i = 0; i < 4; i++) {
      this.#link(2 * i, 2 * ((i + 1) % 4))
      this.#link(2 * ((i + 1) % 4) + 1, 2 * i + 1)
    }
    this.entry.push(0)
  }

  halfEdgesOf(face: number): number[] {
    const list: number[] = []
    let h = this.entry[face]!
    do {
      list.push(h)
      h = this.next[h]!
    } while (h !== this.entry[face])
    return list
  }

  end(h: number): number {
    return this.origin[h ^ 1]!
  }

  length(h: number): number {
    const [a, b] = [this.origin[h]!, this.end(h)]
    return Math.hypot(this.x[b]! - this.x[a]!, this.y[b]! - this.y[a]!)
  }

  area(face: number): number {
    let sum = 0
    for (const h of this.halfEdgesOf(face)) {
      const [a, b] = [this.origin[h]!, this.end(h)]
      sum += this.x[a]! * this.y[b]! - this.x[b]! * this.y[a]!
    }
    return sum / 2
  }

  /** The mean of the corners; inside, as faces are convex. */
  middle(face: number): [x: number, y: number] {
    const corners = this.halfEdgesOf(face).filter((h) => !this.isStraight(h))
    const mean = (values: number[]) => corners.reduce((sum, h) => sum + values[this.origin[h]!]!, 0)
    return [mean(this.x) / corners.length, mean(this.y) / corners.length]
  }

  /** Whether the border of the face goes straight on at the half-edge's origin. */
  isStraight(h: number): boolean {
    const [a, b, c] = [this.origin[this.prev[h]!]!, this.origin[h]!, this.end(h)]
    const [ux, uy] = [this.x[b]! - this.x[a]!, this.y[b]! - this.y[a]!]
    const [vx, vy] = [this.x[c]! - this.x[b]!, this.y[c]! - this.y[b]!]
    return ux * vy - uy * vx < 0.06 * Math.hypot(ux, uy) * Math.hypot(vx, vy)
  }

  /**
   * Cuts a face along a line; answers the new face and edge, or null where the line does not go through the face or
   * only clips a corner of it. The old number stays with the face on the left of the line.
   */
  cut(face: number, line: Line, options: CutOptions): { face: number; edge: number } | null {
    const ring = this.halfEdgesOf(face)
    const sides = ring.map((h) => this.#sideOf(line, this.origin[h]!))
    const meetings: Meeting[] = []
    ring.forEach((h, i) => {
      const [a, b] = [sides[i]!, sides[(i + 1) % ring.length]!]
      if (Math.abs(a) < 1e-6) meetings.push({ halfEdge: h, share: 0 })
      else if (Math.abs(b) >= 1e-6 && a < 0 !== b < 0) meetings.push({ halfEdge: h, share: a / (a - b) })
    })
    if (meetings.length !== 2) return null
    const [first, second] = meetings.map((meeting) => this.#settle(meeting, options)) as [Meeting, Meeting]
    if (!this.#isWide(ring, first, second)) return null
    const a = this.#vertexAt(first)
    const b = this.#vertexAt(second)
    // the face left of the line keeps its number: the new half-edge runs along the line on its left
    const along = (this.x[this.origin[b]!]! - this.x[this.origin[a]!]!) * line.dx
    const up = (this.y[this.origin[b]!]! - this.y[this.origin[a]!]!) * line.dy
    return along + up > 0 ? this.#connect(a, b, options) : this.#connect(b, a, options)
  }

  #addVertex(x: number, y: number): number {
    this.x.push(x)
    this.y.push(y)
    return this.x.length - 1
  }

  #sideOf(line: Line, v: number): number {
    return line.dx * (this.y[v]! - line.y) - line.dy * (this.x[v]! - line.x)
  }

  /** Joins a corner that the far side has near by, and keeps off corners of this side. */
  #settle(meeting: Meeting, { joinM }: CutOptions): Meeting {
    const h = meeting.halfEdge
    if (meeting.share === 0) return meeting
    const length = this.length(h)
    const [toStart, toEnd] = [meeting.share * length, (1 - meeting.share) * length]
    const [nearest, distance] = toStart < toEnd ? [h, toStart] : [this.next[h]!, toEnd]
    const reach = Math.max(joinM, LEAST_SIDE_M)
    if (distance < reach && this.isStraight(nearest) && this.#isFree(nearest)) {
      return { halfEdge: nearest, share: 0 }
    }
    const least = Math.min(LEAST_SIDE_M / length, 0.5)
    return { halfEdge: h, share: Math.min(Math.max(meeting.share, least), 1 - least) }
  }

  /** Whether only one border ends here on the far side, so that a fourth makes a crossing. */
  #isFree(h: number): boolean {
    let count = 0
    let at = h
    do {
      count++
      at = this.next[at ^ 1]!
    } while (at !== h)
    return count === 3
  }

  /** Whether a face lies far enough on both sides of a cut to be worth one. */
  #isWide(ring: readonly number[], first: Meeting, second: Meeting): boolean {
    const [x, y] = this.#placeOf(first)
    const [x2, y2] = this.#placeOf(second)
    const length = Math.hypot(x2 - x, y2 - y)
    if (length < LEAST_SIDE_M) return false
    const line = { x, y, dx: (x2 - x) / length, dy: (y2 - y) / length }
    const sides = ring.map((h) => this.#sideOf(line, this.origin[h]!))
    return Math.min(Math.max(...sides), -Math.min(...sides)) > LEAST_SIDE_M
  }

  #placeOf({ halfEdge, share }: Meeting): [x: number, y: number] {
    const [a, b] = [this.origin[halfEdge]!, this.end(halfEdge)]
    return [this.x[a]! + share * (this.x[b]! - this.x[a]!), this.y[a]! + share * (this.y[b]! - this.y[a]!)]
  }

  /** A half-edge of the same face that begins at the meeting. */
  #vertexAt({ halfEdge: h, share }: Meeting): number {
    if (share === 0) return h
    const b = this.end(h)
    const v = this.#addVertex(...this.#placeOf({ halfEdge: h, share }))
    const twin = h ^ 1
    const [following, before] = [this.next[h]!, this.prev[twin]!]
    const added = this.#addEdge(v, b, this.face[h]!, this.face[twin]!, this.kind[h >> 1]!, this.road[h >> 1]!)
    this.origin[twin] = v
    this.#link(h, added)
    this.#link(added, following)
    this.#link(before, added ^ 1)
    this.#link(added ^ 1, twin)
    return added
  }

  /** A new edge between the origins of two half-edges of a face; from a to b the old face is on its left. */
  #connect(a: number, b: number, { kind, road }: CutOptions): { face: number; edge: number } {
    const old = this.face[a]!
    const added = this.entry.length
    const [beforeA, beforeB] = [this.prev[a]!, this.prev[b]!]
    const h = this.#addEdge(this.origin[a]!, this.origin[b]!, old, added, kind, road)
    this.#link(beforeA, h)
    this.#link(h, b)
    this.#link(beforeB, h ^ 1)
    this.#link(h ^ 1, a)
    this.entry[old] = h
    this.entry.push(h ^ 1)
    for (const other of this.halfEdgesOf(added)) this.face[other] = added
    return { face: added, edge: h >> 1 }
  }

  #addEdge(a: number, b: number, left: number, right: number, kind: ArcKind, road: number): number {
    const h = this.origin.length
    this.origin.push(a, b)
    this.face.push(left, right)
    this.next.push(h + 1, h)
    this.prev.push(h + 1, h)
    this.kind.push(kind)
    this.road.push(road)
    return h
  }

  #link(h: number, following: number): void {
    this.next[h] = following
    this.prev[following] = h
  }
}
