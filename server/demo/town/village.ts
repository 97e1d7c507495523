import { buildFronts } from './fronts.ts'
import { RowFrame } from './rows.ts'
import type { Site } from './site.ts'
import type { Point } from './warp.ts'
import { layWay } from './ways.ts'

const LANE_M = 3.6
const BACK_GAP_M = 1.2
const HOUSE_DEPTH_M = 9.2

/** Small houses of the inhabitants' own, back to back along crooked lanes. */
export function buildVillage(site: Site): void {
  const { random } = site
  buildFronts(site, {
    chances: { primary: 0.6, secondary: 0.8, tertiary: 0.7, lane: 0.3 },
    lengthM: [7, 14],
    depthM: [9, 13],
    gapM: [0.8, 3],
    lot: () => ({ shape: 'box', use: 'shops', floors: 2 + random.below(3) }),
  })
  const frame = new RowFrame(
    site,
    site.slant + random.between(-0.2, 0.2) + (random.chance(0.3) ? Math.PI / 2 : 0),
  )
  const lane = new CrookedLane(site)
  const period = 2 * HOUSE_DEPTH_M + BACK_GAP_M + LANE_M
  const lanes: number[] = []
  for (let q = frame.q[0] - MOST_STRAY_M; q < frame.q[1] + MOST_STRAY_M; q += period) lanes.push(q)
  for (const q of lanes) drawLane(site, frame, lane, q)
  for (const q of lanes) for (const side of [-1, 1]) buildHouses(site, frame, lane, q, side)
}

/** No lane strays farther from straight. */
const MOST_STRAY_M = 20

/** How far all lanes of a village stray to the left of straight at a place along them. */
class CrookedLane {
  readonly #waves: { size: number; wave: number; phase: number }[]

  constructor({ random }: Site) {
    this.#waves = [
      { size: random.between(5, 10), wave: random.between(38, 60), phase: random.between(0, 6) },
      { size: random.between(1, 2.2), wave: random.between(13, 20), phase: random.between(0, 6) },
    ]
  }

  strayM(p: number): number {
    return this.#waves.reduce((sum, { size, wave, phase }) => sum + size * Math.sin(p / wave + phase), 0)
  }
}

function drawLane(site: Site, frame: RowFrame, lane: CrookedLane, q: number): void {
  const points: Point[] = []
  for (let p = frame.p[0]; p <= frame.p[1]; p += 8) points.push(frame.toPoint(p, q + lane.strayM(p)))
  layWay(site, 'service', points, LANE_M / 2 - 0.3, 4)
}

function buildHouses(site: Site, frame: RowFrame, lane: CrookedLane, q: number, side: number): void {
  const { random } = site
  let sinceAlley = 0
  for (let p = frame.p[0]; p < frame.p[1]; ) {
    const length = random.between(7.4, 11)
    const depth = HOUSE_DEPTH_M - random.between(0.1, 1.4)
    const middle = p + length / 2
    const slope = (lane.strayM(middle + 4) - lane.strayM(middle - 4)) / 8
    const turn = Math.atan(slope) + random.between(-0.03, 0.03)
    const away = q + lane.strayM(middle) + side * (LANE_M / 2 + depth / 2 + random.between(0.1, 0.7))
    const [x, y] = frame.toPoint(middle, away)
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
    const isPlaced =
      !random.chance(0.03) &&
      site.place(
        {
          x,
          y,
          ux: frame.ux * cos - frame.uy * sin,
          uy: frame.uy * cos + frame.ux * sin,
          halfLength: length / 2,
          halfDepth: depth / 2,
          shape: random.chance(0.22) ? 'angle' : 'box',
          use: 'house',
          floors: 2 + random.below(3) + (random.chance(0.15) ? 1 : 0),
          name: null,
          door: null,
        },
        0.5,
      )
    if (!isPlaced) {
      p += 3
      continue
    }
    sinceAlley++
    const isAlley = sinceAlley > 4 && random.chance(0.3)
    if (isAlley) sinceAlley = 0
    p += length + (isAlley ? 3.4 : random.between(0.7, 1.6))
  }
}
