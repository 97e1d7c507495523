import type { Bbox } from '../../domain/geometry.ts'
import type { Incident, NewIncident, Status, Transition } from '../../domain/incident.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable, Transaction } from '../database/database.ts'
import { MATCHING_INCIDENTS, matchingIncidents } from '../database/matching-incidents.ts'

type IncidentRow = Omit<Incident, 'reportedAt' | 'dueAt' | 'closedAt'> & {
  reportedAt: Date
  dueAt: Date | null
  closedAt: Date | null
  /** to the microsecond, as `ListEnd` has it */
  exactTime: string
}

const FIELDS = `id, number, category_code AS "categoryCode", level, intake, title, description, address,
  department_code AS "departmentCode", ST_X(geom) AS lng, ST_Y(geom) AS lat, grid_at_report AS "gridAtReport",
  grid_now AS "gridNow", status, reported_at AS "reportedAt", due_at AS "dueAt", closed_at AS "closedAt",
  to_char(reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "exactTime"`

function toIncident({ exactTime, reportedAt, dueAt, closedAt, ...rest }: IncidentRow): Incident {
  return {
    ...rest,
    reportedAt: reportedAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
  }
}

/** Where a page of the list ended: reported_at in UTC to the microsecond, and the id. */
export type ListEnd = [reportedAt: string, id: number]

/** At most `limit` cases, the newest first, behind `after`; `end` is null when there are no more. */
export async function listIncidents(
  db: Queryable,
  scope: CaseScope,
  filter: IncidentFilter,
  bbox: Bbox | null,
  after: ListEnd | null,
  limit: number,
): Promise<{ items: Incident[]; end: ListEnd | null }> {
  const [west, south, east, north] = bbox ?? [null, null, null, null]
  const [reportedAt, id] = after ?? [null, null]
  const { rows } = await db.query<IncidentRow>(
    `SELECT ${FIELDS}
       FROM ${MATCHING_INCIDENTS}
      WHERE ($12::float8 IS NULL OR geom && ST_MakeEnvelope($12, $13::float8, $14::float8, $15::float8, 4326))
        AND ($16::timestamptz IS NULL OR (reported_at, id) < ($16, $17::bigint))
      ORDER BY reported_at DESC, id DESC
      LIMIT $18::int`,
    [...matchingIncidents(scope, filter), west, south, east, north, reportedAt, id, limit + 1],
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(toIncident),
    end: rows.length > limit && last ? [last.exactTime, last.id] : null,
  }
}

export async function findIncident(db: Queryable, scope: CaseScope, id: number): Promise<Incident | null> {
  const { rows } = await db.query<IncidentRow>(
    `SELECT ${FIELDS}
       FROM incidents
      WHERE id = $1::bigint AND area_code ^@ ANY ($2::text[]) AND ($3::text IS NULL OR department_code = $3)`,
    [id, scope.areas, scope.departmentCode],
  )
  return rows[0] ? toIncident(rows[0]) : null
}

/** The steps of a case, the first one first; null when there is no such case to be seen. */
export async function listTransitions(
  db: Queryable,
  scope: CaseScope,
  id: number,
): Promise<Transition[] | null> {
  type Row = Omit<Transition, 'at' | 'dueAt'> & { at: Date; dueAt: Date | null }
  const { rows } = await db.query<Row | { at: null }>(
    `SELECT at, actor, from_status AS "fromStatus", to_status AS "toStatus", transitions.due_at AS "dueAt", reason
       FROM incidents LEFT JOIN transitions ON transitions.incident_id = incidents.id
      WHERE incidents.id = $1::bigint
        AND area_code ^@ ANY ($2::text[])
        AND ($3::text IS NULL OR department_code = $3)
      ORDER BY at, transitions.id`,
    [id, scope.areas, scope.departmentCode],
  )
  if (rows.length === 0) return null
  return rows
    .filter((row): row is Row => row.at !== null)
    .map((row) => ({ ...row, at: row.at.toISOString(), dueAt: row.dueAt?.toISOString() ?? null }))
}

export async function categoryExists(db: Queryable, code: string): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM categories WHERE code = $1) AS known',
    [code],
  )
  return rows[0]!.known
}

/**
 * The next case number of the district's day, `20261122-000123`. Held until the transaction ends: two that
 * write at the same moment get two numbers.
 */
