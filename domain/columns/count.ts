import { INTAKES, LEVELS, STATUSES } from '../incident.ts'
import type { Facet } from './facets.ts'
import type { Selection } from './filter.ts'

/** Cases by number in dictionaries.grids; [0] counts those outside all grids. */
export function countByGrid({ columns, start, end, facet, grid }: Selection): Uint32Array {
  const bins = columns.dictionaries.grids.length
  const counts = facet
    ? countPassing(columns.grid, bins, columns.facet, facet, start, end)
    : countAll(columns.grid, bins, start, end)
  return keepPassing(counts, grid)
}

/** Cases by number in dictionaries.categories. */
export function countByCategory(selection: Selection): Uint32Array {
  return foldFacets(selection, selection.columns.dictionaries.categories.length, ({ category }) => category)
}

/** Cases by number in dictionaries.departments; [0] counts those of no department. */
export function countByDepartment(selection: Selection): Uint32Array {
  return foldFacets(
    selection,
    selection.columns.dictionaries.departments.length,
    ({ department }) => department,
  )
}

/** Cases in the order of STATUSES. */
export function countByStatus(selection: Selection): Uint32Array {
  return foldFacets(selection, STATUSES.length, ({ status }) => STATUSES.indexOf(status))
}

/** Cases in the order of LEVELS. */
export function countByLevel(selection: Selection): Uint32Array {
  return foldFacets(selection, LEVELS.length, ({ level }) => LEVELS.indexOf(level))
}

/** Cases in the order of INTAKES. */
export function countByIntake(selection: Selection): Uint32Array {
  return foldFacets(selection, INTAKES.length, ({ intake }) => INTAKES.indexOf(intake))
}

function foldFacets(selection: Selection, bins: number, binOf: (facet: Facet) => number): Uint32Array {
  const folded = new Uint32Array(bins)
  const counts = countByFacet(selection)
  selection.columns.facets.all().forEach((facet, number) => {
    folded[binOf(facet)]! += counts[number]!
  })
  return folded
}

function countByFacet({ columns, start, end, facet, grid }: Selection): Uint32Array {
  const bins = columns.facets.size
  const counts = grid
    ? countFacetsPassing(columns.facet, bins, columns.grid, grid, start, end)
    : countAllFacets(columns.facet, bins, start, end)
  return keepPassing(counts, facet)
}

/** A condition on the very thing that is counted by need not be looked up case by case. */
function keepPassing(counts: Uint32Array, passing: Uint8Array | null): Uint32Array {
  if (passing) for (let number = 0; number < counts.length; number++) counts[number]! *= passing[number]!
  return counts
}

// The loops below look alike and are kept apart, unrolled and free of branches on purpose: each sees arrays
// of one type only, and a random pass or fail costs an addition instead of a misprediction. Measured on 10 M
// cases: one loop for all 77 ms, these 9 to 19 ms, as they stand but not unrolled 17 to 29 ms.

function countAll(keys: Uint16Array, bins: number, start: number, end: number): Uint32Array {
  const counts = new Uint32Array(bins)
  let row = start
  for (; row + 3 < end; row += 4) {
    counts[keys[row]!]! += 1
    counts[keys[row + 1]!]! += 1
    counts[keys[row + 2]!]! += 1
    counts[keys[row + 3]!]! += 1
  }
  for (; row < end; row++) counts[keys[row]!]! += 1
  return counts
}

function countPassing(
  keys: Uint16Array,
  bins: number,
  facets: Uint32Array,
  passing: Uint8Array,
  start: number,
  end: number,
): Uint32Array {
  const counts = new Uint32Array(bins)
  let row = start
  for (; row + 3 < end; row += 4) {
    counts[keys[row]!]! += passing[facets[row]!]!
    counts[keys[row + 1]!]! += passing[facets[row + 1]!]!
    counts[keys[row + 2]!]! += passing[facets[row + 2]!]!
    counts[keys[row + 3]!]! += passing[facets[row + 3]!]!
  }
  for (; row < end; row++) counts[keys[row]!]! += passing[facets[row]!]!
  return counts
}

function countAllFacets(keys: Uint32Array, bins: number, start: number, end: number): Uint32Array {
  const counts = new Uint32Array(bins)
  let row = start
  for (; row + 3 < end; row += 4) {
    counts[keys[row]!]! += 1
    counts[keys[row + 1]!]! += 1
    counts[keys[row + 2]!]! += 1
    counts[keys[row + 3]!]! += 1
  }
  for (; row < end; row++) counts[keys[row]!]! += 1
  return counts
}

function countFacetsPassing(
  keys: Uint32Array,
  bins: number,
  grids: Uint16Array,
  passing: Uint8Array,
  start: number,
  end: number,
): Uint32Array {
  const counts = new Uint32Array(bins)
  let row = start
  for (; row + 3 < end; row += 4) {
    counts[keys[row]!]! += passing[grids[row]!]!
    counts[keys[row + 1]!]! += passing[grids[row + 1]!]!
    counts[keys[row + 2]!]! += passing[grids[row + 2]!]!
    counts[keys[row + 3]!]! += passing[grids[row + 3]!]!
  }
  for (; row < end; row++) counts[keys[row]!]! += passing[grids[row]!]!
  return counts
}

/** Cases of the selection. */
export function total({ columns, start, end, facet, grid }: Selection): number {
  const { facet: facets, grid: grids } = columns
  let count = 0
  if (facet && grid) {
    for (let row = start; row < end; row++) count += facet[facets[row]!]! & grid[grids[row]!]!
  } else if (facet) {
    for (let row = start; row < end; row++) count += facet[facets[row]!]!
  } else if (grid) {
    for (let row = start; row < end; row++) count += grid[grids[row]!]!
  } else {
    count = end - start
  }
  return count
}
