import type { Queryable } from './database.ts'

/** Those among `codes` that no area has. */
export async function unknownAreas(db: Queryable, codes: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `SELECT code FROM unnest($1::text[]) AS asked (code)
      WHERE code <> '' AND NOT EXISTS (SELECT 1 FROM areas WHERE areas.code = asked.code)`,
    [codes],
  )
  return rows.map(({ code }) => code)
}