export async function nextNumber(tx: Queryable, timeZone: string): Promise<string> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('grid-management case numbers'))`)
  const { rows } = await tx.query<{ number: string }>(
    `WITH today AS (
       SELECT to_char(now() AT TIME ZONE $1::text, 'YYYYMMDD') || '-' AS prefix
     ), last AS (
       SELECT max(number) AS number
         FROM incidents, today
        WHERE number >= prefix || '000000' AND number <= prefix || '999999' AND number ~ '^[0-9]{8}-[0-9]{6}$'
     )
     SELECT prefix || lpad((coalesce(right(last.number, 6)::int, 0) + 1)::text, 6, '0') AS number
       FROM today, last`,
    [timeZone],
  )
  return rows[0]!.number
}

/**
 * Writes a case with its first step. It stands in the grid that covers it, on an edge in the one with the
 * lower code: `gridAtReport` of the day of its report, `gridNow` of today.
 */
export async function insertIncident(
  tx: Queryable,
  number: string,
  incident: NewIncident & { reportedAt: string },
  timeZone: string,
  actor: string,
): Promise<{ id: number; areaCode: string }> {
  await waitForImports(tx)
  const { rows } = await tx.query<{ id: number; areaCode: string }>(
    `WITH spot AS (
       SELECT ST_SetSRID(ST_MakePoint($8::float8, $9::float8), 4326) AS geom,
              ($10::timestamptz AT TIME ZONE $12::text)::date AS report_day,
              (now() AT TIME ZONE $12::text)::date AS today
     ), reported_in AS (
       SELECT code FROM grids, spot
        WHERE ST_Covers(grids.geom, spot.geom)
          AND valid_from <= report_day AND (valid_to IS NULL OR valid_to > report_day)
        ORDER BY code LIMIT 1
     ), standing_in AS (
       SELECT code, area_code FROM grids, spot
        WHERE ST_Covers(grids.geom, spot.geom)
          AND valid_from <= today AND (valid_to IS NULL OR valid_to > today)
        ORDER BY code LIMIT 1
     )
     INSERT INTO incidents (number, category_code, level, intake, title, description, address,
                            geom, grid_at_report, grid_now, area_code, reported_at, due_at)
     SELECT $1, $2, $3::smallint, $4, $5, $6, $7, spot.geom,
            (SELECT code FROM reported_in), (SELECT code FROM standing_in),
            coalesce((SELECT area_code FROM standing_in), ''), $10, $11::timestamptz
       FROM spot
     RETURNING id, area_code AS "areaCode"`,
    [
      number,
      incident.categoryCode,
      incident.level ?? 3,
      incident.intake ?? 'public',
      incident.title ?? null,
      incident.description ?? null,
      incident.address ?? null,
      incident.lng,
      incident.lat,
      incident.reportedAt,
      incident.dueAt ?? null,
      timeZone,
    ],
  )
  const { id, areaCode } = rows[0]!
  await tx.query(
    `INSERT INTO transitions (incident_id, at, actor, to_status, due_at)
     VALUES ($1::bigint, $2::timestamptz, $3, 'reported', $4::timestamptz)`,
    [id, incident.reportedAt, actor, incident.dueAt ?? null],
  )
  return { id, areaCode }
}

/** A statement of its own: the next one sees what an import, or its undoing, that this one waited for has written. */
async function waitForImports(tx: Queryable): Promise<void> {
  await tx.query(`LOCK TABLE incidents IN ROW EXCLUSIVE MODE`)
}

/** Holds the case until the transaction ends. Null: there is none. */
export async function lockIncident(
  tx: Transaction,
  id: number,
): Promise<{ status: Status; lastAt: Date } | null> {
  await waitForImports(tx)
  const { rows } = await tx.query<{ status: Status; lastAt: Date }>(
    `SELECT status, (SELECT max(at) FROM transitions WHERE incident_id = incidents.id) AS "lastAt"
       FROM incidents
      WHERE id = $1::bigint
        FOR UPDATE`,
    [id],
  )
  return rows[0] ?? null
}

/** Adds a step to a case, whose status follows from it. */
export async function appendTransition(tx: Transaction, id: number, step: Transition): Promise<void> {
  await tx.query(
    `INSERT INTO transitions (incident_id, at, actor, from_status, to_status, due_at, reason)
     VALUES ($1::bigint, $2::timestamptz, $3, $4, $5, $6::timestamptz, $7)`,
    [id, step.at, step.actor, step.fromStatus, step.toStatus, step.dueAt, step.reason],
  )
}

export async function assignDepartment(tx: Transaction, id: number, departmentCode: string): Promise<void> {
  await tx.query(
    `UPDATE incidents SET department_code = $2, updated_at = now()
      WHERE id = $1::bigint AND department_code IS DISTINCT FROM $2`,
    [id, departmentCode],
  )
}
