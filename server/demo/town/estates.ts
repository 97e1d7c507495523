import { blob } from './curves.ts'
import { buildFronts } from './fronts.ts'
import { buildRows, RowFrame } from './rows.ts'
import type { Lot, Site } from './site.ts'
import type { Point } from './warp.ts'

/** Rows face south: they follow the streets only as far as these are near enough to east and west. */
const MOST_SLANT = (38 * Math.PI) / 180

function rowAngle(site: Site): number {
  return Math.abs(site.slant) <= MOST_SLANT ? site.slant : site.random.between(-0.09, 0.09)
}

/** Seven floors or fewer in tight rows with lanes between, shops along the streets. */
export function buildOldEstate(site: Site, floorAreaM2: number, services: readonly string[]): void {
  const { random } = site
  const frame = new RowFrame(site, rowAngle(site))
  drawSpine(site, frame, 2.5)
  buildFronts(site, {
    chances: { primary: 1, secondary: 0.95, tertiary: 0.7, lane: 0.25 },
    lengthM: [10, 27],
    depthM: [9, 12.5],
    gapM: [1.5, 4],
    lot: () => ({ shape: 'box', use: 'shops', floors: random.chance(0.3) ? 6 : 2 + random.below(3) }),
  })
  const depthM = random.between(10, 12)
  buildRows(site, frame, {
    depthM,
    pitchM: depthM + random.between(10.5, 14.5),
    lengthM: { least: 16, wanted: random.between(34, 58), most: 72 },
    gapM: random.between(4, 6.5),
    lot: () => ({ shape: 'bays', use: 'homes', floors: 0 }),
  })
  raise(
    site,
    site.lots.filter(({ use }) => use === 'homes'),
    floorAreaM2,
    [4, 7],
  )
  fillCorners(site, frame, services)
}

/** Low houses wall to wall in short rows, shops on every street. */
export function buildOldTown(site: Site): void {
  const { random } = site
  const frame = new RowFrame(site, rowAngle(site))
  drawSpine(site, frame, 2)
  buildFronts(site, {
    chances: { primary: 1, secondary: 1, tertiary: 1, lane: 0.9 },
    lengthM: [7, 16],
    depthM: [8, 11],
    gapM: [0.8, 2.5],
    lot: () => ({
      shape: random.chance(0.2) ? 'angle' : 'box',
      use: 'shops',
      floors: 2 + random.below(4),
    }),
  })
  const depthM = random.between(7, 8.6)
  buildRows(site, frame, {
    depthM,
    pitchM: depthM + random.between(3.2, 4.6),
    lengthM: { least: 8, wanted: random.between(9.5, 13.5), most: 19 },
    gapM: random.between(1, 1.8),
    lot: () => ({
      shape: random.chance(0.25) ? 'angle' : 'box',
      use: 'homes',
      floors: 2 + (random.chance(0.5) ? 1 : 0) + (random.chance(0.08) ? 2 : 0),
    }),
  })
}

/** South-facing slabs or towers in wide rows with green between, as high as the floor area asks for. */
export function buildNewEstate(site: Site, floorAreaM2: number, services: readonly string[]): void {
  const { random } = site
  const frame = new RowFrame(site, rowAngle(site))
  const width = frame.p[1] - frame.p[0]
  if (width > 110) drawSpine(site, frame, 3.5)
  if (site.openM2 > 13_000 && random.chance(0.75)) layOutGarden(site, frame)
  buildFronts(site, {
    chances: { primary: 0.95, secondary: 0.85, tertiary: 0.55, lane: 0.22 },
    lengthM: [12, 30],
    depthM: [10, 13],
    gapM: [3, 7],
    lot: () => ({ shape: 'box', use: 'shops', floors: 1 + random.below(3) }),
  })
  const density = (floorAreaM2 / site.openM2) * random.between(0.85, 1.15)
  const first = site.lots.length
  if (density > 2.1) buildTowers(site, frame)
  else if (density > 1.45) buildPointBlocks(site, frame)
  else buildSlabs(site, frame)
  fillWithPointBlocks(site, frame)
  raise(site, site.lots.slice(first), floorAreaM2, [6, 34])
  fillCorners(site, frame, services)
}

function buildTowers(site: Site, frame: RowFrame): void {
  const { random } = site
  const depthM = random.between(17, 21)
  buildRows(site, frame, {
    depthM,
    pitchM: depthM + random.between(30, 40),
    lengthM: { least: 22, wanted: random.between(27, 34), most: 36 },
    gapM: random.between(15, 22),
    lot: () => ({ shape: 'cross', use: 'homes', floors: 0 }),
  })
}

