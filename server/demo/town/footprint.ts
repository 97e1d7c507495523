import type { Lot } from './site.ts'
import type { Point } from './warp.ts'

/** The outline of a building in metres, anticlockwise, not closed; it stays inside its box. */
export function footprint(lot: Lot): Point[] {
  const { x, y, ux, uy, halfLength: a, halfDepth: b } = lot
  return SHAPES_OF[lot.shape](a, b).map(([p, q]): Point => [x + p * ux - q * uy, y + p * uy + q * ux])
}

const SHAPES_OF: Record<Lot['shape'], (a: number, b: number) => Point[]> = {
  box: (a, b) => [
    [-a, -b],
    [a, -b],
    [a, b],
    [-a, b],
  ],
  bays,
  cross: (a, b) => {
    const [p, q] = [0.52 * a, 0.55 * b]
    return [
      [-p, -b],
      [p, -b],
      [p, -q],
      [a, -q],
      [a, q],
      [p, q],
      [p, b],
      [-p, b],
      [-p, q],
      [-a, q],
      [-a, -q],
      [-p, -q],
    ]
  },
  angle: (a, b) => [
    [-a, -b],
    [a, -b],
    [a, 0.1 * b],
    [-0.1 * a, 0.1 * b],
    [-0.1 * a, b],
    [-a, b],
  ],
  horseshoe: (a, b) => {
    const [p, q] = [0.62 * a, -0.25 * b]
    return [
      [-a, -b],
      [a, -b],
      [a, b],
      [p, b],
      [p, q],
      [-p, q],
      [-p, b],
      [-a, b],
    ]
  },
  comb: (a, b) => [
    [-a, -b],
    [a, -b],
    [a, -0.2 * b],
    [0.7 * a, -0.2 * b],
    [0.7 * a, b],
    [0.3 * a, b],
    [0.3 * a, -0.2 * b],
    [-0.3 * a, -0.2 * b],
    [-0.3 * a, b],
    [-0.7 * a, b],
    [-0.7 * a, -0.2 * b],
    [-a, -0.2 * b],
  ],
}

const BAY_M = 16

/** A slab whose stairwells stand back on its northern side. */
function bays(a: number, b: number): Point[] {
  const count = Math.max(1, Math.round((2 * a) / BAY_M))
  const [half, back] = [Math.min(1.9, a / (2 * count)), Math.min(1.6, b / 3)]
  const north = Array.from({ length: count }, (_, i): Point[] => {
    const middle = a - ((i + 0.5) * 2 * a) / count
    return [
      [middle + half, b],
      [middle + half, b - back],
      [middle - half, b - back],
      [middle - half, b],
    ]
  }).flat()
  return [[-a, -b], [a, -b], [a, b], ...north, [-a, b]]
}
