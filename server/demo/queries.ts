import type { Intake, Status } from '../../domain/incident.ts'
import type { Queryable, Transaction } from '../database/database.ts'

/** Whether the database holds nothing of a district yet. */
export async function isEmpty(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ filled: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM areas) OR EXISTS (SELECT 1 FROM grids) OR EXISTS (SELECT 1 FROM buildings)
         OR EXISTS (SELECT 1 FROM incidents) OR EXISTS (SELECT 1 FROM categories)
         OR EXISTS (SELECT 1 FROM base_features) OR EXISTS (SELECT 1 FROM places) AS filled`,
  )
  return !rows[0]!.filled
}

/** Nobody else seeds or imports until the transaction ends. */
export async function lockForSeeding(tx: Transaction): Promise<void> {
  await tx.query(`LOCK TABLE areas, grids, buildings, incidents, categories, base_features IN EXCLUSIVE MODE`)
}

/** Cases come with the status that their steps give them: it need not be derived again. */
export async function pauseDeriving(tx: Transaction, paused: boolean): Promise<void> {
  await tx.query(
    paused
      ? 'ALTER TABLE transitions DISABLE TRIGGER transitions_derive_status'
      : 'ALTER TABLE transitions ENABLE TRIGGER transitions_derive_status',
  )
}

/** New cases get ids after the seeded ones. */
export async function continueIds(tx: Transaction): Promise<void> {
  await tx.query(`SELECT setval(pg_get_serial_sequence('incidents', 'id'), (SELECT max(id) FROM incidents))`)
}

/** What the planner must know of the tables; shapes apart, which the embedded PostGIS cannot estimate joins of. */
export async function analyzeSeeded(tx: Transaction): Promise<void> {
  await tx.query(
    `ANALYZE incidents (id, number, grid_now, area_code, reported_at, closed_at, status, category_code, due_at)`,
  )
  await tx.query(`ANALYZE transitions (incident_id, at)`)
  await tx.query(`ANALYZE buildings (id, grid_code, area_code)`)
}

export async function noteDemoDistrict(tx: Transaction, scale: number, livedUntil: Date): Promise<void> {
  await tx.query(`INSERT INTO demo_district (scale, lived_until) VALUES ($1::real, $2::timestamptz)`, [
    scale,
    livedUntil,
  ])
}

/**
 * Takes the time since the demo district was last lived in upon itself, so that of several processes one lives it.
 * Null: there is no demo district, real data stands beside it, or another process was faster.
 */
export async function claimSpan(db: Queryable, now: Date): Promise<{ from: Date; gridCount: number } | null> {
  const { rows } = await db.query<{ from: Date; gridCount: number }>(
    `WITH due AS (
       SELECT lived_until FROM demo_district
        WHERE lived_until < $1::timestamptz
          AND NOT EXISTS (SELECT 1 FROM imports
                           WHERE state = 'done' AND kind IN ('areas', 'grids', 'buildings', 'incidents'))
          FOR UPDATE SKIP LOCKED
     ), claimed AS (
       UPDATE demo_district SET lived_until = $1::timestamptz FROM due
        WHERE demo_district.lived_until = due.lived_until
       RETURNING due.lived_until
     )
     SELECT lived_until AS "from",
            (SELECT count(*) FROM grids WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date))
              AS "gridCount"
       FROM claimed`,
    [now],
  )
  return rows[0] ?? null
}

export interface PastPlace {
  categoryCode: string
  lng: number
  lat: number
  address: string | null
}

/** Where the newest cases were. */
export async function listPastPlaces(db: Queryable, limit: number): Promise<PastPlace[]> {
  const { rows } = await db.query<PastPlace>(
    `SELECT category_code AS "categoryCode", ST_X(geom) AS lng, ST_Y(geom) AS lat, address
       FROM incidents
      WHERE grid_now IS NOT NULL
      ORDER BY reported_at DESC, id DESC
      LIMIT $1::int`,
    [limit],
  )
  return rows
}

export interface OpenCase {
  id: number
  categoryCode: string
  intake: Intake
  gridCode: string
  status: Status
  reportedAt: Date
  stepsMade: number
}

export async function listOpenCases(db: Queryable): Promise<OpenCase[]> {
  const { rows } = await db.query<OpenCase>(
    `SELECT id, category_code AS "categoryCode", intake, coalesce(grid_at_report, '') AS "gridCode", status,
            reported_at AS "reportedAt",
            (SELECT count(*) FROM transitions WHERE incident_id = incidents.id) AS "stepsMade"
       FROM incidents
      WHERE closed_at IS NULL`,
  )
  return rows
}
