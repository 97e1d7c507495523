/** Rings are stretches of a flat coordinate array: the vertices `start` to `end` (excluded), not closed. */

/** Twice the area by the surveyor's formula: positive when the ring runs clockwise on a screen (y down). */
export function doubleArea(xy: Float64Array, start: number, end: number): number {
  let sum = 0
  let lastX = xy[2 * end - 2]!
  let lastY = xy[2 * end - 1]!
  for (let at = 2 * start; at < 2 * end; at += 2) {
    const x = xy[at]!
    const y = xy[at + 1]!
    sum += lastX * y - x * lastY
    lastX = x
    lastY = y
  }
  return sum
}

/**
 * Takes out, in place, vertices that carry no shape: repeats, turns by 180 degrees (spikes), and, unless
 * `keepStraight`, vertices on the straight line between their neighbours. Answers the new end. Fewer than
 * three vertices are left of a ring without area.
 */
export function tidyRing(xy: Float64Array, start: number, end: number, keepStraight: boolean): number {
  let count = 0
  for (let vertex = start; vertex < end; vertex++) {
    xy[2 * (start + count)] = xy[2 * vertex]!
    xy[2 * (start + count) + 1] = xy[2 * vertex + 1]!
    count = dropBefore(xy, start, count + 1, keepStraight)
  }
  let before = -1
  while (count > 2 && count !== before) {
    before = count
    const last = start + count - 1
    if (samePlace(xy, last, start) || isVain(xy, last - 1, last, start, keepStraight)) count--
    else if (isVain(xy, last, start, start + 1, keepStraight)) {
      xy.copyWithin(2 * start, 2 * start + 2, 2 * (start + count))
      count--
    }
  }
  return start + count
}

/**
 * Twice the area of a ring that changes its direction at every vertex, as nearly all do; NaN of another, which
 * `tidyRing` may shorten. One pass instead of two.
 */
export function doubleAreaOfTidy(xy: Float64Array, start: number, end: number): number {
  if (end - start < 3) return Number.NaN
  let x = xy[2 * end - 2]!
  let y = xy[2 * end - 1]!
  let dx = x - xy[2 * end - 4]!
  let dy = y - xy[2 * end - 3]!
  let sum = 0
  for (let at = 2 * start; at < 2 * end; at += 2) {
    const nextX = xy[at]!
    const nextY = xy[at + 1]!
    const nextDx = nextX - x
    const nextDy = nextY - y
    if (dx * nextDy === dy * nextDx) return Number.NaN
    sum += x * nextDy - y * nextDx
    x = nextX
    y = nextY
    dx = nextDx
    dy = nextDy
  }
  return sum
}

/** Takes the last but one of `count` vertices out as long as the newest makes it vain. */
function dropBefore(xy: Float64Array, start: number, count: number, keepStraight: boolean): number {
  let left = count
  while (left > 1) {
    const newest = start + left - 1
    if (samePlace(xy, newest - 1, newest)) {
      left--
    } else if (left > 2 && isVain(xy, newest - 2, newest - 1, newest, keepStraight)) {
      xy[2 * newest - 2] = xy[2 * newest]!
      xy[2 * newest - 1] = xy[2 * newest + 1]!
      left--
    } else break
  }
  return left
}

function samePlace(xy: Float64Array, a: number, b: number): boolean {
  return xy[2 * a] === xy[2 * b] && xy[2 * a + 1] === xy[2 * b + 1]
}

/** Whether b, between a and c, lies on one line with them. */
function isVain(xy: Float64Array, a: number, b: number, c: number, keepStraight: boolean): boolean {
  const inX = xy[2 * b]! - xy[2 * a]!
  const inY = xy[2 * b + 1]! - xy[2 * a + 1]!
  const outX = xy[2 * c]! - xy[2 * b]!
  const outY = xy[2 * c + 1]! - xy[2 * b + 1]!
  if (inX * outY !== inY * outX) return false
  return !keepStraight || inX * outX + inY * outY < 0
}

/** Whether the point lies inside the ring; on its edge either answer. */
export function ringContains(xy: Float64Array, start: number, end: number, x: number, y: number): boolean {
  let inside = false
  let lastX = xy[2 * end - 2]!
  let lastY = xy[2 * end - 1]!
  for (let at = 2 * start; at < 2 * end; at += 2) {
    const nextX = xy[at]!
    const nextY = xy[at + 1]!
    if (nextY > y !== lastY > y && x < ((lastX - nextX) * (y - nextY)) / (lastY - nextY) + nextX)
      inside = !inside
    lastX = nextX
    lastY = nextY
  }
  return inside
}

/** Whether an edge of one ring crosses an edge of the other; touching is not crossing. O(n m). */
export function ringsCross(
  xy: Float64Array,
  start: number,
  end: number,
  otherStart: number,
  otherEnd: number,
): boolean {
  let p = end - 1
  for (let q = start; q < end; p = q++) {
    const lowX = Math.min(xy[2 * p]!, xy[2 * q]!)
    const highX = Math.max(xy[2 * p]!, xy[2 * q]!)
    const lowY = Math.min(xy[2 * p + 1]!, xy[2 * q + 1]!)
    const highY = Math.max(xy[2 * p + 1]!, xy[2 * q + 1]!)
    let r = otherEnd - 1
    for (let s = otherStart; s < otherEnd; r = s++) {
      const rx = xy[2 * r]!
      const sx = xy[2 * s]!
      if ((rx < lowX && sx < lowX) || (rx > highX && sx > highX)) continue
      const ry = xy[2 * r + 1]!
      const sy = xy[2 * s + 1]!
      if ((ry < lowY && sy < lowY) || (ry > highY && sy > highY)) continue
      if (side(xy, p, q, r) * side(xy, p, q, s) < 0 && side(xy, r, s, p) * side(xy, r, s, q) < 0) return true
    }
  }
  return false
}

function side(xy: Float64Array, a: number, b: number, c: number): number {
  const ax = xy[2 * a]!
  const ay = xy[2 * a + 1]!
  return Math.sign((xy[2 * b]! - ax) * (xy[2 * c + 1]! - ay) - (xy[2 * b + 1]! - ay) * (xy[2 * c]! - ax))
}
