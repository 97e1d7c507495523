import type { Scope } from '../../../domain/scope.ts'
import { type Steering, UNSTEERED } from '../../../domain/wall/steering.ts'
import { READY_MADE_WALL_ID } from '../../../domain/wall/wall.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

/** As somebody at a desk last set it, whether that still holds or not. */
export async function findSteering(db: Queryable, wallId: number): Promise<Steering> {
  const { rows } = await db.query<Omit<Steering, 'until'> & { until: Date | null }>(
    `SELECT offset_seconds AS "offsetSeconds", pinned, camera, mark, until, steered_by AS by
       FROM wall_steering WHERE wall_id = $1::bigint`,
    [wallId],
  )
  const row = rows[0]
  return row ? { ...row, until: row.until?.toISOString() ?? null } : UNSTEERED
}

/** Whoever else steers this wall waits until the transaction ends. */
export async function lockSteering(tx: Transaction, wallId: number): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('grid-management steering'), $1::int)`, [wallId])
}

export async function saveSteering(tx: Transaction, wallId: number, steering: Steering): Promise<void> {
  const { offsetSeconds, pinned, camera, mark, until, by } = steering
  await tx.query(
    `INSERT INTO wall_steering (wall_id, offset_seconds, pinned, camera, mark, until, steered_by)
     VALUES ($1::bigint, $2::int, $3, $4::jsonb, $5::jsonb, $6::timestamptz, $7)
     ON CONFLICT (wall_id) DO UPDATE
        SET offset_seconds = excluded.offset_seconds, pinned = excluded.pinned, camera = excluded.camera,
            mark = excluded.mark, until = excluded.until, steered_by = excluded.steered_by`,
    [wallId, offsetSeconds, pinned, jsonOf(camera), jsonOf(mark), until, by ?? ''],
  )
}

/** Whether a paired screen that shows this wall sees areas outside of `scope`. */
export async function isSeenBeyond(db: Queryable, wallId: number, scope: Scope): Promise<boolean> {
  const { rows } = await db.query<{ beyond: boolean }>(
    `SELECT EXISTS (
       SELECT FROM wall_devices, unnest(wall_devices.scope) AS seen
        WHERE revoked_at IS NULL AND coalesce(wall_id, $2::bigint) = $1::bigint
          AND NOT seen ^@ ANY ($3::text[])
     ) AS beyond`,
    [wallId, READY_MADE_WALL_ID, scope],
  )
  return rows[0]!.beyond
}

const jsonOf = (value: object | null) => (value === null ? null : JSON.stringify(value))
