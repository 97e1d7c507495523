import type { Queryable, Transaction } from './database.ts'

/** Where it is noted what a key made, by what that is. A case that is deleted lets go of its key. */
const KEPT = {
  case: { table: 'idempotency_keys', made: 'incident_id', hash: '$2::text' },
  wall: { table: 'idempotency_keys', made: 'wall_id', hash: '$2::text' },
  request: { table: 'access_keys', made: 'made_id', hash: `decode($2::text, 'hex')` },
} as const

export type MadeByKey = keyof typeof KEPT

/**
 * Takes hold of an idempotency key. Null: it is new and held until the transaction ends. Otherwise what it made, and
 * whether of the same content; a request with the same key that is still running is waited for.
 * @param bodyHash in hex
 */
export async function takeKey(
  tx: Transaction,
  what: MadeByKey,
  key: string,
  bodyHash: string,
): Promise<{ isSame: boolean; madeId: number } | null> {
  const { table, made, hash } = KEPT[what]
  const { rowCount } = await tx.query(
    `INSERT INTO ${table} (key, body_hash) VALUES ($1, ${hash}) ON CONFLICT (key) DO NOTHING`,
    [key, bodyHash],
  )
  if (rowCount === 1) return null
  const { rows } = await tx.query<{ isSame: boolean; madeId: number }>(
    `SELECT body_hash = ${hash} AS "isSame", ${made} AS "madeId" FROM ${table} WHERE key = $1`,
    [key, bodyHash],
  )
  return rows[0]!
}

export async function noteMade(tx: Transaction, what: MadeByKey, key: string, id: number): Promise<void> {
  const { table, made } = KEPT[what]
  await tx.query(`UPDATE ${table} SET ${made} = $2::bigint WHERE key = $1`, [key, id])
}

/** Those that nobody sends again any more. */
export async function purgeKeys(db: Queryable): Promise<void> {
  await db.query(
    `WITH of_access AS (
       DELETE FROM access_keys WHERE created_at < now() - interval '7 days'
     )
     DELETE FROM idempotency_keys WHERE created_at < now() - interval '7 days'`,
  )
}
