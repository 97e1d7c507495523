import type { Queryable, Transaction } from '../../database/database.ts'
import type { MergedRows } from '../import-context.ts'

export async function rejectUnknownPlaces(db: Queryable): Promise<void> {
  await db.query(
    `UPDATE import_staging row SET rejected = 'place-unknown'
      WHERE rejected IS NULL
        AND NOT EXISTS (SELECT 1 FROM grids WHERE code = place_code)
        AND NOT EXISTS (SELECT 1 FROM areas WHERE code = place_code)`,
  )
}

/** Adds new values and updates known ones; the indicators they are of are added or renamed. */
export async function mergeIndicators(tx: Transaction): Promise<MergedRows> {
  await tx.query(
    `INSERT INTO indicators AS known (code, name, name_en, unit)
     SELECT DISTINCT ON (indicator_code) indicator_code, name, name_en, unit
       FROM import_staging
      WHERE rejected IS NULL
      ORDER BY indicator_code, row_number
     ON CONFLICT (code) DO UPDATE
        SET name = CASE WHEN excluded.name = excluded.code THEN known.name ELSE excluded.name END,
            name_en = coalesce(excluded.name_en, known.name_en), unit = coalesce(excluded.unit, known.unit)`,
  )
  const { rows } = await tx.query<MergedRows>(
    `WITH merged AS (
       INSERT INTO indicator_values AS known (indicator_code, place_code, period_from, period_to, value)
       SELECT indicator_code, place_code, period_from, period_to, value FROM import_staging WHERE rejected IS NULL
       ON CONFLICT (indicator_code, place_code, period_from, period_to) DO UPDATE
          SET value = excluded.value
        WHERE known.value <> excluded.value
       RETURNING xmax = 0 AS inserted
     ), written AS (
       SELECT count(*) FILTER (WHERE inserted) AS inserted, count(*) FILTER (WHERE NOT inserted) AS updated FROM merged
     )
     SELECT inserted, updated,
            (SELECT count(*) FROM import_staging WHERE rejected IS NULL) - inserted - updated AS unchanged
       FROM written`,
  )
  return rows[0]!
}
