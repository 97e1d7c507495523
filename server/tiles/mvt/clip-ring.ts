/**
 * The part of one ring (x, y, x, y ...) inside the square from `low` to `high`, one half-plane after another
 * (Sutherland and Hodgman, 1974). Where the ring leaves the square several times the parts hang together by
 * edges along the border, which add no area.
 */
export function clipRing(ring: Float64Array, low: number, high: number): Float64Array {
  let left: ArrayLike<number> = ring
  left = beyond(left, 0, low, 1)
  left = beyond(left, 0, high, -1)
  left = beyond(left, 1, low, 1)
  left = beyond(left, 1, high, -1)
  return left === ring ? ring : Float64Array.from(left)
}

/** What lies on the side `direction` of `border` on one axis. */
function beyond(ring: ArrayLike<number>, axis: 0 | 1, border: number, direction: 1 | -1): ArrayLike<number> {
  if (!reachesPast(ring, axis, border, direction)) return ring
  const kept: number[] = []
  const other = 1 - axis
  for (let at = 0; at < ring.length; at += 2) {
    const before = at === 0 ? ring.length - 2 : at - 2
    const a = ring[before + axis]! - border
    const b = ring[at + axis]! - border
    if (a * direction < 0 !== b * direction < 0) {
      const crossing = ring[before + other]! + (a / (a - b)) * (ring[at + other]! - ring[before + other]!)
      if (axis === 0) kept.push(border, crossing)
      else kept.push(crossing, border)
    }
    if (b * direction >= 0) kept.push(ring[at]!, ring[at + 1]!)
  }
  return kept
}

function reachesPast(ring: ArrayLike<number>, axis: 0 | 1, border: number, direction: 1 | -1): boolean {
  for (let at = axis; at < ring.length; at += 2) if ((ring[at]! - border) * direction < 0) return true
  return false
}
