import { EdgeClipper } from './edge-clipper.ts'
import { doubleArea, ringContains } from './ring.ts'
import { RingClipper } from './ring-clipper.ts'
import { POLYGON, type Shape } from './shape.ts'

/** A stretch of a ring inside the square, from border to border. */
interface Path {
  /** x, y, x, y ... */
  xy: number[]
  /** where on the border it begins and ends, see `alongBorder` */
  enter: number
  leave: number
  isUsed: boolean
}

/** A ring of the result: outer when its area is positive. */
interface ClippedRing {
  xy: Float64Array
  isOuter: boolean
}

/**
 * Clips polygons to the square from `low` to `high` on both axes.
 *
 * Nearly all cross a border once, there and back, and are cut border by border. Of the others, the rings that
 * reach past the border are cut into paths, and the paths joined along the border in the direction that keeps
 * the inside of the polygon on its side. So a polygon that leaves the square several times becomes several
 * polygons without bridges between them, and a hole that reaches the border becomes part of the outer ring.
 * O(n log n) in the vertices of the polygons that reach past the border.
 */
export class PolygonClipper {
  readonly #edges: EdgeClipper
  readonly #rings: RingClipper

  constructor(low: number, high: number) {
    this.#edges = new EdgeClipper(low, high)
    this.#rings = new RingClipper(low, high)
  }

  /** Writes what lies inside the square of each polygon of `source` to `target`. */
  clip(source: Shape, target: Shape): void {
    target.clear(POLYGON)
    for (let part = 0; part < source.partCount; ) {
      let after = part + 1
      while (after < source.partCount && !source.partIsOuter[after]) after++
      if (!this.#clipAlone(source, part, after, target)) {
        addPolygon(this.#clipTogether(source, part, after), target)
      }
      part = after
    }
  }

  /** For a polygon without holes that is one piece afterwards; false, and nothing written, for another. */
  #clipAlone(source: Shape, part: number, after: number, target: Shape): boolean {
    if (after > part + 1) return false
    const rings = this.#rings
    rings.clip(source.xy, source.partStart(part), source.partEnd[part]!)
    if (!rings.isOnePiece) return false
    if (rings.vertexCount > 2) addRing(rings.xy, rings.vertexCount, true, target)
    return true
  }

