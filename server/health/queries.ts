import type { Queryable } from '../database/database.ts'

/** @throws what keeps the database from answering */
export async function ping(db: Queryable): Promise<void> {
  await db.query('SELECT 1')
}
