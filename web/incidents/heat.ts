import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { PairIndex } from '../../domain/coverage/pair-index.ts'

/** What the heatmap is drawn from, as the attributes deck.gl uploads. */
export interface HeatData {
  length: number
  attributes: {
    /** longitude, latitude in degrees, two a place */
    getPosition: { value: Float64Array; size: 2 }
    getWeight: { value: Float32Array; size: 1 }
  }
}

/** As much of one place as counts: the rest would make everywhere else look empty. */
export const MOST_AT_ONE_PLACE = 60

/**
 * The places of these cases, weighed by how many of them stand there, 60 at most (a default address that
 * thousands were filed under). One entry a place and not one a case: shares of a case would be lost where the
 * graphics card adds in eight bits. HeatmapLayer draws nothing with a filter extension, so it gets exactly
 * what passes the filters.
 */
export function heatData(columns: IncidentColumns, rows: Uint32Array): HeatData {
  const { lngE7, latE7 } = columns
  const places = new PairIndex()
  const counts: number[] = []
  for (const row of rows) {
    const place = places.add(lngE7[row]!, latE7[row]!)
    counts[place] = (counts[place] ?? 0) + 1
  }
  const position = new Float64Array(counts.length * 2)
  for (let place = 0; place < counts.length; place++) {
    position[2 * place] = places.a(place) / 1e7
    position[2 * place + 1] = places.b(place) / 1e7
  }
  const weight = Float32Array.from(counts, (count) => Math.min(MOST_AT_ONE_PLACE, count))
  return {
    length: counts.length,
    attributes: { getPosition: { value: position, size: 2 }, getWeight: { value: weight, size: 1 } },
  }
}
