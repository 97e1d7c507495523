import type { GridFeature } from '../../domain/grid.ts'
import type { Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

/** One version of a grid as GeoJSON; coordinates with the seven digits that are stored. */
const FEATURE = `
  json_build_object(
    'type', 'Feature',
    'properties', json_build_object(
      'code', code, 'name', name, 'nameEn', name_en, 'areaCode', area_code, 'estateType', estate_type,
      'households', households, 'residents', residents, 'staffCount', staff_count,
      'areaKm2', round((ST_Area(geom::geography) / 1e6)::numeric, 6), 'needsRepair', needs_repair,
      'validFrom', valid_from::text, 'validTo', valid_to::text),
    'geometry', ST_AsGeoJSON(geom, 7)::json) AS feature`

/** The coverage in force on `date`, by code; `area` narrows it to the grids of an area and of those in it. */
export async function gridsInForce(
  db: Queryable,
  date: string,
  area: string | null,
  scope: Scope,
): Promise<GridFeature[]> {
  const { rows } = await db.query<{ feature: GridFeature }>(
    `WITH RECURSIVE below AS (
       SELECT code FROM areas WHERE code = $2
        UNION ALL
       SELECT areas.code FROM below JOIN areas ON areas.parent_code = below.code
     )
     SELECT ${FEATURE}
       FROM grids
      WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)
        AND ($2::text IS NULL OR area_code IN (SELECT code FROM below))
        AND area_code ^@ ANY ($3::text[])
      ORDER BY code`,
    [date, area, scope],
  )
  return rows.map((row) => row.feature)
}

/** The version of a grid in force on `date`; null when there is none. */
export async function gridInForce(
  db: Queryable,
  code: string,
  date: string,
  scope: Scope,
): Promise<GridFeature | null> {
  const { rows } = await db.query<{ feature: GridFeature }>(
    `SELECT ${FEATURE}
       FROM grids
      WHERE code = $1
        AND valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
        AND area_code ^@ ANY ($3::text[])`,
    [code, date, scope],
  )
  return rows[0]?.feature ?? null
}

/** Every version of a grid, the newest first. */
export async function gridHistory(db: Queryable, code: string, scope: Scope): Promise<GridFeature[]> {
  const { rows } = await db.query<{ feature: GridFeature }>(
    `SELECT ${FEATURE}
       FROM grids
      WHERE code = $1
        AND area_code ^@ ANY ($2::text[])
      ORDER BY valid_from DESC`,
    [code, scope],
  )
  return rows.map((row) => row.feature)
}

export interface CoverageFindings {
  overlaps: number
  overlapM2: number
  /** regions that no grid covers and grids enclose */
  gaps: number
  gapM2: number
}

/** Gaps and overlaps of all grids in force on `date`, found by the database. */
export async function checkCoverage(db: Queryable, date: string): Promise<CoverageFindings> {
  const { rows } = await db.query<CoverageFindings>(
    `WITH in_force AS MATERIALIZED (
       SELECT code, geom FROM grids
        WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)
     ), overlapping AS (
       SELECT ST_Area(ST_Intersection(a.geom, b.geom)::geography) AS m2
         FROM in_force a
         JOIN grids b ON b.geom && a.geom AND b.code > a.code
          AND b.valid_from <= $1::date AND (b.valid_to IS NULL OR b.valid_to > $1::date)
        WHERE ST_Relate(a.geom, b.geom, '2********')
     ), covered AS MATERIALIZED (
       SELECT (ST_Dump(ST_Union(geom))).geom AS part FROM in_force
     ), enclosed AS (
       SELECT ST_MakePolygon(ST_ExteriorRing(ring.geom)) AS geom
         FROM covered, ST_DumpRings(part) AS ring
        WHERE ring.path[1] > 0
     ), gaps AS (
       SELECT ST_Area(enclosed.geom::geography) - coalesce(islands.m2, 0) AS m2
         FROM enclosed
         LEFT JOIN LATERAL (
           SELECT sum(ST_Area(part::geography)) AS m2 FROM covered WHERE ST_CoveredBy(part, enclosed.geom)
         ) islands ON true
     )
     SELECT (SELECT count(*) FROM overlapping) AS "overlaps",
            (SELECT coalesce(sum(m2), 0) FROM overlapping) AS "overlapM2",
            (SELECT count(*) FROM gaps) AS gaps,
            (SELECT coalesce(sum(m2), 0) FROM gaps) AS "gapM2"`,
    [date],
  )
  return rows[0]!
}
