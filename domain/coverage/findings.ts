import { arrange } from './arrange.ts'
import { type CoverageGrid, readParts } from './parts.ts'
import { findRegions, measure } from './regions.ts'
import { type Problem, sortProblems } from './report.ts'
import { problemOf } from './settle.ts'

/**
 * Every gap (an uncovered region enclosed by grids) and overlap of a coverage however small, the largest
 * first, and the rings that are none. Empty: no gaps, no overlaps. Coordinates are read on the lattice.
 * O((n + k) log n) for n vertices and k meetings of borders.
 */
export function findCoverageProblems(grids: readonly CoverageGrid[]): Problem[] {
  const { keys, parts, problems } = readParts(grids)
  const arrangement = arrange(parts)
  const { faceKeys } = arrangement
  const regions = findRegions(arrangement, faceKeys, (face) => faceKeys[face]!.length !== 1)
  const found = regions.map((region) => problemOf(arrangement, keys, region, measure(arrangement, region)))
  return sortProblems([...problems, ...found])
}
