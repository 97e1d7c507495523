import type { IncidentFilter } from '../../domain/incident-filter.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'
import { MATCHING_INCIDENTS, matchingIncidents } from '../database/matching-incidents.ts'

/** Cases by the grid they stand in; '' holds those outside all grids. What the columns must agree with. */
export async function countByGridInSql(
  db: Queryable,
  scope: CaseScope,
  filter: IncidentFilter,
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ grid: string; count: number }>(
    `SELECT coalesce(grid_now, '') AS grid, count(*) AS count
       FROM ${MATCHING_INCIDENTS}
      GROUP BY 1`,
    matchingIncidents(scope, filter),
  )
  return new Map(rows.map(({ grid, count }) => [grid, count]))
}
