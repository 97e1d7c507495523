import type { MultiPolygon, Polygon, Position, Ring } from '../../domain/geometry.ts'

/**
 * A point well inside the largest part of a shape, where its name is written: the middle of the widest piece
 * of one of the rows that cut the part into equal heights. O(rows x vertices).
 */
export function labelPoint(shape: MultiPolygon): Position | null {
  const largest = shape.reduce<Polygon | null>(
    (best, polygon) => (!best || ringArea(polygon[0]) > ringArea(best[0]) ? polygon : best),
    null,
  )
  const outer = largest?.[0]
  if (!largest || !outer || outer.length < 4) return null
  const lats = outer.map((position) => position[1])
  const south = Math.min(...lats)
  const height = Math.max(...lats) - south
  let best: { point: Position; score: number } | null = null
  for (let row = 1; row < ROWS; row++) {
    const share = row / ROWS
    const piece = widestPiece(largest, south + height * share)
    if (!piece) continue
    // A row near the middle reads better than one slightly wider near the edge
    const score = piece.width * (1 - Math.abs(share - 0.5))
    if (!best || score > best.score) best = { point: [piece.middle, south + height * share], score }
  }
  return best?.point ?? null
}

const ROWS = 12

function widestPiece(polygon: Polygon, lat: number): { middle: number; width: number } | null {
  const crossings = polygon.flatMap((ring) => crossingsOf(ring, lat)).sort((a, b) => a - b)
  let widest: { middle: number; width: number } | null = null
  for (let index = 0; index + 1 < crossings.length; index += 2) {
    const [from, to] = [crossings[index]!, crossings[index + 1]!]
    if (!widest || to - from > widest.width) widest = { middle: (from + to) / 2, width: to - from }
  }
  return widest && widest.width > 0 ? widest : null
}

function crossingsOf(ring: Ring, lat: number): number[] {
  const found: number[] = []
  for (let index = 0; index + 1 < ring.length; index++) {
    const [x1, y1] = ring[index]!
    const [x2, y2] = ring[index + 1]!
    if (y1 <= lat !== y2 <= lat) found.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1))
  }
  return found
}

/** In square degrees; only to compare parts of one shape. */
function ringArea(ring: Ring | undefined): number {
  if (!ring) return 0
  let twice = 0
  for (let index = 0; index + 1 < ring.length; index++) {
    const [x1, y1] = ring[index]!
    const [x2, y2] = ring[index + 1]!
    twice += x1 * y2 - x2 * y1
  }
  return Math.abs(twice) / 2
}
