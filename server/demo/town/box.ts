/** A rectangle standing freely: its middle, the direction of its length, half its length and depth in metres. */
export interface Box {
  x: number
  y: number
  ux: number
  uy: number
  halfLength: number
  halfDepth: number
}

/** Half the extent of a box eastward and northward. */
export function reachOf({ ux, uy, halfLength, halfDepth }: Box): { x: number; y: number } {
  return {
    x: Math.abs(ux) * halfLength + Math.abs(uy) * halfDepth,
    y: Math.abs(uy) * halfLength + Math.abs(ux) * halfDepth,
  }
}

/** Whether two boxes are nearer to each other than the gap along each of their four directions. */
export function areNear(one: Box, other: Box, gapM: number): boolean {
  const dx = other.x - one.x
  const dy = other.y - one.y
  const cos = Math.abs(one.ux * other.ux + one.uy * other.uy)
  const sin = Math.abs(one.ux * other.uy - one.uy * other.ux)
  return (
    Math.abs(dx * one.ux + dy * one.uy) <
      one.halfLength + gapM + other.halfLength * cos + other.halfDepth * sin &&
    Math.abs(dy * one.ux - dx * one.uy) <
      one.halfDepth + gapM + other.halfLength * sin + other.halfDepth * cos &&
    Math.abs(dx * other.ux + dy * other.uy) <
      other.halfLength + gapM + one.halfLength * cos + one.halfDepth * sin &&
    Math.abs(dy * other.ux - dx * other.uy) <
      other.halfDepth + gapM + one.halfLength * sin + one.halfDepth * cos
  )
}

/** Whether a box keeps this distance from a segment. */
export function isOff(box: Box, x1: number, y1: number, x2: number, y2: number, clearM: number): boolean {
  const { ux, uy, halfLength: a, halfDepth: b } = box
  const p1 = (x1 - box.x) * ux + (y1 - box.y) * uy
  const p2 = (x2 - box.x) * ux + (y2 - box.y) * uy
  const reachP = a + clearM
  if ((p1 > reachP && p2 > reachP) || (p1 < -reachP && p2 < -reachP)) return true
  const q1 = (y1 - box.y) * ux - (x1 - box.x) * uy
  const q2 = (y2 - box.y) * ux - (x2 - box.x) * uy
  const reachQ = b + clearM
  if ((q1 > reachQ && q2 > reachQ) || (q1 < -reachQ && q2 < -reachQ)) return true
  return squareToBox(p1, q1, p2, q2, a, b) >= clearM * clearM
}

/** The square of the distance between a segment and the box from -a, -b to a, b. */
function squareToBox(p1: number, q1: number, p2: number, q2: number, a: number, b: number): number {
  const dp = p2 - p1
  const dq = q2 - q1
  if (doesEnter(p1, dp, q1, dq, a, b)) return 0
  let nearest = Math.min(squareOfPoint(p1, q1, a, b), squareOfPoint(p2, q2, a, b))
  const square = dp * dp + dq * dq
  if (square === 0) return nearest
  for (let corner = 0; corner < 4; corner++) {
    const p = corner & 1 ? a : -a
    const q = corner & 2 ? b : -b
    const share = Math.min(Math.max(((p - p1) * dp + (q - q1) * dq) / square, 0), 1)
    nearest = Math.min(nearest, (p1 + share * dp - p) ** 2 + (q1 + share * dq - q) ** 2)
  }
  return nearest
}

/** Whether the segment from p1, q1 by dp, dq has a point in the box: clipped by both pairs of sides. */
function doesEnter(p1: number, dp: number, q1: number, dq: number, a: number, b: number): boolean {
  let enter = 0
  let leave = 1
  if (dp === 0) {
    if (Math.abs(p1) > a) return false
  } else {
    const s = (-a - p1) / dp
    const t = (a - p1) / dp
    enter = Math.max(enter, Math.min(s, t))
    leave = Math.min(leave, Math.max(s, t))
  }
  if (dq === 0) {
    if (Math.abs(q1) > b) return false
  } else {
    const s = (-b - q1) / dq
    const t = (b - q1) / dq
    enter = Math.max(enter, Math.min(s, t))
    leave = Math.min(leave, Math.max(s, t))
  }
  return enter <= leave
}

function squareOfPoint(p: number, q: number, a: number, b: number): number {
  return Math.max(Math.abs(p) - a, 0) ** 2 + Math.max(Math.abs(q) - b, 0) ** 2
}
