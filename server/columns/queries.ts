import type { AreaPlace } from '../../domain/density/density-rows.ts'
import type { Day } from '../../domain/local-day.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

/** Between the fields of a case and between cases, in the texts below; no code holds a control character. */
export const FIELD_END = '\x1f'
export const CASE_END = '\x1e'

/**
 * A case as one line of text, in the order that coded-rows.ts reads: packing a page in the database costs
 * half the time of sending it as rows. Times are kept within 1970-01-01T00:00:01Z and 2106-02-07.
 */
const LINE = `concat_ws(E'\\x1f',
  id,
  round(ST_X(geom) * 1e7)::int,
  round(ST_Y(geom) * 1e7)::int,
  floor(date_part('epoch', reported_at))::bigint,
  CASE WHEN due_at IS NULL THEN 0 ELSE floor(greatest(1, least(4294967295, date_part('epoch', due_at))))::bigint END,
  CASE WHEN closed_at IS NULL THEN 0 ELSE floor(greatest(1, least(4294967295, date_part('epoch', closed_at))))::bigint END,
  status,
  level,
  intake,
  category_code,
  coalesce(grid_now, ''),
  coalesce(department_code, ''))`

/** Where a page of cases ended: the next one begins behind it. */
export interface PageEnd {
  /** timestamptz as text, to the microsecond */
  reportedAt: string
  id: number
}

export interface LinePage {
  lines: string
  end: PageEnd
}

/** Cases reported in the seconds `from` (included) to `to` (excluded) that a scope lets see. */
export interface CaseSpan {
  from: number
  to: number
  scope: CaseScope
}

/** A scope of everything is asked for apart because the planner then drops the comparison. */
const SEEN = (areas: string, department: string) =>
  `('' = ANY (${areas}::text[]) OR area_code ^@ ANY (${areas}::text[]))
          AND (${department}::text IS NULL OR department_code = ${department})`

/** At most `limit` cases of the span behind `after`, in order of time and id; null: none left. */
export async function linesBehind(
  db: Queryable,
  after: PageEnd,
  { to, scope }: CaseSpan,
  limit: number,
): Promise<LinePage | null> {
  const { rows } = await db.query<{ lines: string | null; reportedAt: string; id: number }>(
    `WITH page AS MATERIALIZED (
       SELECT * FROM incidents
        WHERE (reported_at, id) > ($1::timestamptz, $2::bigint) AND reported_at < to_timestamp($3::float8)
          AND ${SEEN('$5', '$6')}
        ORDER BY reported_at, id
        LIMIT $4::int
     ), last AS (
       SELECT reported_at, id FROM page ORDER BY reported_at DESC, id DESC LIMIT 1
     )
     SELECT (SELECT string_agg(${LINE}, E'\\x1e' ORDER BY reported_at, id) FROM page) AS lines,
            (SELECT reported_at::text FROM last) AS "reportedAt",
            (SELECT id FROM last) AS id`,
    [after.reportedAt, after.id, to, limit, scope.areas, scope.departmentCode],
  )
  const { lines, reportedAt, id } = rows[0]!
  return lines === null ? null : { lines, end: { reportedAt, id } }
}

/**
 * The cases `ids` as they are now: those of the seconds `from` to `to` as lines, and whether there are others.
 * Those that are gone are left out.
 */
export async function linesOf(
  db: Queryable,
  ids: readonly number[],
  from: number,
  to: number,
): Promise<{ lines: string | null; others: boolean }> {
  const { rows } = await db.query<{ lines: string | null; others: boolean | null }>(
    `WITH changed AS (
       SELECT *, reported_at >= to_timestamp($2::float8) AND reported_at < to_timestamp($3::float8) AS inside
         FROM incidents
        WHERE id = ANY ($1::bigint[])
     )
     SELECT string_agg(${LINE}, E'\\x1e') FILTER (WHERE inside) AS lines, bool_or(NOT inside) AS others
       FROM changed`,
    [ids, from, to],
  )
  return { lines: rows[0]!.lines, others: rows[0]!.others ?? false }
}

