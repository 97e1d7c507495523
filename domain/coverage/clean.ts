import type { MultiPolygon, Position } from '../geometry.ts'
import { type Arrangement, arrange, type Bridge } from './arrange.ts'
import { findBridges } from './bridge.ts'
import { dissolve } from './dissolve.ts'
import { toDegrees } from './lattice.ts'
import { PairIndex } from './pair-index.ts'
import { type CoverageGrid, type Part, partOf, readParts } from './parts.ts'
import { type Change, type Problem, sortChanges, sortProblems } from './report.ts'
import { type Settlement, type SliverLimits, settle } from './settle.ts'

export interface Cleaned {
  /** by key; without the grids that have no area */
  coverage: CoverageGrid[]
  /** everything that was done, by kind, key and place */
  changes: Change[]
  /** what was left as it is, the largest first; none: no gaps, no overlaps */
  problems: Problem[]
}

/** A pass opens new slivers only in crowded corners: three are usual. The result is a coverage after any. */
const MAX_PASSES = 20

/**
 * Makes a coverage of grids as real life draws them: coordinates on the lattice of 1e-7 degree, crossings and
 * missing vertices added, so that neighbours share borders vertex by vertex; gaps, overlaps and open cracks
 * narrower than the tolerance closed. A wider gap (an uncovered region enclosed by grids) or overlap is left
 * and reported. Cleaning what is clean changes nothing, and the order of the input does not matter.
 *
 * Grids must not reach across the 180th meridian.
 *
 * O((n + k) log n) for n vertices and k meetings of borders, a few times over.
 */
export function cleanCoverage(grids: readonly CoverageGrid[], limits: SliverLimits): Cleaned {
  const { keys, parts, changes: first, problems } = readParts(grids)
  let changes = first
  let pass = cleanOnce(keys, parts, [], limits)
  for (let count = 1; count < MAX_PASSES; count++) {
    changes = changes.concat(pass.changes)
    const cleaned = pass.shapes.flatMap((shape, key) => shape.map((polygon) => partOf(key, polygon)))
    const bridges = pass.changes.length === 0 ? findBridges(pass, cleaned, keys, limits) : []
    if (pass.changes.length === 0 && bridges.length === 0) break
    pass = cleanOnce(keys, cleaned, bridges, limits)
  }
  const coverage = keys.map((key, index) => ({ key, geometry: pass.shapes[index]! }))
  return {
    coverage: coverage.filter(({ geometry }) => geometry.length > 0),
    changes: sortChanges(changes),
    problems: sortProblems([...problems, ...pass.problems, ...lost(coverage, grids)]),
  }
}

interface Pass extends Settlement {
  arrangement: Arrangement
  /** by key */
  shapes: MultiPolygon[]
}

function cleanOnce(
  keys: readonly string[],
  parts: readonly Part[],
  bridges: readonly Bridge[],
  limits: SliverLimits,
): Pass {
  const arrangement = arrange(parts, bridges)
  const settlement = settle(arrangement, keys, limits)
  return {
    ...settlement,
    arrangement,
    shapes: dissolve(arrangement, settlement.keysOfFace, keys.length),
    changes: [...noded(arrangement, parts, keys), ...settlement.changes],
  }
}

/** The vertices that noding added, one entry for all the grids that got it, and the rings it put right. */
function noded(arrangement: Arrangement, parts: readonly Part[], keys: readonly string[]): Change[] {
  const { vertices } = arrangement
  const place = (v: number): Position => [toDegrees(vertices.a(v)), toDegrees(vertices.b(v))]
  const addedTo = new Map<number, Set<number>>()
  const repaired: Change[] = []
  parts.forEach(({ key }, part) => {
    for (const v of arrangement.added[part]!) {
      const known = addedTo.get(v)
      if (known) known.add(key)
      else addedTo.set(v, new Set([key]))
    }
    const fault = ringFault(arrangement.rings[part]!)
    if (fault !== null) repaired.push({ kind: 'ring-repaired', keys: [keys[key]!], at: place(fault) })
  })
  const added = [...addedTo].map(([v, own]): Change => {
    return {
      kind: 'vertex-added',
      keys: [...own].sort((a, b) => a - b).map((key) => keys[key]!),
      at: place(v),
    }
  })
  return [...added, ...repaired]
}

/** A vertex that one ring passes twice, or where two rings of a polygon share a side; null: the rings are sound. */
function ringFault(rings: readonly (readonly number[])[]): number | null {
  for (const ring of rings) {
    const seen = new Set(ring)
    if (seen.size === ring.length) continue
    return ring.find((v) => !seen.delete(v)) ?? null
  }
  if (rings.length < 2) return null
  const sides = new PairIndex(rings.reduce((sum, ring) => sum + ring.length, 0))
  for (const ring of rings) {
    for (const [i, v] of ring.entries()) {
      const from = ring.at(i - 1)!
      const known = sides.size
      if (sides.add(Math.min(from, v), Math.max(from, v)) < known) return v
    }
  }
  return null
}

/** The grids of which nothing is left, or nothing was there. */
function lost(shapes: readonly CoverageGrid[], grids: readonly CoverageGrid[]): Problem[] {
  return shapes
    .filter(({ geometry }) => geometry.length === 0)
    .map(({ key }) => {
      const first = grids.find((grid) => grid.key === key)?.geometry[0]?.[0]?.[0]
      return { kind: 'no-area', keys: [key], at: first ? [first[0], first[1]] : [0, 0], areaM2: 0, widthM: 0 }
    })
}
