import type { Bbox } from '../../domain/geometry.ts'
import type { Day } from '../../domain/local-day.ts'
import type { Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

export type CountedTable = 'areas' | 'grids' | 'buildings' | 'incidents'

const COUNTS: Record<CountedTable, string> = {
  areas: `SELECT count(*) AS n FROM areas WHERE code ^@ ANY ($1::text[])`,
  grids: `SELECT count(*) AS n
            FROM grids
           WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
             AND area_code ^@ ANY ($1::text[])`,
  buildings: `SELECT count(*) AS n FROM buildings WHERE area_code ^@ ANY ($1::text[])`,
  incidents: `SELECT count(*) AS n FROM incidents WHERE area_code ^@ ANY ($1::text[])`,
}

/** `day`: when grids must be in force to be counted. */
export async function countRows(db: Queryable, table: CountedTable, scope: Scope, day: Day): Promise<number> {
  const { rows } = await db.query<{ n: number }>(COUNTS[table], table === 'grids' ? [scope, day] : [scope])
  return rows[0]!.n
}

/**
 * West, south, east, north of the grids in force on `day`, degrees; null without grids. A district spans less than a few
 * degrees: where the database holds places further apart, the one with the newest case is meant.
 */
export async function gridsExtent(db: Queryable, scope: Scope, day: Day): Promise<Bbox | null> {
  const { rows } = await db.query<{ west: number | null; south: number; east: number; north: number }>(
    `WITH newest AS (
       SELECT ST_Expand(geom, 2) AS surroundings
         FROM incidents
        WHERE grid_now IS NOT NULL AND area_code ^@ ANY ($1::text[])
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
    [scope, day],
  )
  const { west, south, east, north } = rows[0]!
  return west === null ? null : [west, south, east, north]
}

/** Time of the first and of the last case; null without cases. */
export async function incidentSpan(db: Queryable, scope: Scope): Promise<{ from: Date; to: Date } | null> {
  const { rows } = await db.query<{ from: Date | null; to: Date }>(
    `SELECT (SELECT reported_at FROM incidents WHERE area_code ^@ ANY ($1::text[])
              ORDER BY reported_at, id LIMIT 1) AS "from",
            (SELECT reported_at FROM incidents WHERE area_code ^@ ANY ($1::text[])
              ORDER BY reported_at DESC, id DESC LIMIT 1) AS "to"`,
    [scope],
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

/** Whether the demo district was made here. */
export async function isDemoDistrict(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ demo: boolean }>('SELECT EXISTS (SELECT 1 FROM demo_district) AS demo')
  return rows[0]!.demo
}