function buildPointBlocks(site: Site, frame: RowFrame): void {
  const { random } = site
  const depthM = random.between(14, 16.5)
  buildRows(site, frame, {
    depthM,
    pitchM: depthM + random.between(24, 30),
    lengthM: { least: 20, wanted: random.between(32, 44), most: 48 },
    gapM: random.between(9, 13),
    lot: () => ({ shape: random.chance(0.4) ? 'cross' : 'bays', use: 'homes', floors: 0 }),
  })
}

function buildSlabs(site: Site, frame: RowFrame): void {
  const { random } = site
  const depthM = random.between(12, 14)
  buildRows(site, frame, {
    depthM,
    pitchM: depthM + random.between(17, 22),
    lengthM: { least: 20, wanted: random.between(38, 62), most: 70 },
    gapM: random.between(7, 10),
    lot: () => ({ shape: 'bays', use: 'homes', floors: 0 }),
  })
}

/** Single blocks in the corners where rows found no room. */
function fillWithPointBlocks(site: Site, frame: RowFrame): void {
  buildRows(site, frame, {
    depthM: 15,
    pitchM: 36,
    lengthM: { least: 18, wanted: 22, most: 26 },
    gapM: 13,
    asideM: 13,
    lot: () => ({ shape: 'cross', use: 'homes', floors: 0 }),
  })
}

/** Gives homes so many floors that they hold the floor area, higher towards the north. */
function raise(
  site: Site,
  homes: readonly Lot[],
  floorAreaM2: number,
  [least, most]: [number, number],
): void {
  const ground = homes.reduce((sum, lot) => sum + 4 * lot.halfLength * lot.halfDepth, 0)
  const norths = homes.map((lot) => lot.y)
  const [south, north] = [Math.min(...norths), Math.max(...norths)]
  for (const lot of homes) {
    const share = north > south ? (lot.y - south) / (north - south) : 0.5
    const floors = (floorAreaM2 / ground) * (0.84 + 0.32 * share) * site.random.between(0.93, 1.07)
    lot.floors = Math.round(Math.min(Math.max(floors, least), most))
  }
}

/** Green with a pond or a pitch in the middle of an estate. */
function layOutGarden(site: Site, frame: RowFrame): void {
  const { random } = site
  const [p, q] = [random.between(-12, 12), random.between(-10, 10)]
  const [a, b] = [random.between(17, 30), random.between(12, 19)]
  const isClear = site.fits(frame.box(p, q, a, b), 4)
  if (!isClear) return
  site.addGround('grass', blob(frame, p, q, a, b, 20, random.between(0, 6)), 4)
  if (random.chance(0.4)) {
    site.addGround('pond', blob(frame, p, q, a * 0.5, b * 0.45, 16, random.between(0, 6)), 4)
  }
}

/** A lane across the rows from street to street. */
function drawSpine(site: Site, frame: RowFrame, halfWidthM: number): void {
  const { random } = site
  const p = (frame.p[1] - frame.p[0]) * (random.chance(0.5) ? 1 : -1) * random.between(0.08, 0.2)
  const start = frame.toPoint(p, 0)
  if (!site.isClear({ x: start[0], y: start[1], ux: 1, uy: 0, halfLength: 2, halfDepth: 2 })) return
  const ends = [1, -1].map((sign) => site.firstMeeting(start, [-frame.uy * sign, frame.ux * sign]))
  const [north, south] = ends
  if (!north || !south) return
  const points = [south, north].map(({ at, side }, i): Point => {
    const isOpen = ['primary', 'secondary', 'tertiary', 'lane'].includes(side.kind)
    if (isOpen) return at
    const back = (side.halfWidthsM[0]! + 6) * (i === 0 ? 1 : -1)
    return [at[0] - frame.uy * back, at[1] + frame.ux * back]
  })
  site.addLine('service', points, halfWidthM + 2)
}

/** A kindergarten, a store, a shed where the rows left room. */
function fillCorners(site: Site, frame: RowFrame, services: readonly string[]): void {
  const { random } = site
  let service: string | null = random.chance(0.6) ? random.pick(services) : null
  for (let attempt = 0; attempt < 26; attempt++) {
    const isLarge = attempt < 5
    const p = random.between(...frame.p)
    const q = random.between(...frame.q)
    const [length, depth] = isLarge
      ? [random.between(18, 30), random.between(12, 18)]
      : [random.between(7, 14), random.between(5, 9)]
    const box = random.chance(0.5)
      ? frame.box(p, q, length / 2, depth / 2)
      : frame.box(p, q, depth / 2, length / 2)
    const shape = isLarge ? 'angle' : 'box'
    const name = isLarge ? service : null
    const floors = isLarge ? 2 + random.below(2) : 1
    const isPlaced = site.place({ ...box, shape, use: 'public', floors, name, door: null }, 5)
    if (isPlaced && isLarge) service = null
  }
}
