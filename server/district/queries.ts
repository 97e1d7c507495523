import type { Bbox } from '../../domain/geometry.ts'
import type { Day } from '../../domain/local-day.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

export type CountedTable = 'areas' | 'grids' | 'buildings' | 'incidents'

const COUNTS: Record<CountedTable, string> = {
  areas: `SELECT count(*) AS n FROM areas WHERE code ^@ ANY ($1::text[])`,
  grids: `SELECT count(*) AS n
            FROM grids
           WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
             AND area_code ^@ ANY ($1::text[])`,
  buildings: `SELECT count(*) AS n FROM buildings WHERE area_code ^@ ANY ($1::text[])`,
  incidents: `SELECT count(*) AS n FROM incidents
               WHERE area_code ^@ ANY ($1::text[]) AND ($2::text IS NULL OR department_code = $2)`,
}

/** `day`: when grids must be in force to be counted. */
export async function countRows(
  db: Queryable,
  table: CountedTable,
  { areas, departmentCode }: CaseScope,
  day: Day,
): Promise<number> {
  const besides: Record<CountedTable, (string | null)[]> = {
    areas: [],
    grids: [day],
    buildings: [],
    incidents: [departmentCode],
  }
  const { rows } = await db.query<{ n: number }>(COUNTS[table], [areas, ...besides[table]])
  return rows[0]!.n
}

/**
 * West, south, east, north of the grids in force on `day`, degrees; null without grids. A district spans less than a few
 * degrees: where the database holds places further apart, the one with the newest case is meant.
 */
export async function gridsExtent(db: Queryable, scope: CaseScope, day: Day): Promise<Bbox | null> {
  const { rows } = await db.query<{ west: number | null; south: number; east: number; north: number }>(
    `WITH newest AS (
       SELECT ST_Expand(geom, 2) AS surroundings
         FROM incidents
        WHERE grid_now IS NOT NULL AND area_code ^@ ANY ($1::text[])
          AND ($3::text IS NULL OR department_code = $3)
        ORDER BY reported_at DESC, id DESC
        LIMIT 1
     ), extent AS (
       SELECT ST_Extent(geom) AS everything,
              ST_Extent(geom) FILTER (WHERE geom && (SELECT surroundings FROM newest)) AS around_newest
         FROM grids
        WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
          AND area_code ^@ ANY ($1::text[])
     ), chosen AS (
       SELECT coalesce(around_newest, everything) AS box FROM extent
     )
     SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
       FROM chosen`,
    [scope.areas, day, scope.departmentCode],
  )
  const { west, south, east, north } = rows[0]!
  return west === null ? null : [west, south, east, north]
}

/** Time of the first and of the last case; null without cases. */
export async function incidentSpan(
  db: Queryable,
  scope: CaseScope,
): Promise<{ from: Date; to: Date } | null> {
  const { rows } = await db.query<{ from: Date | null; to: Date }>(
    `SELECT (SELECT reported_at FROM incidents
              WHERE area_code ^@ ANY ($1::text[]) AND ($2::text IS NULL OR department_code = $2)
              ORDER BY reported_at, id LIMIT 1) AS "from",
            (SELECT reported_at FROM incidents
              WHERE area_code ^@ ANY ($1::text[]) AND ($2::text IS NULL OR department_code = $2)
              ORDER BY reported_at DESC, id DESC LIMIT 1) AS "to"`,
    [scope.areas, scope.departmentCode],
  )
  const { from, to } = rows[0]!
  return from === null ? null : { from, to }
}

export async function attributions(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ attribution: string }>(
    `SELECT DISTINCT attribution FROM imports
      WHERE state = 'done' AND attribution IS NOT NULL
      ORDER BY attribution`,
  )
  return rows.map((row) => row.attribution)
}

/** Whether the demo district was made here, and whether anything was imported beside it. */
export async function demoState(db: Queryable): Promise<{ demo: boolean; demoMixed: boolean }> {
  const { rows } = await db.query<{ demo: boolean; demoMixed: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM demo_district) AS demo,
            EXISTS (SELECT 1 FROM demo_district, imports
                     WHERE state = 'done' AND kind IN ('areas', 'grids', 'buildings', 'incidents')) AS "demoMixed"`,
  )
  return rows[0]!
}