  #clipTogether(source: Shape, firstPart: number, lastPart: number): ClippedRing[] {
    const rings: ClippedRing[] = []
    for (let part = firstPart; part < lastPart; part++) {
      const isOuter = part === firstPart
      const xy = orientedRing(source, part, isOuter)
      if (xy.length >= 6) rings.push({ xy, isOuter })
      else if (isOuter) return []
    }
    const joined = cutAndJoin(rings, this.#edges)
    const oneByOne = rings.map((ring) => this.#clipRing(ring))
    // Rounding can let borders cross by less than a unit. Where that happens on the border of the square, the
    // order of the paths is wrong and the way round it is taken instead of no way: the whole square too much
    const isWrongWayRound =
      Math.abs(areaOf(joined) - areaOf(oneByOne)) > areaOf([wholeSquare(this.#edges)]) / 2
    return isWrongWayRound ? oneByOne.filter(({ xy }) => xy.length >= 6) : joined
  }

  #clipRing({ xy, isOuter }: ClippedRing): ClippedRing {
    const rings = this.#rings
    rings.clip(xy, 0, xy.length / 2)
    return { xy: rings.xy.slice(0, 2 * rings.vertexCount), isOuter }
  }
}

function areaOf(rings: readonly ClippedRing[]): number {
  return rings.reduce((sum, { xy }) => sum + (xy.length ? doubleArea(xy, 0, xy.length / 2) : 0), 0)
}

function cutAndJoin(whole: readonly ClippedRing[], clipper: EdgeClipper): ClippedRing[] {
  const paths: Path[] = []
  const rings: ClippedRing[] = []
  for (const ring of whole) {
    if (isInside(ring.xy, clipper)) rings.push(ring)
    else cutRing(ring.xy, clipper, paths)
    const outerIsOutside = ring.isOuter && !rings.length && !paths.length
    if (outerIsOutside && !containsSquare(ring.xy, clipper)) return []
  }
  rings.push(...joinPaths(paths, clipper))
  // Nothing but holes is left of a polygon that reaches all round: the square itself is its outer ring
  if (!rings.some((ring) => ring.isOuter)) rings.push(wholeSquare(clipper))
  return rings
}

/** A ring with the inside of its polygon to the right of its direction on a screen. */
function orientedRing(source: Shape, part: number, isOuter: boolean): Float64Array {
  const start = source.partStart(part)
  const end = source.partEnd[part]!
  const ring = source.xy.slice(2 * start, 2 * end)
  if (end - start > 2 && doubleArea(source.xy, start, end) > 0 !== isOuter) reverse(ring)
  return ring
}

function reverse(ring: Float64Array): void {
  ring.reverse()
  for (let at = 0; at < ring.length; at += 2) {
    const y = ring[at]!
    ring[at] = ring[at + 1]!
    ring[at + 1] = y
  }
}

function isWithin(x: number, y: number, { low, high }: EdgeClipper): boolean {
  return x > low && x < high && y > low && y < high
}

function isInside(ring: Float64Array, { low, high }: EdgeClipper): boolean {
  return ring.every((value) => value >= low && value <= high)
}

function cutRing(ring: Float64Array, clipper: EdgeClipper, paths: Path[]): void {
  const count = ring.length / 2
  let first = 0
  while (first < count && isWithin(ring[2 * first]!, ring[2 * first + 1]!, clipper)) first++
  let path: Path | null = null
  for (let step = 0; step < count; step++) {
    const a = 2 * ((first + step) % count)
    const b = 2 * ((first + step + 1) % count)
    if (runsOutside(ring, a, b, clipper)) {
      path = null
      continue
    }
    if (!path || clipper.entersThroughBorder) {
      path = { xy: [clipper.x0, clipper.y0], enter: 0, leave: 0, isUsed: false }
      path.enter = alongBorder(clipper.x0, clipper.y0, clipper)
    }
    path.xy.push(clipper.x1, clipper.y1)
    if (isWithin(clipper.x1, clipper.y1, clipper)) continue
    path.leave = alongBorder(clipper.x1, clipper.y1, clipper)
    paths.push(path)
    path = null
  }
}

/** Cuts the edge; true when it has no stretch inside. A stretch along the border is not inside. */
function runsOutside(ring: Float64Array, a: number, b: number, clipper: EdgeClipper): boolean {
  if (!clipper.cut(ring[a]!, ring[a + 1]!, ring[b]!, ring[b + 1]!)) return true
  const { x0, y0, x1, y1, low, high } = clipper
  return (x0 === x1 && (x0 === low || x0 === high)) || (y0 === y1 && (y0 === low || y0 === high))
}

/** How far round the border a point on it lies, clockwise on a screen from the top left: 0 to 4 sides. */
function alongBorder(x: number, y: number, { low, high }: EdgeClipper): number {
  const side = high - low
  if (y === low && x < high) return x - low
  if (x === high && y < high) return side + y - low
  if (y === high && x > low) return 2 * side + high - x
  return 3 * side + high - y
}

/** Joins each path's end to the next beginning round the border, until a ring is closed. */
function joinPaths(paths: Path[], clipper: EdgeClipper): ClippedRing[] {
  const byEntry = [...paths].sort((a, b) => a.enter - b.enter)
  const rings: ClippedRing[] = []
  for (const start of byEntry) {
    if (start.isUsed) continue
    const xy: number[] = []
    let path = start
    do {
      path.isUsed = true
      for (const value of path.xy) xy.push(value)
      const next = nextEntry(byEntry, path.leave, start)
      addCorners(xy, path.leave, next.enter, clipper)
      path = next
    } while (path !== start)
    const ring = Float64Array.from(xy)
    const area = doubleArea(ring, 0, ring.length / 2)
    if (area !== 0) rings.push({ xy: ring, isOuter: area > 0 })
  }
  return rings
}

/** The first path not yet used, or the ring's own first, whose beginning lies at or after `leave`. */
function nextEntry(byEntry: readonly Path[], leave: number, start: Path): Path {
  let low = 0
  let high = byEntry.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (byEntry[middle]!.enter < leave) low = middle + 1
    else high = middle
  }
  for (let i = 0; i < byEntry.length; i++) {
    const path = byEntry[(low + i) % byEntry.length]!
    if (path === start || !path.isUsed) return path
  }
  return start
}

/** The corners of the square between two places on its border. */
function addCorners(xy: number[], from: number, to: number, { low, high }: EdgeClipper): void {
  const side = high - low
  const end = to >= from ? to : to + 4 * side
  for (let corner = Math.floor(from / side) + 1; corner * side < end; corner++) {
    const turn = corner % 4
    xy.push(turn === 0 || turn === 3 ? low : high, turn === 0 || turn === 1 ? low : high)
  }
}

function containsSquare(ring: Float64Array, { low, high }: EdgeClipper): boolean {
  const middle = (low + high) / 2
  return ringContains(ring, 0, ring.length / 2, middle, middle)
}

function wholeSquare({ low, high }: EdgeClipper): ClippedRing {
  return { xy: Float64Array.of(low, low, high, low, high, high, low, high), isOuter: true }
}

/** Adds the outer rings to the shape, each followed by the holes it contains. */
function addPolygon(rings: readonly ClippedRing[], target: Shape): void {
  const outers = rings.filter((ring) => ring.isOuter)
  const holes = rings.filter((ring) => !ring.isOuter)
  for (const outer of outers) {
    addRing(outer.xy, outer.xy.length / 2, true, target)
    for (const hole of holes) {
      if (outers.length === 1 || containsRing(outer.xy, hole.xy))
        addRing(hole.xy, hole.xy.length / 2, false, target)
    }
  }
}

/** Whether most vertices of the hole lie inside: one of them may lie on the edge. */
function containsRing(outer: Float64Array, hole: Float64Array): boolean {
  let inside = 0
  for (let at = 0; at < hole.length; at += 2) {
    if (ringContains(outer, 0, outer.length / 2, hole[at]!, hole[at + 1]!)) inside++
  }
  return 4 * inside > hole.length
}

function addRing(ring: Float64Array, vertexCount: number, isOuter: boolean, target: Shape): void {
  for (let at = 0; at < 2 * vertexCount; at += 2) target.add(Math.round(ring[at]!), Math.round(ring[at + 1]!))
  target.endPart(isOuter)
}
