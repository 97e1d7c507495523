import { type Steering, UNSTEERED } from '../../../domain/wall/steering.ts'
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

const jsonOf = (value: object | null) => (value === null ? null : JSON.stringify(value))
