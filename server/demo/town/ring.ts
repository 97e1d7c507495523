import type { Point } from './warp.ts'

/** x and y of each point in turn: what is asked a million times is faster this way. */
export type FlatRing = Float64Array

export function flatRing(ring: readonly Point[]): FlatRing {
  return Float64Array.from(ring.flat())
}

/** Even-odd rule. */
export function isInside(ring: FlatRing, x: number, y: number): boolean {
  let inside = false
  let x2 = ring[ring.length - 2]!
  let y2 = ring[ring.length - 1]!
  for (let i = 0; i < ring.length; i += 2) {
    const x1 = ring[i]!
    const y1 = ring[i + 1]!
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    x2 = x1
    y2 = y1
  }
  return inside
}

/** The area and the centre of gravity of a ring that runs anticlockwise. */
export function measureRing(ring: readonly Point[]): { areaM2: number; middle: Point } {
  const [x0, y0] = ring[0]!
  let [sum, mx, my] = [0, 0, 0]
  ring.forEach(([x, y], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!
    const cross = (x - x0) * (y2 - y0) - (x2 - x0) * (y - y0)
    sum += cross
    mx += cross * (x + x2 - 2 * x0)
    my += cross * (y + y2 - 2 * y0)
  })
  return { areaM2: sum / 2, middle: [x0 + mx / (3 * sum), y0 + my / (3 * sum)] }
}
