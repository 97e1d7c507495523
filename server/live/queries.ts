import type { LiveCase } from '../../domain/live/live-case.ts'
import type { Queryable } from '../database/database.ts'

/** Seconds since 1970 as the columns hold them: 0 for none, within 1970-01-01T00:00:01Z and 2106-02-07. */
const SECOND = (time: string) =>
  `CASE WHEN ${time} IS NULL THEN 0 ELSE floor(greatest(1, least(4294967295, date_part('epoch', ${time}))))::bigint END`

/** The cases `ids` as they are now, whoever may see them; those that are gone are left out. */
export async function liveCases(db: Queryable, ids: readonly number[]): Promise<LiveCase[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<LiveCase>(
    `SELECT id, round(ST_X(geom) * 1e7)::int AS "lngE7", round(ST_Y(geom) * 1e7)::int AS "latE7",
            floor(date_part('epoch', reported_at))::bigint AS "reportedAt",
            ${SECOND('due_at')} AS "dueAt", ${SECOND('closed_at')} AS "closedAt", category_code AS category,
            coalesce(grid_now, '') AS grid, area_code AS area, coalesce(department_code, '') AS department, status,
            level, intake
       FROM incidents
      WHERE id = ANY ($1::bigint[])
      ORDER BY id`,
    [ids],
  )
  return rows
}
