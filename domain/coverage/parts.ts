import type { MultiPolygon, Polygon, Position, Ring } from '../geometry.ts'
import { doubleArea, side, toDegrees, toUnits } from './lattice.ts'
import type { Change, Problem } from './report.ts'

/** A grid as it is given and as it comes out: its code (or any other stable key) and its shape in degrees. */
export interface CoverageGrid {
  key: string
  geometry: MultiPolygon
}

/** A ring on the lattice, not closed: the first point is not repeated. */
export interface LatticeRing {
  xs: number[]
  ys: number[]
}

/** One polygon of a grid: outer ring and holes, in any direction; what lies in an odd number of them is inside. */
export interface Part {
  /** index into the sorted keys */
  key: number
  rings: LatticeRing[]
}

export interface Parts {
  /** sorted, each once */
  keys: string[]
  parts: Part[]
  changes: Change[]
  problems: Problem[]
}

/**
 * Reads grids onto the lattice. Several grids of one key are one grid. A ring with fewer than three different
 * points, or no area, is left out (and its polygon with it, where it is the outer one).
 */
export function readParts(grids: readonly CoverageGrid[]): Parts {
  const keys = [...new Set(grids.map(({ key }) => key))].sort()
  const indexOf = new Map(keys.map((key, index) => [key, index]))
  const result: Parts = { keys, parts: [], changes: [], problems: [] }
  const snapped = new Map<string, { at: Position; count: number }>()
  for (const { key, geometry } of grids) {
    for (const polygon of geometry) {
      const rings = polygon.map((ring) => readRing(key, ring, result, snapped))
      if (!rings[0]) continue
      result.parts.push({ key: indexOf.get(key)!, rings: rings.filter((ring) => ring !== null) })
    }
  }
  for (const [key, { at, count }] of snapped) result.changes.push({ kind: 'snapped', keys: [key], at, count })
  return result
}

/** A polygon that is on the lattice already. */
export function partOf(key: number, polygon: Polygon): Part {
  const rings = polygon.map((ring) => {
    const open = ring.slice(0, -1)
    return { xs: open.map(([lng]) => toUnits(lng)), ys: open.map(([, lat]) => toUnits(lat)) }
  })
  return { key, rings }
}

function readRing(
  key: string,
  ring: Ring,
  { changes, problems }: Parts,
  snapped: Map<string, { at: Position; count: number }>,
): LatticeRing | null {
  const bad = ring.find((position) => !isOnEarth(position))
  if (bad || ring.length === 0) {
    const at: Position = bad?.every(Number.isFinite) ? [bad[0], bad[1]] : (ring.find(isOnEarth) ?? [0, 0])
    problems.push({ kind: 'invalid-ring', keys: [key], at, areaM2: 0, widthM: 0 })
    return null
  }
  const [xs, ys]: [number[], number[]] = [[], []]
  ring.forEach(([lng, lat], i) => {
    const [x, y] = [toUnits(lng), toUnits(lat)]
    const at: Position = [toDegrees(x), toDegrees(y)]
    const closes = i === ring.length - 1 && x === xs[0] && y === ys[0]
    if (closes && i > 0) return
    if (at[0] !== lng || at[1] !== lat) {
      const known = snapped.get(key)
      if (known) known.count++
      else snapped.set(key, { at, count: 1 })
    }
    if (x === xs.at(-1) && y === ys.at(-1))
      changes.push({ kind: 'duplicate-vertex-removed', keys: [key], at })
    else {
      xs.push(x)
      ys.push(y)
    }
  })
  // the ring may also have closed one vertex before its closing one
  while (xs.length > 1 && xs[0] === xs.at(-1) && ys[0] === ys.at(-1)) {
    changes.push({
      kind: 'duplicate-vertex-removed',
      keys: [key],
      at: [toDegrees(xs.pop()!), toDegrees(ys.pop()!)],
    })
  }
  if (xs.length >= 3 && enclosesSomething(xs, ys)) return { xs, ys }
  changes.push({ kind: 'ring-repaired', keys: [key], at: [toDegrees(xs[0]!), toDegrees(ys[0]!)] })
  return null
}

function isOnEarth([lng, lat]: Position): boolean {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90
}

/** Not so for a line walked to and fro; a figure of eight with equal loops has no area either, but encloses two. */
function enclosesSomething(xs: number[], ys: number[]): boolean {
  return doubleArea(xs, ys) !== 0 || xs.some((x, i) => side(xs[0]!, ys[0]!, xs[1]!, ys[1]!, x, ys[i]!) !== 0)
}
