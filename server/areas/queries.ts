import type { AreaFeature, AreaLevel } from '../../domain/area.ts'
import type { Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

/** Each area with itself and every area above it, by the parents: the truth that codes only state. */
const WITHIN = `
     within (code, ancestor) AS (
       SELECT code, code FROM areas
        UNION ALL
       SELECT within.code, areas.parent_code
         FROM within JOIN areas ON areas.code = within.ancestor
        WHERE areas.parent_code IS NOT NULL
     )`

/** Areas of a level (null: of every level) by code, with what the grids in force on `date` add up to. */
export async function listAreas(
  db: Queryable,
  level: AreaLevel | null,
  date: string,
  scope: Scope,
): Promise<AreaFeature[]> {
  const { rows } = await db.query<{ feature: AreaFeature }>(
    `WITH RECURSIVE ${WITHIN},
     held AS (
       SELECT within.ancestor, count(*) AS grids, sum(grids.households) AS households
         FROM within JOIN grids ON grids.area_code = within.code
        WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
        GROUP BY within.ancestor
     )
     SELECT json_build_object(
              'type', 'Feature',
              'properties', json_build_object(
                'code', code, 'level', level, 'name', name, 'nameEn', name_en, 'parentCode', parent_code,
                'gridCount', coalesce(held.grids, 0), 'households', coalesce(held.households, 0),
                'areaKm2', round(coalesce(ST_Area(geom::geography) / 1e6, 0)::numeric, 6)),
              'geometry', ST_AsGeoJSON(geom, 7)::json) AS feature
       FROM areas LEFT JOIN held ON held.ancestor = areas.code
      WHERE ($1::text IS NULL OR level = $1)
        AND code ^@ ANY ($3::text[])
      ORDER BY code`,
    [level, date, scope],
  )
  return rows.map((row) => row.feature)
}

/**
 * Gives every area without a shape of its own the union of its grids in force on `date`, first those that hold
 * grids, from them those above; none where no grid is in force. Touches only areas whose shape changes.
 */
export async function dissolveAreasFromGrids(db: Queryable, date: string): Promise<void> {
  await db.query(
    // In the order of codes, so that the same grids give the same points in the same order
    `WITH RECURSIVE ${WITHIN},
     own AS MATERIALIZED (
       SELECT area_code AS code, ST_Union(geom ORDER BY grids.code) AS geom
         FROM grids
        WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)
        GROUP BY area_code
     ), dissolved AS (
       SELECT within.ancestor AS code, ST_Multi(ST_Union(own.geom ORDER BY own.code)) AS geom
         FROM within JOIN own ON own.code = within.code
        GROUP BY within.ancestor
     ), changed AS (
       SELECT areas.code, dissolved.geom
         FROM areas LEFT JOIN dissolved ON dissolved.code = areas.code
        WHERE areas.geom_from_grids
          AND ((areas.geom IS NULL) <> (dissolved.geom IS NULL)
               OR NOT ST_OrderingEquals(areas.geom, dissolved.geom))
     )
     UPDATE areas
        SET geom = changed.geom, updated_at = now()
       FROM changed
      WHERE areas.code = changed.code`,
    [date],
  )
}
