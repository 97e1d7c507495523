import type { Queryable } from '../database/database.ts'

export async function isDepartment(db: Queryable, code: string): Promise<boolean> {
  const { rows } = await db.query(`SELECT 1 FROM departments WHERE code = $1`, [code])
  return rows.length > 0
}
