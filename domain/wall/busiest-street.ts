import type { IncidentColumns } from '../columns/incident-columns.ts'
import { groupsOf, type RankingPlaces } from './ranking.ts'

/**
 * Code of the street with the most open cases; '': no street is seen, as on a screen of one community, or none has an
 * open case.
 * @param columns of open cases
 */
export function busiestStreet(columns: IncidentColumns, places: RankingPlaces): string {
  const rows = Uint32Array.from({ length: columns.length }, (_, row) => row)
  const streets = groupsOf('street', columns, rows, 0, places).filter(({ tally }) => tally.open > 0)
  streets.sort((a, b) => b.tally.open - a.tally.open || (a.code < b.code ? -1 : 1))
  return streets[0]?.code ?? ''
}
