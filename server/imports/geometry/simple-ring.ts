import type { FlatRing } from './shape.ts'

// Pairs of edges are compared one by one: beyond this the database's sweep is faster
const MAX_VERTICES = 160
// Products of two differences below this are whole numbers that a double holds exactly
const MAX_EXTENT = 2 ** 25

/**
 * Whether a closed ring of whole coordinates certainly neither crosses nor touches itself. Exact; a ring too
 * large to be decided exactly or quickly answers false. n² over the edges, with a box test first.
 */
export function isPlainlySimple(ring: FlatRing): boolean {
  const edges = ring.length / 2 - 1
  if (edges < 3 || edges > MAX_VERTICES || extent(ring) > MAX_EXTENT) return false
  for (let i = 0; i < edges; i++) {
    if (turnsBack(ring, i, edges)) return false
    // The edge after touches at one end and was looked at above; the last edge is the one before the first
    const end = i === 0 ? edges - 1 : edges
    for (let j = i + 2; j < end; j++) if (meet(ring, i, j)) return false
  }
  return true
}

function extent(ring: FlatRing): number {
  let [minX, minY, maxX, maxY] = [ring[0]!, ring[1]!, ring[0]!, ring[1]!]
  for (let i = 2; i < ring.length; i += 2) {
    const x = ring[i]!
    const y = ring[i + 1]!
    if (x < minX) minX = x
    else if (x > maxX) maxX = x
    if (y < minY) minY = y
    else if (y > maxY) maxY = y
  }
  return Math.max(maxX - minX, maxY - minY)
}

/** Whether edge `i` and the edge after it lie on one line and overlap. */
function turnsBack(ring: FlatRing, i: number, edges: number): boolean {
  const a = i * 2
  const b = a + 2
  const c = ((i + 2) % edges) * 2
  const inX = ring[b]! - ring[a]!
  const inY = ring[b + 1]! - ring[a + 1]!
  const outX = ring[c]! - ring[b]!
  const outY = ring[c + 1]! - ring[b + 1]!
  return inX * outY === inY * outX && inX * outX + inY * outY < 0
}

/** Whether edges `i` and `j` have a point in common. */
function meet(ring: FlatRing, i: number, j: number): boolean {
  const ax = ring[i * 2]!
  const ay = ring[i * 2 + 1]!
  const bx = ring[i * 2 + 2]!
  const by = ring[i * 2 + 3]!
  const cx = ring[j * 2]!
  const cy = ring[j * 2 + 1]!
  const dx = ring[j * 2 + 2]!
  const dy = ring[j * 2 + 3]!
  if (ax < cx ? bx < cx && ax < dx && bx < dx : ax > cx && bx > cx && ax > dx && bx > dx) return false
  if (ay < cy ? by < cy && ay < dy && by < dy : ay > cy && by > cy && ay > dy && by > dy) return false
  const c = side(ax, ay, bx, by, cx, cy)
  const d = side(ax, ay, bx, by, dx, dy)
  if (c * d > 0) return false
  const a = side(cx, cy, dx, dy, ax, ay)
  const b = side(cx, cy, dx, dy, bx, by)
  // Two edges on one line whose boxes meet may still only be near: taking them as meeting asks the database
  return a * b <= 0
}

const side = (ax: number, ay: number, bx: number, by: number, x: number, y: number) =>
  Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax))
