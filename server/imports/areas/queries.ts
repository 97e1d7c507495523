import type { AreaLevel } from '../../../domain/area.ts'
import type { Transaction } from '../../database/database.ts'
import type { MergedRows } from '../import-context.ts'

/** Adds new areas and updates known ones; a field that the files do not fill keeps what it had. */
export async function mergeAreas(tx: Transaction, filled: readonly string[]): Promise<MergedRows> {
  const { rows } = await tx.query<MergedRows>(
    `WITH wanted AS (
       SELECT staged.key AS code, staged.level, staged.name,
              CASE WHEN known.code IS NULL OR 'nameEn' = ANY ($1::text[]) THEN staged.name_en ELSE known.name_en END AS name_en,
              coalesce(staged.parent_code, known.parent_code) AS parent_code,
              CASE WHEN staged.geom IS NULL THEN known.geom ELSE staged.geom END AS geom,
              staged.geom IS NULL AND coalesce(known.geom_from_grids, true) AS geom_from_grids,
              known AS before
         FROM import_staging staged LEFT JOIN areas known ON known.code = staged.key
        WHERE rejected IS NULL
     ), changed AS (
       SELECT * FROM wanted
        WHERE (before).code IS NULL
           OR (level, name, name_en, parent_code, geom, geom_from_grids)
              IS DISTINCT FROM ((before).level, (before).name, (before).name_en, (before).parent_code,
                                (before).geom, (before).geom_from_grids)
     ), merged AS (
       INSERT INTO areas (code, level, name, name_en, parent_code, geom, geom_from_grids)
       SELECT code, level, name, name_en, parent_code, geom, geom_from_grids FROM changed
       ON CONFLICT (code) DO UPDATE
          SET level = excluded.level, name = excluded.name, name_en = excluded.name_en,
              parent_code = excluded.parent_code, geom = excluded.geom,
              geom_from_grids = excluded.geom_from_grids, updated_at = now()
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

export interface NamedArea {
  code: string
  level: AreaLevel
  name: string
}

/** Adds those of `areas` that are not known. Answers how many. */
export async function addMissingAreas(tx: Transaction, areas: readonly NamedArea[]): Promise<number> {
  if (areas.length === 0) return 0
  const { rowCount } = await tx.query(
    `INSERT INTO areas (code, level, name)
     SELECT code, level, name FROM unnest($1::text[], $2::text[], $3::text[]) AS area (code, level, name)
     ON CONFLICT (code) DO NOTHING`,
    [areas.map(({ code }) => code), areas.map(({ level }) => level), areas.map(({ name }) => name)],
  )
  return rowCount
}

export interface NestedCodes {
  inner: string
  outer: string
}

/** Two areas of which one would count as a part of the other by its code but cannot be, by its level. */
export async function findNestedCodes(tx: Transaction): Promise<NestedCodes | null> {
  const { rows } = await tx.query<NestedCodes>(
    `SELECT inside.code AS inner, outside.code AS outer
       FROM areas inside
       JOIN areas outside ON starts_with(inside.code, outside.code) AND outside.code <> inside.code
      WHERE array_position(ARRAY['district', 'street', 'community'], outside.level)
         >= array_position(ARRAY['district', 'street', 'community'], inside.level)
      ORDER BY inside.code
      LIMIT 1`,
  )
  return rows[0] ?? null
}

/** An area without a parent gets the one of a wider level that has the longest code its own begins with. */
export async function linkParents(tx: Transaction): Promise<void> {
  await tx.query(
    `WITH found AS (
       SELECT DISTINCT ON (area.code) area.code, above.code AS parent_code
         FROM areas area
         JOIN areas above ON starts_with(area.code, above.code) AND above.code <> area.code
        WHERE area.parent_code IS NULL
          AND array_position(ARRAY['district', 'street', 'community'], above.level)
            < array_position(ARRAY['district', 'street', 'community'], area.level)
        ORDER BY area.code, length(above.code) DESC
     )
     UPDATE areas SET parent_code = found.parent_code, updated_at = now()
       FROM found
      WHERE areas.code = found.code`,
  )
}
