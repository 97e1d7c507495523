import type { Queryable } from '../database/database.ts'

/** The wall chosen for a screen; null: none. */
export async function wallOfDevice(db: Queryable, deviceId: number): Promise<number | null> {
  const { rows } = await db.query<{ wallId: number | null }>(
    `SELECT wall_id AS "wallId" FROM wall_devices WHERE id = $1::bigint`,
    [deviceId],
  )
  return rows[0]?.wallId ?? null
}
