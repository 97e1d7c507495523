import type { Building } from '../../domain/building.ts'
import type { Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

export async function findBuilding(db: Queryable, id: number, scope: Scope): Promise<Building | null> {
  const { rows } = await db.query<Building>(
    `SELECT id, external_id AS "externalId", name, address, floors, height_m AS "heightM", households, residents,
            estate_type AS "estateType", grid_code AS "gridCode", ST_AsGeoJSON(geom, 7)::json AS geometry
       FROM buildings
      WHERE id = $1
        AND area_code ^@ ANY ($2::text[])`,
    [id, scope],
  )
  return rows[0] ?? null
}
