import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { PairIndex } from '../../domain/coverage/pair-index.ts'

/** What the heatmap is drawn from, as the attributes deck.gl uploads. */
export interface HeatData {
  length: number
  attributes: {
    /** longitude, latitude in degrees, two a case */
    getPosition: { value: Float64Array; size: 2 }
    getWeight: { value: Float32Array; size: 1 }
  }
}

/**
 * Positions and weights of these cases. HeatmapLayer draws nothing with a filter extension, so it gets exactly
 * the cases to draw.
 * @param weights by row, see `placeWeights`
 */
export function heatData(columns: IncidentColumns, rows: Uint32Array, weights: Float32Array): HeatData {
  const position = new Float64Array(rows.length * 2)
  const weight = new Float32Array(rows.length)
  const { lngE7, latE7 } = columns
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    position[2 * index] = lngE7[row]! / 1e7
    position[2 * index + 1] = latE7[row]! / 1e7
    weight[index] = weights[row]!
  }
  return {
    length: rows.length,
    attributes: { getPosition: { value: position, size: 2 }, getWeight: { value: weight, size: 1 } },
  }
}

/** As much of one place as counts: the rest would make everywhere else look empty. */
const MOST_AT_ONE_PLACE = 60

/**
 * The weight of every case: 1, or less where more than 60 share one very position (a default address that
 * thousands of cases were filed under), so that a place weighs 60 at most.
 */
export function placeWeights({ length, lngE7, latE7 }: IncidentColumns): Float32Array {
  const places = new PairIndex()
  const placeOf = new Int32Array(length)
  const counts: number[] = []
  for (let row = 0; row < length; row++) {
    const place = places.add(lngE7[row]!, latE7[row]!)
    placeOf[row] = place
    counts[place] = (counts[place] ?? 0) + 1
  }
  const weights = new Float32Array(length)
  for (let row = 0; row < length; row++) {
    weights[row] = Math.min(1, MOST_AT_ONE_PLACE / counts[placeOf[row]!]!)
  }
  return weights
}
