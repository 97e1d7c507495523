import type { Selection } from './filter.ts'
import type { IncidentColumns } from './incident-columns.ts'

/** The lookups of a selection, one that all numbers pass in place of none: for loops over both. */
export function bothLookups({ columns, facet, grid }: Selection): { facet: Uint8Array; grid: Uint8Array } {
  return {
    facet: facet ?? new Uint8Array(columns.facets.size).fill(1),
    grid: grid ?? new Uint8Array(columns.dictionaries.grids.length).fill(1),
  }
}

/** The rows of the selection, ascending. */
export function selectRows(selection: Selection): Uint32Array {
  const { start, end } = selection
  const { facet: facets, grid: grids } = selection.columns
  const { facet, grid } = bothLookups(selection)
  const rows = new Uint32Array(end - start)
  let count = 0
  for (let row = start; row < end; row++) {
    rows[count] = row
    count += facet[facets[row]!]! & grid[grids[row]!]!
  }
  return rows.subarray(0, count)
}

/**
 * 1 for each row of the selection's span that passes, 0 for the others: the weights of a heat map whose
 * positions are the span's. `into` is filled when it is long enough, so that a brush allocates nothing.
 */
export function weights(selection: Selection, into?: Float32Array): Float32Array {
  const { start, end } = selection
  const { facet: facets, grid: grids } = selection.columns
  const { facet, grid } = bothLookups(selection)
  const length = end - start
  const result = into && into.length >= length ? into.subarray(0, length) : new Float32Array(length)
  for (let row = start; row < end; row++) {
    result[row - start] = facet[facets[row]!]! & grid[grids[row]!]!
  }
  return result
}

/**
 * lng, lat, lng, lat, ... in degrees of all rows. Made once for the columns: a time span is then
 * `positions.subarray(2 * start, 2 * end)`.
 */
export function positionsOf(columns: IncidentColumns): Float64Array {
  const { lngE7, latE7, length } = columns
  const positions = new Float64Array(2 * length)
  for (let row = 0; row < length; row++) {
    positions[2 * row] = lngE7[row]! / 1e7
    positions[2 * row + 1] = latE7[row]! / 1e7
  }
  return positions
}
