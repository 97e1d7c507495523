/**
 * The lattice all boundary work happens on: integers of 1e-7 degree. Whole numbers make every question about
 * sides and crossings exactly answerable; a product of two differences can pass 2^53, so those that doubles
 * cannot decide are asked again in BigInt.
 */
const UNITS_PER_DEGREE = 1e7

/** The lattice unit nearest to `degrees`; halves go up. */
export function toUnits(degrees: number): number {
  return Math.floor(degrees * UNITS_PER_DEGREE + 0.5)
}

/** The double nearest to the decimal with seven places, as a parser of "116.1234567" gives it. */
export function toDegrees(units: number): number {
  return units / UNITS_PER_DEGREE
}

/** Sums of two doubles' products are off by less than this share of their size. */
const ROUNDING = 4 * Number.EPSILON

/** 1: p lies left of the line from a to b, -1: right, 0: on it. Exact for whole numbers. */
export function side(ax: number, ay: number, bx: number, by: number, px: number, py: number): -1 | 0 | 1 {
  const left = (bx - ax) * (py - ay)
  const right = (by - ay) * (px - ax)
  const difference = left - right
  if (isExact(left) && isExact(right)) return difference > 0 ? 1 : difference < 0 ? -1 : 0
  const error = (Math.abs(left) + Math.abs(right)) * ROUNDING
  if (difference > error) return 1
  if (difference < -error) return -1
  const exact = BigInt(bx - ax) * BigInt(py - ay) - BigInt(by - ay) * BigInt(px - ax)
  return exact > 0n ? 1 : exact < 0n ? -1 : 0
}

function isExact(product: number): boolean {
  return Math.abs(product) <= Number.MAX_SAFE_INTEGER
}

/** Whether a-b and c-d cross at a point inside both. */
export function doCross(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const c = side(ax, ay, bx, by, cx, cy)
  if (c === 0 || c * side(ax, ay, bx, by, dx, dy) !== -1) return false
  const a = side(cx, cy, dx, dy, ax, ay)
  return a !== 0 && a * side(cx, cy, dx, dy, bx, by) === -1
}

/**
 * The lattice point whose pixel holds the crossing of a-b and c-d (which must cross).
 * Exact, and so the same whichever way round the two are given.
 */
export function crossing(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): [x: number, y: number] {
  const products = [
    (cx - ax) * (dy - cy),
    (cy - ay) * (dx - cx),
    (bx - ax) * (dy - cy),
    (by - ay) * (dx - cx),
  ]
  const [n1, n2, d1, d2] = products as [number, number, number, number]
  if (products.every(isExact)) {
    const t = (n1 - n2) / (d1 - d2)
    const [x, y] = [t * (bx - ax), t * (by - ay)]
    if (isFarFromHalf(x) && isFarFromHalf(y)) return [ax + Math.floor(x + 0.5), ay + Math.floor(y + 0.5)]
  }
  const numerator = BigInt(cx - ax) * BigInt(dy - cy) - BigInt(cy - ay) * BigInt(dx - cx)
  const denominator = BigInt(bx - ax) * BigInt(dy - cy) - BigInt(by - ay) * BigInt(dx - cx)
  return [
    ax + roundedShare(bx - ax, numerator, denominator),
    ay + roundedShare(by - ay, numerator, denominator),
  ]
}

function isFarFromHalf(value: number): boolean {
  return Math.abs(value - Math.floor(value) - 0.5) > 1e-3 && Math.abs(value) < 1e9
}

/** floor(length * numerator / denominator + 1/2) */
function roundedShare(length: number, numerator: bigint, denominator: bigint): number {
  const sign = denominator < 0n ? -1n : 1n
  const top = (2n * BigInt(length) * numerator + denominator) * sign
  const bottom = 2n * denominator * sign
  const quotient = top / bottom
  return Number(top < 0n && quotient * bottom !== top ? quotient - 1n : quotient)
}

/**
 * Whether the segment a-b passes through the pixel of h: the unit square around it, with its left and lower
 * border but without its right and upper one, so that every point of the plane lies in exactly one pixel.
 */
export function passesPixel(ax: number, ay: number, bx: number, by: number, hx: number, hy: number): boolean {
  if (ax > bx) return passesPixel(bx, by, ax, ay, hx, hy)
  // ends are whole, pixel borders are not: no ties here
  if (ax > hx || bx < hx || Math.max(ay, by) < hy || Math.min(ay, by) > hy) return false
  if (ax === bx || ay === by) return true
  const corner = (x: number, y: number) => side(2 * ax, 2 * ay, 2 * bx, 2 * by, x, y)
  const [west, south, east, north] = [2 * hx - 1, 2 * hy - 1, 2 * hx + 1, 2 * hy + 1]
  const southWest = corner(west, south)
  if (southWest === 0) return true
  const rises = ay < by
  // through a corner that is not part of the pixel, a line is inside only if it goes on into the square
  const northWest = corner(west, north)
  if (northWest === 0) return !rises
  const northEast = corner(east, north)
  if (northEast === 0) return rises
  const southEast = corner(east, south)
  if (southEast === 0) return !rises
  return southWest !== northWest || southWest !== northEast || southWest !== southEast
}

/** Twice the area of the closed ring through the points, positive when it runs anticlockwise; its sign is exact. */
export function doubleArea(xs: ArrayLike<number>, ys: ArrayLike<number>): number {
  const count = xs.length
  const [x0, y0] = [xs[0] ?? 0, ys[0] ?? 0]
  let reach = 0
  for (let i = 1; i < count; i++) reach = Math.max(reach, Math.abs(xs[i]! - x0), Math.abs(ys[i]! - y0))
  if (2 * reach * reach * count > Number.MAX_SAFE_INTEGER) return doubleAreaOfLargeRing(xs, ys)
  let sum = 0
  for (let i = 2; i < count; i++) {
    sum += (xs[i - 1]! - x0) * (ys[i]! - y0) - (ys[i - 1]! - y0) * (xs[i]! - x0)
  }
  return sum
}

function doubleAreaOfLargeRing(xs: ArrayLike<number>, ys: ArrayLike<number>): number {
  const [x0, y0] = [xs[0]!, ys[0]!]
  let sum = 0n
  for (let i = 2; i < xs.length; i++) {
    sum += BigInt(xs[i - 1]! - x0) * BigInt(ys[i]! - y0) - BigInt(ys[i - 1]! - y0) * BigInt(xs[i]! - x0)
  }
  return Number(sum)
}
