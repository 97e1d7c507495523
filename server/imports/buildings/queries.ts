import type { Queryable, Transaction } from '../../database/database.ts'
import type { MergedRows } from '../import-context.ts'

export async function hasBuildings(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(`SELECT 1 FROM buildings LIMIT 1`)
  return rows.length > 0
}

export interface MergedBuildings extends MergedRows {
  outsideGrids: number
}

/**
 * Writes the staged buildings with their grids (`building_grids`): new ones are added, known ones updated where
 * they differ; a field that the files do not fill keeps what it had.
 */
export async function mergeBuildings(db: Queryable, filled: readonly string[]): Promise<MergedBuildings> {
  const { rows } = await db.query<MergedBuildings>(
    `WITH wanted AS (
       SELECT known.id IS NULL AS is_new, staged.key AS external_id,
              CASE WHEN known.id IS NULL OR 'name' = ANY ($1::text[]) THEN staged.name ELSE known.name END AS name,
              CASE WHEN known.id IS NULL OR 'address' = ANY ($1) THEN staged.address ELSE known.address END AS address,
              CASE WHEN known.id IS NULL OR 'floors' = ANY ($1) THEN staged.floors ELSE known.floors END AS floors,
              CASE WHEN known.id IS NULL OR 'heightM' = ANY ($1) THEN staged.height_m ELSE known.height_m END AS height_m,
              CASE WHEN known.id IS NULL OR 'households' = ANY ($1) THEN staged.households ELSE known.households END AS households,
              CASE WHEN known.id IS NULL OR 'residents' = ANY ($1) THEN staged.residents ELSE known.residents END AS residents,
              CASE WHEN known.id IS NULL OR 'estateType' = ANY ($1) THEN staged.estate_type ELSE known.estate_type END AS estate_type,
              place.grid_code, coalesce(place.area_code, '') AS area_code, staged.geom,
              known AS before
         FROM import_staging staged
         LEFT JOIN building_grids place ON place.id = staged.row_number
         LEFT JOIN buildings known ON known.external_id = staged.key
        WHERE staged.rejected IS NULL
     ), changed AS (
       SELECT * FROM wanted
        WHERE is_new
           OR (name, address, floors, height_m, households, residents, estate_type, grid_code, area_code, geom)
              IS DISTINCT FROM
              ((before).name, (before).address, (before).floors, (before).height_m, (before).households,
               (before).residents, (before).estate_type, (before).grid_code, (before).area_code, (before).geom)
     ), merged AS (
       INSERT INTO buildings AS b (external_id, name, address, floors, height_m, households, residents, estate_type,
                                   grid_code, area_code, geom)
       SELECT external_id, name, address, floors, height_m, households, residents, estate_type,
              grid_code, area_code, geom
         FROM changed
       ON CONFLICT (external_id) DO UPDATE
          SET name = excluded.name, address = excluded.address, floors = excluded.floors,
              height_m = excluded.height_m, households = excluded.households, residents = excluded.residents,
              estate_type = excluded.estate_type, grid_code = excluded.grid_code, area_code = excluded.area_code,
              geom = excluded.geom
       RETURNING xmax = 0 AS inserted
     ), written AS (
       SELECT count(*) FILTER (WHERE inserted) AS inserted, count(*) FILTER (WHERE NOT inserted) AS updated FROM merged
     ), staged AS (
       SELECT count(*) AS staged FROM import_staging WHERE rejected IS NULL
     )
     SELECT inserted, updated, staged - inserted - updated AS unchanged,
            staged - (SELECT count(*) FROM building_grids) AS "outsideGrids"
       FROM written, staged`,
    [filled],
  )
  return rows[0]!
}

/** After much was written: the planner should not go by what the table was before. Shapes as in `analyzeStaging`. */
export async function analyzeBuildings(tx: Transaction): Promise<void> {
  await tx.query(`ANALYZE buildings (id, external_id, grid_code, area_code)`)
}
