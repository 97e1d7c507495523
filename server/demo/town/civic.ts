import { buildFronts } from './fronts.ts'
import { buildRows, RowFrame } from './rows.ts'
import type { Lot, Site } from './site.ts'
import type { Point } from './warp.ts'

type Wing = [name: string, lengthM: number, depthM: number, shape: Lot['shape'], floors: number]

/** Tries a named building at random places until it fits. */
function placeWing(site: Site, frame: RowFrame, [name, length, depth, shape, floors]: Wing): void {
  const { random } = site
  for (let attempt = 0; attempt < 60; attempt++) {
    const box = frame.box(random.between(...frame.p), random.between(...frame.q), length / 2, depth / 2)
    if (site.place({ ...box, shape, use: 'public', floors, name, door: null }, 9)) return
  }
}

/** A running track and the buildings of a school round it. */
export function buildSchool(site: Site): void {
  const frame = new RowFrame(site, site.slant)
  layOutTrack(site, frame)
  const wings: Wing[] = [
    ['教学楼', 58, 34, 'horseshoe', 5],
    ['综合楼', 46, 15, 'box', 5],
    ['体育馆', 38, 26, 'box', 2],
    ['实验楼', 44, 13, 'box', 4],
    ['食堂', 32, 20, 'box', 2],
    ['教师公寓', 40, 12, 'bays', 6],
    ['幼儿园', 28, 18, 'angle', 3],
  ]
  for (const wing of wings) placeWing(site, frame, wing)
  markHomes(site, '教师公寓')
}

function layOutTrack(site: Site, frame: RowFrame): void {
  const { random } = site
  for (const [half, radius] of [
    [42, 36],
    [32, 26],
    [22, 18],
    [14, 11],
  ] as const) {
    for (let attempt = 0; attempt < 40; attempt++) {
      const [p, q] = [random.between(...frame.p) * 0.7, random.between(...frame.q) * 0.7]
      if (!site.fits(frame.box(p, q, half + radius + 1, radius + 1), 6)) continue
      site.addGround('pitch', stadium(frame, p, q, half, radius), 5)
      return
    }
  }
}

function stadium(frame: RowFrame, p: number, q: number, half: number, radius: number): Point[] {
  return [0, Math.PI].flatMap((turn) =>
    Array.from({ length: 11 }, (_, i): Point => {
      const angle = turn - Math.PI / 2 + (Math.PI * i) / 10
      const middle = turn === 0 ? half : -half
      return frame.toPoint(p + middle + radius * Math.cos(angle), q + radius * Math.sin(angle))
    }),
  )
}

export function buildHospital(site: Site): void {
  const frame = new RowFrame(site, site.slant)
  const wings: Wing[] = [
    ['门诊楼', 72, 40, 'comb', 6],
    ['住院楼', 64, 20, 'cross', 17],
    ['医技楼', 46, 18, 'box', 5],
    ['行政楼', 34, 14, 'box', 5],
    ['感染科楼', 28, 14, 'angle', 3],
    ['职工宿舍', 40, 12, 'bays', 6],
  ]
  for (const wing of wings) placeWing(site, frame, wing)
  markHomes(site, '职工宿舍')
}

function markHomes(site: Site, name: string): void {
  for (const lot of site.lots) if (lot.name === name) lot.use = 'homes'
}

/** The station beside the railway, with hotels and shops on its other sides. */
export function buildStation(site: Site): void {
  const { random } = site
  const tracks = site.sides.filter(({ kind }) => kind === 'rail')
  for (const { points, halfWidthsM, setbackM } of tracks) {
    const [a, b] = [points[0]!, points.at(-1)!]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
    for (const [halfLength, halfDepth] of [
      [70, 19],
      [48, 15],
      [30, 12],
    ] as const) {
      const away = halfWidthsM[0]! + setbackM + halfDepth + 8
      const box = {
        x: (a[0] + b[0]) / 2 - uy * away,
        y: (a[1] + b[1]) / 2 + ux * away,
        ux,
        uy,
        halfLength,
        halfDepth,
      }
      if (site.place({ ...box, shape: 'box', use: 'public', floors: 3, name: '站房', door: null }, 10)) break
    }
  }
  buildFronts(site, {
    chances: { primary: 1, secondary: 1, tertiary: 0.8 },
    lengthM: [24, 46],
    depthM: [15, 22],
    gapM: [6, 12],
    lot: () => ({ shape: 'box', use: 'shops', floors: 3 + random.below(9) }),
  })
  buildRows(site, new RowFrame(site, site.slant), {
    depthM: 24,
    pitchM: 74,
    lengthM: { least: 24, wanted: 44, most: 56 },
    gapM: 34,
    asideM: 24,
    lot: () => ({ shape: 'box', use: 'public', floors: 4 + random.below(14) }),
  })
}
