import type { Transaction } from '../../database/database.ts'
import type { MergedRows } from '../import-context.ts'

/** Adds new places and updates known ones where they differ; a field that the files do not fill keeps what it had. */
export async function mergePlaces(tx: Transaction, filled: readonly string[]): Promise<MergedRows> {
  const { rows } = await tx.query<MergedRows>(
    `WITH wanted AS (
       SELECT staged.key AS external_id, staged.type, staged.name,
              CASE WHEN known.id IS NULL OR 'nameEn' = ANY ($1::text[]) THEN staged.name_en ELSE known.name_en END AS name_en,
              CASE WHEN known.id IS NULL OR 'address' = ANY ($1) THEN staged.address ELSE known.address END AS address,
              CASE WHEN known.id IS NULL OR 'phone' = ANY ($1) THEN staged.phone ELSE known.phone END AS phone,
              staged.geom, known AS before
         FROM import_staging staged LEFT JOIN places known ON known.external_id = staged.key
        WHERE rejected IS NULL
     ), changed AS (
       SELECT * FROM wanted
        WHERE (before).id IS NULL
           OR (type, name, name_en, address, phone, geom)
              IS DISTINCT FROM ((before).type, (before).name, (before).name_en, (before).address, (before).phone,
                                (before).geom)
     ), merged AS (
       INSERT INTO places (external_id, type, name, name_en, address, phone, geom)
       SELECT external_id, type, name, name_en, address, phone, geom FROM changed
       ON CONFLICT (external_id) DO UPDATE
          SET type = excluded.type, name = excluded.name, name_en = excluded.name_en, address = excluded.address,
              phone = excluded.phone, geom = excluded.geom
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

/**
 * Gives every place the grid in force that covers it, on an edge the one with the lower code. Answers how many
 * stand in another grid than before.
 */
export async function attributePlaces(tx: Transaction, today: string): Promise<number> {
  const { rowCount } = await tx.query(
    `WITH standing AS (
       SELECT places.id, grid.code, coalesce(grid.area_code, '') AS area_code
         FROM places
         LEFT JOIN LATERAL (
                SELECT code, area_code FROM grids
                 WHERE geom && places.geom AND ST_Covers(geom, places.geom)
                   AND valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)
                 ORDER BY code
                 LIMIT 1
              ) grid ON true
     )
     UPDATE places SET grid_code = standing.code, area_code = standing.area_code
       FROM standing
      WHERE places.id = standing.id
        AND (places.grid_code, places.area_code) IS DISTINCT FROM (standing.code, standing.area_code)`,
    [today],
  )
  return rowCount
}

export async function countPlacesOutsideGrids(tx: Transaction): Promise<number> {
  const { rows } = await tx.query<{ outside: number }>(
    `SELECT count(*) AS outside
       FROM import_staging JOIN places ON external_id = key
      WHERE rejected IS NULL AND grid_code IS NULL`,
  )
  return rows[0]!.outside
}
