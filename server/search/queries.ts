import type { Position } from '../../domain/geometry.ts'
import type { Day } from '../../domain/local-day.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { SearchHit } from '../../domain/search.ts'
import type { Queryable } from '../database/database.ts'

/** `text` as a LIKE pattern that means itself: its wildcards are plain characters. */
function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}

/**
 * Grids in force on `today` by code or name, areas by code or name, places and buildings by name or address, cases by
 * number, at most `limit` of each kind: exact codes first, then beginnings, then anything that holds the text; places
 * and buildings of one name in the order of their distance from `near` (degrees).
 */
export async function search(
  db: Queryable,
  text: string,
  scope: CaseScope,
  limit: number,
  today: Day,
  near: Position | null,
): Promise<SearchHit[]> {
  const { rows } = await db.query<SearchHit>(
    `WITH needle AS (
       SELECT lower($1::text) AS whole, lower($2::text) || '%' AS beginning, '%' || lower($2::text) || '%' AS within,
              ST_SetSRID(ST_MakePoint($7::float8, $8::float8), 4326) AS near
     ), found_grids AS (
       SELECT 'grid' AS kind, code AS key, name, name_en, code AS detail, ST_PointOnSurface(geom) AS place, 15 AS zoom
         FROM grids, needle
        WHERE valid_from <= $5::date AND (valid_to IS NULL OR valid_to > $5::date)
          AND area_code ^@ ANY ($3::text[])
          AND (lower(code) LIKE beginning OR lower(name) LIKE within OR lower(name_en) LIKE within)
        ORDER BY lower(code) <> whole, lower(code) NOT LIKE beginning, lower(name) NOT LIKE beginning, code
        LIMIT $4
     ), found_areas AS (
       SELECT 'area' AS kind, code AS key, name, name_en, code AS detail, ST_PointOnSurface(geom) AS place,
              CASE level WHEN 'district' THEN 11 WHEN 'street' THEN 13 ELSE 14 END AS zoom
         FROM areas, needle
        WHERE geom IS NOT NULL
          AND code ^@ ANY ($3::text[])
          AND (lower(code) LIKE beginning OR lower(name) LIKE within OR lower(name_en) LIKE within)
        ORDER BY lower(code) <> whole, lower(code) NOT LIKE beginning, lower(name) NOT LIKE beginning, code
        LIMIT $4
     ), found_places AS (
       SELECT 'place' AS kind, id::text AS key, name, name_en, coalesce(address, external_id) AS detail, geom AS place,
              16.5 AS zoom
         FROM places, needle
        WHERE area_code ^@ ANY ($3::text[])
          AND search_text LIKE within
        ORDER BY search_text NOT LIKE beginning, name, ST_Distance(geom, near), search_text, id
        LIMIT $4
     ), found_buildings AS (
       SELECT 'building' AS kind, id::text AS key, coalesce(name, address, external_id) AS name,
              NULL AS name_en, coalesce(address, external_id) AS detail, ST_PointOnSurface(geom) AS place, 17 AS zoom
         FROM buildings, needle
        WHERE area_code ^@ ANY ($3::text[])
          AND (search_text LIKE within OR external_id = $1)
        ORDER BY search_text NOT LIKE beginning, coalesce(name, address), ST_Distance(geom, near), search_text, id
        LIMIT $4
     ), found_incidents AS (
       SELECT 'incident' AS kind, incidents.id::text AS key, number AS name, NULL AS name_en,
              categories.name AS detail, incidents.geom AS place, 16 AS zoom
         FROM incidents JOIN categories ON categories.code = category_code
        WHERE area_code ^@ ANY ($3::text[])
          AND ($6::text IS NULL OR department_code = $6)
          AND number ^@ $1
        ORDER BY number
        LIMIT $4
     ), found AS (
       SELECT * FROM found_grids
       UNION ALL SELECT * FROM found_areas
       UNION ALL SELECT * FROM found_places
       UNION ALL SELECT * FROM found_buildings
       UNION ALL SELECT * FROM found_incidents
     )
     SELECT kind, key, name, name_en AS "nameEn", detail, ST_X(place) AS lng, ST_Y(place) AS lat, zoom
       FROM found`,
    [
      text,
      literalPattern(text),
      scope.areas,
      limit,
      today,
      scope.departmentCode,
      near?.[0] ?? null,
      near?.[1] ?? null,
    ],
  )
  return rows
}
