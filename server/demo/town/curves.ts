import type { RowFrame } from './rows.ts'
import type { Point } from './warp.ts'

/** A wavy ellipse round a place of the frame. */
export function blob(
  frame: RowFrame,
  p: number,
  q: number,
  a: number,
  b: number,
  corners: number,
  phase: number,
): Point[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners
    const reach = 1 + 0.12 * Math.sin(3 * angle + phase) + 0.08 * Math.sin(2 * angle + 2 * phase)
    return frame.toPoint(p + a * reach * Math.cos(angle), q + b * reach * Math.sin(angle))
  })
}

/** A line moved to its left by a distance at each of its points. */
export function besideLine(points: readonly Point[], distances: readonly number[]): Point[] {
  return points.map(([x, y], i): Point => {
    const [x1, y1] = points[Math.max(i - 1, 0)]!
    const [x2, y2] = points[Math.min(i + 1, points.length - 1)]!
    const length = Math.hypot(x2 - x1, y2 - y1)
    return [x - ((y2 - y1) / length) * distances[i]!, y + ((x2 - x1) / length) * distances[i]!]
  })
}
