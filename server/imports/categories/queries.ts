import type { Transaction } from '../../database/database.ts'
import type { MergedRows } from '../import-context.ts'

/** Adds new categories and updates known ones; a field that the files do not fill keeps what it had. */
export async function mergeCategories(tx: Transaction, filled: readonly string[]): Promise<MergedRows> {
  const { rows } = await tx.query<MergedRows>(
    `WITH wanted AS (
       SELECT staged.key AS code, staged.name,
              CASE WHEN known.code IS NULL OR 'nameEn' = ANY ($1::text[]) THEN staged.name_en ELSE known.name_en END AS name_en,
              CASE WHEN known.code IS NULL OR 'kind' = ANY ($1) THEN staged.kind ELSE known.kind END AS kind,
              CASE WHEN known.code IS NULL OR 'parent' = ANY ($1) THEN staged.parent_code ELSE known.parent_code END AS parent_code,
              known AS before
         FROM import_staging staged LEFT JOIN categories known ON known.code = staged.key
        WHERE rejected IS NULL
     ), changed AS (
       SELECT * FROM wanted
        WHERE (before).code IS NULL
           OR (name, name_en, kind, parent_code)
              IS DISTINCT FROM ((before).name, (before).name_en, (before).kind, (before).parent_code)
     ), merged AS (
       INSERT INTO categories (code, name, name_en, kind, parent_code)
       SELECT code, name, name_en, kind, parent_code FROM changed
       ON CONFLICT (code) DO UPDATE
          SET name = excluded.name, name_en = excluded.name_en, kind = excluded.kind, parent_code = excluded.parent_code
       RETURNING xmax = 0 AS inserted
     ), written AS (
       SELECT count(*) FILTER (WHERE inserted) AS inserted, count(*) FILTER (WHERE NOT inserted) AS updated FROM merged
     )
     SELECT inserted, updated,
            (SELECT count(*) FROM import_staging WHERE rejected IS NULL) - inserted - updated AS unchanged
       FROM written`,
    [filled],
  )
  return rows[0]!
}
