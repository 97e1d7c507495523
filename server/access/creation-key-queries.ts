import type { Queryable, Transaction } from '../database/database.ts'

/** Null: the key is new and held until the transaction ends. Otherwise what it was used for; a request with the same
 * key that still runs is waited for. */
export async function takeAccessKey(
  tx: Transaction,
  key: string,
  bodyHash: Uint8Array,
): Promise<{ bodyHash: Uint8Array; madeId: number } | null> {
  const { rowCount } = await tx.query(
    `INSERT INTO access_keys (key, body_hash) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`,
    [key, bodyHash],
  )
  if (rowCount === 1) return null
  const { rows } = await tx.query<{ bodyHash: Uint8Array; madeId: number }>(
    `SELECT body_hash AS "bodyHash", made_id AS "madeId" FROM access_keys WHERE key = $1`,
    [key],
  )
  return rows[0]!
}

export async function noteMade(tx: Transaction, key: string, id: number): Promise<void> {
  await tx.query(`UPDATE access_keys SET made_id = $2::bigint WHERE key = $1`, [key, id])
}

export async function purgeAccessKeys(db: Queryable): Promise<void> {
  await db.query(`DELETE FROM access_keys WHERE created_at < now() - interval '7 days'`)
}
