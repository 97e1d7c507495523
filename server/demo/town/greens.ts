import { besideLine, blob } from './curves.ts'
import { buildFronts } from './fronts.ts'
import { buildRows, RowFrame } from './rows.ts'
import type { Site, SiteLine } from './site.ts'
import type { Point } from './warp.ts'
import { layWay } from './ways.ts'

/** A lake, groves, paths round it and a few pavilions. */
export function buildPark(site: Site): void {
  const { random } = site
  const frame = new RowFrame(site, site.slant)
  const [width, height] = [frame.p[1] - frame.p[0], frame.q[1] - frame.q[0]]
  const phase = random.between(0, 6)
  const [p, q] = [random.between(-0.12, 0.12) * width, random.between(-0.12, 0.12) * height]
  const share = random.between(0.13, 0.22)
  site.addGround('lake', blob(frame, p, q, width * share, height * share, LAKE_CORNERS, phase), 7)
  const round = blob(frame, p, q, width * share + 20, height * share + 20, LAKE_CORNERS, phase)
  site.addLine('path', [...round, round[0]!], 4)
  for (const angle of [0.4, 1.9, 3.3, 5]) {
    const turn = angle + random.between(-0.3, 0.3)
    const start = round[Math.round((turn / (2 * Math.PI)) * LAKE_CORNERS) % LAKE_CORNERS]!
    const meeting = site.firstMeeting(start, [
      frame.ux * Math.cos(turn) - frame.uy * Math.sin(turn),
      frame.uy * Math.cos(turn) + frame.ux * Math.sin(turn),
    ])
    if (meeting) site.addLine('path', [start, meeting.at], 4)
  }
  plantGroves(site, frame, 7, [22, 60])
  scatter(site, frame, 16, ['水榭', '游客中心', '茶室', '盆景园', '文化馆', '亭'])
}

const LAKE_CORNERS = 48

/** Woods where nothing else is. */
function plantGroves(site: Site, frame: RowFrame, count: number, [least, most]: [number, number]): void {
  const { random } = site
  for (let i = 0; i < count * 4 && site.grounds.length < count; i++) {
    const [a, b] = [random.between(least, most), random.between(least, most) * 0.7]
    const [p, q] = [random.between(...frame.p), random.between(...frame.q)]
    if (!site.fits(frame.box(p, q, a * 1.25, b * 1.25), 6)) continue
    site.addGround('wood', blob(frame, p, q, a, b, 20, random.between(0, 6)), 3)
  }
}

function scatter(site: Site, frame: RowFrame, count: number, names: readonly string[]): void {
  const { random } = site
  let named = 0
  for (let i = 0; i < count; i++) {
    const size = random.between(4, 15)
    const [p, q] = [random.between(...frame.p), random.between(...frame.q)]
    const box = frame.box(p, q, size, size * random.between(0.5, 0.9))
    const name = names[named] ?? null
    const floors = 1 + random.below(2)
    if (site.place({ ...box, shape: 'box', use: 'public', floors, name, door: null }, 12)) named++
  }
}

/** Farmhouses in small groups, a temple, paths up. */
export function buildHill(site: Site): void {
  const { random } = site
  const frame = new RowFrame(site, random.between(-0.4, 0.4))
  drawTrail(site, frame, 'path', 3)
  drawTrail(site, frame, 'path', 3)
  if (random.chance(0.4)) scatter(site, frame, 2, [random.pick(['寺', '观景台', '电视塔', '茶场'])])
  for (let group = 0; group < 7; group++) buildHamlet(site, frame, 3 + random.below(8))
}

/** Fields with hamlets, greenhouses and groves between country lanes. */
export function buildField(site: Site): void {
  const { random } = site
  const frame = new RowFrame(site, site.slant)
  drawTrail(site, frame, 'service', 4)
  plantGroves(site, frame, 3, [18, 45])
  const [p, q] = [random.between(-0.3, 0.3) * frame.p[1], random.between(-0.3, 0.3) * frame.q[1]]
  const rows = 2 + random.below(6)
  for (let i = 0; i < 2 * rows; i++) {
    const box = frame.box(p + (i % 2) * 46, q + Math.floor(i / 2) * 11, 21, 4)
    site.place({ ...box, shape: 'box', use: 'works', floors: 1, name: null, door: null }, 1.5)
  }
  for (let group = 0; group < 12; group++) buildHamlet(site, frame, 4 + random.below(9))
}

/** Houses in a loose group somewhere. */
function buildHamlet(site: Site, frame: RowFrame, houses: number): void {
  const { random } = site
  const [p, q] = [random.between(...frame.p), random.between(...frame.q)]
  const angle = random.between(-0.5, 0.5)
  for (let i = 0; i < houses; i++) {
    const [x, y] = frame.toPoint(p + random.between(-38, 38), q + random.between(-26, 26))
    const turn = angle + random.between(-0.15, 0.15)
    site.place(
      {
        x,
        y,
        ux: Math.cos(turn),
        uy: Math.sin(turn),
        halfLength: random.between(5, 8),
        halfDepth: random.between(4, 5.5),
        shape: random.chance(0.3) ? 'angle' : 'box',
        use: 'house',
        floors: 1 + random.below(3),
        name: null,
        door: null,
      },
      3,
    )
  }
}

/** A winding way from border to border. */
function drawTrail(site: Site, frame: RowFrame, kind: SiteLine['kind'], clearM: number): void {
  const { random } = site
  const q = frame.q[0] + random.between(0.25, 0.75) * (frame.q[1] - frame.q[0])
  const phase = random.between(0, 6)
  const points: Point[] = []
  for (let p = frame.p[0]; p < frame.p[1]; p += 14) {
    points.push(frame.toPoint(p, q + 38 * Math.sin(p / 95 + phase) + 11 * Math.sin(p / 31)))
  }
  layWay(site, kind, points, clearM, 8)
}

/** A green along the water with a promenade, homes with a view of it along the street. */
export function buildRiverside(site: Site): void {
  const { random } = site
  const frame = new RowFrame(site, site.slant)
  for (const { kind, points, halfWidthsM } of site.sides) {
    if (kind !== 'river') continue
    const walk = besideLine(
      points,
      halfWidthsM.map((half) => half + PROMENADE_M),
    )
    // what is built may come as near to it as the trees beside it
    layWay(site, 'path', walk, 4, 2)
  }
  buildFronts(site, {
    chances: { primary: 0.6 },
    lengthM: [22, 44],
    depthM: [14, 18],
    gapM: [14, 30],
    lot: () => ({ shape: 'cross', use: 'homes', floors: 11 + random.below(17) }),
  })
  plantGroves(site, frame, 6, [10, 24])
  scatter(site, frame, 8, ['码头', '游船中心', '驿站'])
  if (random.chance(0.4)) {
    buildRows(site, frame, {
      depthM: 15,
      pitchM: 60,
      lengthM: { least: 24, wanted: 30, most: 36 },
      gapM: 34,
      lot: () => ({ shape: 'cross', use: 'homes', floors: 9 + random.below(14) }),
    })
  }
}

/** From the water's edge. */
const PROMENADE_M = 20
