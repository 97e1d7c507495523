import type { AreaLevel, AreaProperties } from '../../domain/area.ts'
import type { MultiPolygon } from '../../domain/geometry.ts'
import type { Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

export interface AreaFeature {
  type: 'Feature'
  properties: AreaProperties
  /** null: neither a shape of its own nor a grid to take one from */
  geometry: { type: 'MultiPolygon'; coordinates: MultiPolygon } | null
}

/** Areas of a level (null: of every level) by code, with what the grids in force on `date` add up to. */
export async function listAreas(
  db: Queryable,
  level: AreaLevel | null,
  date: string,
  scope: Scope,
): Promise<AreaFeature[]> {
  const { rows } = await db.query<{ feature: AreaFeature }>(
    `WITH in_force AS (
       SELECT area_code, count(*) AS grids, sum(households) AS households
         FROM grids
        WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
        GROUP BY area_code
     )
     SELECT json_build_object(
              'type', 'Feature',
              'properties', json_build_object(
                'code', code, 'level', level, 'name', name, 'nameEn', name_en, 'parentCode', parent_code,
                'gridCount', coalesce(held.grids, 0), 'households', coalesce(held.households, 0),
                'areaKm2', round(coalesce(ST_Area(geom::geography) / 1e6, 0)::numeric, 6)),
              'geometry', ST_AsGeoJSON(geom, 7)::json) AS feature
       FROM areas
       LEFT JOIN LATERAL (
         SELECT sum(grids) AS grids, sum(households) AS households
           FROM in_force
          WHERE in_force.area_code ^@ areas.code
       ) held ON true
      WHERE ($1::text IS NULL OR level = $1)
        AND code ^@ ANY ($3::text[])
      ORDER BY code`,
    [level, date, scope],
  )
  return rows.map((row) => row.feature)
}

/**
 * Gives every area without a shape of its own the union of its grids in force on `date`, an area above others
 * the union of all grids below it. Touches only areas whose shape changes.
 */
export async function dissolveAreasFromGrids(db: Queryable, date: string): Promise<void> {
  await db.query(
    `WITH dissolved AS (
       SELECT areas.code, ST_Multi(ST_Union(grids.geom)) AS geom
         FROM areas
         JOIN grids ON grids.area_code ^@ areas.code
        WHERE areas.geom_from_grids
          AND valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)
        GROUP BY areas.code
     )
     UPDATE areas
        SET geom = dissolved.geom, updated_at = now()
       FROM dissolved
      WHERE areas.code = dissolved.code
        AND (areas.geom IS NULL OR NOT ST_OrderingEquals(areas.geom, dissolved.geom))`,
    [date],
  )
}