/** Second of the newest case's report, none that claims to be of the future; null without cases. */
export async function newestReport(db: Queryable): Promise<number | null> {
  const { rows } = await db.query<{ second: number }>(
    `SELECT floor(date_part('epoch', reported_at))::bigint AS second
       FROM incidents
      WHERE reported_at < now() + interval '1 day'
      ORDER BY reported_at DESC, id DESC
      LIMIT 1`,
  )
  return rows[0]?.second ?? null
}

export async function countCases(db: Queryable, { from, to, scope }: CaseSpan): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*) AS n FROM incidents
      WHERE reported_at >= to_timestamp($1::float8) AND reported_at < to_timestamp($2::float8)
          AND ${SEEN('$3', '$4')}`,
    [from, to, scope.areas, scope.departmentCode],
  )
  return rows[0]!.n
}

/** Whether there are cases outside the seconds `from` to `to`. */
export async function hasCasesOutside(db: Queryable, from: number, to: number): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM incidents WHERE reported_at < to_timestamp($1::float8))
         OR EXISTS (SELECT 1 FROM incidents WHERE reported_at >= to_timestamp($2::float8)) AS has`,
    [from, to],
  )
  return rows[0]!.has
}

/** Makes all statements of the transaction see the same moment. */
export async function seeOneMoment(tx: Queryable): Promise<Date> {
  await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
  const { rows } = await tx.query<{ now: Date }>('SELECT now() AS now')
  return rows[0]!.now
}

export interface GridNow {
  code: string
  areaCode: string
  households: number | null
  /** null when the grid is not in force today */
  areaKm2: number | null
}

/** Every grid there ever was, as it is in force today in `timeZone`, or as it last was. */
export async function gridsNow(db: Queryable, timeZone: string): Promise<GridNow[]> {
  const { rows } = await db.query<GridNow>(
    `WITH today AS MATERIALIZED (
       SELECT (now() AT TIME ZONE $1::text)::date AS day
     ), version AS (
       SELECT grids.*, valid_from <= day AND (valid_to IS NULL OR valid_to > day) AS in_force
         FROM grids, today
     )
     SELECT DISTINCT ON (code) code, area_code AS "areaCode", households,
            CASE WHEN in_force THEN ST_Area(geom::geography) / 1e6 END AS "areaKm2"
       FROM version
      ORDER BY code, in_force DESC, valid_from DESC`,
    [timeZone],
  )
  return rows
}

/** Middle latitude of the grids in force on `day`, degrees; null without grids. */
export async function gridsLatitude(db: Queryable, day: Day): Promise<number | null> {
  const { rows } = await db.query<{ latitude: number | null }>(
    `SELECT (ST_YMin(box) + ST_YMax(box)) / 2 AS latitude
       FROM (SELECT ST_Extent(geom) AS box
               FROM grids
              WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)) extent`,
    [day],
  )
  return rows[0]!.latitude
}

export async function areaPlaces(db: Queryable): Promise<AreaPlace[]> {
  const { rows } = await db.query<AreaPlace>(
    `SELECT code, level, parent_code AS "parentCode" FROM areas ORDER BY code`,
  )
  return rows
}

export async function categoryTree(db: Queryable): Promise<{ code: string; parentCode: string | null }[]> {
  const { rows } = await db.query<{ code: string; parentCode: string | null }>(
    'SELECT code, parent_code AS "parentCode" FROM categories ORDER BY code',
  )
  return rows
}

export async function today(db: Queryable, timeZone: string): Promise<Day> {
  const { rows } = await db.query<{ day: Day }>('SELECT (now() AT TIME ZONE $1::text)::date AS day', [
    timeZone,
  ])
  return rows[0]!.day
}
