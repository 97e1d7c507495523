import { RankedQueue } from './ranked-queue.ts'

/** Straight borders of a region as x1, y1, x2, y2 in metres, in any order and direction. */
export type Segments = Float64Array

export interface Circle {
  x: number
  y: number
  radius: number
}

/** A square of the search. */
interface Cell {
  x: number
  y: number
  half: number
  /** distance of the centre to the border, negative outside */
  depth: number
}

/**
 * The largest circle inside a region, its radius to a twentieth (roughly, in a crooked ribbon a thousand times
 * longer than wide): quarters the squares of the region's box that may hold a deeper point than the deepest
 * found (Agafonkin's polylabel, 2016). O(n) for each square tried, O(n²) to begin with.
 */
export function widestCircle(segments: Segments): Circle {
  const deepest = search(segments, 0, Number.POSITIVE_INFINITY)
  return deepest
    ? { x: deepest.x, y: deepest.y, radius: deepest.depth }
    : { x: segments[0] ?? 0, y: segments[1] ?? 0, radius: 0 }
}

/** Whether a circle of this diameter, to a twentieth, fits nowhere inside: stops at the first one that does. */
export function isNarrower(segments: Segments, diameter: number): boolean {
  return fitsStrip(segments, diameter) || search(segments, diameter / 2, diameter / 2) === null
}

/** Whether all lies in a straight strip of this width from the first point to the one farthest from it. */
function fitsStrip(segments: Segments, width: number): boolean {
  const x0 = segments[0]!
  const y0 = segments[1]!
  let [dx, dy, length] = [0, 0, 0]
  for (let i = 0; i < segments.length; i += 2) {
    const distance = Math.hypot(segments[i]! - x0, segments[i + 1]! - y0)
    if (distance > length) [dx, dy, length] = [segments[i]! - x0, segments[i + 1]! - y0, distance]
  }
  let [left, right] = [0, 0]
  for (let i = 0; i < segments.length; i += 2) {
    const offset = (dx * (segments[i + 1]! - y0) - dy * (segments[i]! - x0)) / length
    left = Math.max(left, offset)
    right = Math.min(right, offset)
  }
  return left - right <= width
}

const PRECISION = 1.05
/** a tenth of the lattice: what is narrower is so by rounding only */
const LEAST_RADIUS_M = 1e-3
/** of a long crooked ribbon the widest of this many squares is near enough */
const MOST_CELLS = 20_000

/** The deepest point deeper than `least`, or the first found that is deeper than `enough`. */
function search(segments: Segments, least: number, enough: number): Cell | null {
  const { west, south, east, north } = boxOf(segments)
  const side = Math.max(
    Math.min(east - west, north - south),
    (east - west + north - south) / 1000,
    LEAST_RADIUS_M,
  )
  const cells: Cell[] = []
  const waiting = new RankedQueue((cell) => cell)
  let best: Cell | null = null
  const depth = () => Math.max(best?.depth ?? least, LEAST_RADIUS_M)
  const consider = (x: number, y: number, half: number) => {
    const cell = { x, y, half, depth: depthAt(segments, x, y) }
    if (cell.depth > least && (!best || isDeeper(cell, best))) best = cell
    const reach = cell.depth + half * Math.SQRT2
    if (reach > depth() * PRECISION) waiting.push(cells.push(cell) - 1, -reach)
  }
  for (const { x, y } of chordMiddles(segments)) consider(x, y, 0)
  for (let x = west + side / 2; x < east + side / 2; x += side) {
    for (let y = south + side / 2; y < north + side / 2; y += side) consider(x, y, side / 2)
  }
  for (;;) {
    if (depth() > enough) return best
    const widest = waiting.pop()
    if (!widest || -widest.value <= depth() * PRECISION || cells.length > MOST_CELLS) return best
    const cell = cells[widest.id]!
    const half = cell.half / 2
    consider(cell.x - half, cell.y - half, half)
    consider(cell.x + half, cell.y - half, half)
    consider(cell.x - half, cell.y + half, half)
    consider(cell.x + half, cell.y + half, half)
  }
}

/** Of two that are equally deep the one farther west or south, so that the order of borders does not show. */
function isDeeper(one: Cell, other: Cell): boolean {
  return (one.depth - other.depth || other.x - one.x || other.y - one.y) > 0
}

/**
 * Half-way from the middle of each border straight across to the nearest other one, on either side: in a
 * ribbon these points are nearly the deepest.
 */
function* chordMiddles(segments: Segments): Iterable<{ x: number; y: number }> {
  if (segments.length > MOST_CHORDS * 4) return
  for (let i = 0; i < segments.length; i += 4) {
    const [x1, y1, x2, y2] = [segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!]
    const [x, y, dx, dy] = [(x1 + x2) / 2, (y1 + y2) / 2, y1 - y2, x2 - x1]
    let [ahead, behind] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let j = 0; j < segments.length; j += 4) {
      if (j === i) continue
      const share = meeting(x, y, dx, dy, segments, j)
      if (share > 0) ahead = Math.min(ahead, share)
      if (share < 0) behind = Math.max(behind, share)
    }
    for (const share of [ahead, behind]) {
      if (Number.isFinite(share)) yield { x: x + (share / 2) * dx, y: y + (share / 2) * dy }
    }
  }
}

const MOST_CHORDS = 2000

/** How far along the direction (dx, dy) from (x, y) a border is met; NaN: not at all. */
function meeting(x: number, y: number, dx: number, dy: number, segments: Segments, j: number): number {
  const [x1, y1] = [segments[j]! - x, segments[j + 1]! - y]
  const [x2, y2] = [segments[j + 2]! - x, segments[j + 3]! - y]
  const [side1, side2] = [dx * y1 - dy * x1, dx * y2 - dy * x2]
  if (side1 > 0 === side2 > 0) return Number.NaN
  const share = side1 / (side1 - side2)
  return ((x1 + share * (x2 - x1)) * dx + (y1 + share * (y2 - y1)) * dy) / (dx * dx + dy * dy)
}

function boxOf(segments: Segments) {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (let i = 0; i < segments.length; i += 2) {
    box.west = Math.min(box.west, segments[i]!)
    box.east = Math.max(box.east, segments[i]!)
    box.south = Math.min(box.south, segments[i + 1]!)
    box.north = Math.max(box.north, segments[i + 1]!)
  }
  return box
}

function depthAt(segments: Segments, x: number, y: number): number {
  let inside = false
  let nearest = Number.POSITIVE_INFINITY
  for (let i = 0; i < segments.length; i += 4) {
    const [x1, y1, x2, y2] = [segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    const [dx, dy] = [x2 - x1, y2 - y1]
    const along = Math.min(Math.max(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy), 0), 1)
    nearest = Math.min(nearest, (x1 + along * dx - x) ** 2 + (y1 + along * dy - y) ** 2)
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest)
}
