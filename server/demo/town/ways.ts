import type { Site, SiteLine } from './site.ts'
import type { Point } from './warp.ts'

/** Draws what of a winding way keeps off by so many metres from what stands and from the borders, in pieces. */
export function layWay(
  site: Site,
  kind: SiteLine['kind'],
  points: readonly Point[],
  clearM: number,
  leastPieces: number,
): void {
  let run: Point[] = []
  const runs = [run]
  points.slice(1).forEach((to, i) => {
    const from = points[i]!
    if (isFree(site, from, to, clearM)) {
      if (!run.length) run.push(from)
      run.push(to)
    } else if (run.length) {
      run = []
      runs.push(run)
    }
  })
  for (const whole of runs) if (whole.length > leastPieces) site.addLine(kind, whole, clearM)
}

function isFree(site: Site, [x1, y1]: Point, [x2, y2]: Point, clearM: number): boolean {
  const length = Math.hypot(x2 - x1, y2 - y1)
  const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
  const direction = { ux: (x2 - x1) / length, uy: (y2 - y1) / length }
  return site.fits({ ...middle, ...direction, halfLength: length / 2, halfDepth: 0.5 }, clearM)
}
