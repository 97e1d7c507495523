import type { Queryable } from '../database/database.ts'

/** Those among `codes` that no area has. */
export async function unknownAreas(db: Queryable, codes: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `SELECT code FROM unnest($1::text[]) AS asked (code)
      WHERE code <> '' AND NOT EXISTS (SELECT 1 FROM areas WHERE areas.code = asked.code)`,
    [codes],
  )
  return rows.map(({ code }) => code)
}

export async function isDepartment(db: Queryable, code: string): Promise<boolean> {
  const { rows } = await db.query(`SELECT 1 FROM departments WHERE code = $1`, [code])
  return rows.length > 0
}
