import type { Bbox, MultiPolygon } from '../../domain/geometry.ts'
import type { Day } from '../../domain/local-day.ts'
import type { Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'
import type { BoundsM } from './mvt/tile-frame.ts'

/**
 * The buildings whose box touches `bounds`, one after another as `buildings.ts` reads them; null: none.
 * `decimals` are kept of a metre. Footprints smaller than `minAreaM2` (square metres of EPSG:3857) are left
 * out; 0 keeps all.
 */
export async function packBuildings(
  db: Queryable,
  scope: Scope,
  bounds: BoundsM,
  decimals: number,
  minAreaM2: number,
): Promise<Uint8Array | null> {
  const { rows } = await db.query<{ packed: string | null }>(
    // One value for all rows: grouping by grid, or an aggregate a column, took a fifth longer. In base64,
    // because it is shorter than the hex that bytes come in and decoded in a third of the time. A scope of
    // everything is asked for apart because the planner then drops the comparison. The box is a subquery to
    // keep its size from the planner, who reads the whole table for a tile of a dense city
    `SELECT encode(string_agg(
              int8send(id)
                || float4send(coalesce(height_m, floors * 3, 0))
                || int2send(coalesce(octet_length(grid_code), 0)::int2)
                || textsend(coalesce(grid_code, ''))
                || ST_AsTWKB(geom_3857, $6::int),
              ''), 'base64') AS packed
       FROM buildings
      WHERE geom_3857 && (SELECT ST_MakeEnvelope($1, $2, $3, $4, 3857))
        AND ('' = ANY ($5::text[]) OR area_code ^@ ANY ($5::text[]))
        AND ($7::float8 = 0 OR ST_Area(geom_3857) >= $7::float8)`,
    [...bounds, scope, decimals, minAreaM2],
  )
  const { packed } = rows[0]!
  return packed === null ? null : Buffer.from(packed, 'base64')
}

/** Who must be credited for data of a kind, one entry a source. */
export async function attributionsOf(db: Queryable, kind: 'grids' | 'buildings'): Promise<string[]> {
  const { rows } = await db.query<{ attribution: string }>(
    `SELECT DISTINCT attribution FROM imports
      WHERE kind = $1 AND state = 'done' AND attribution IS NOT NULL
      ORDER BY attribution`,
    [kind],
  )
  return rows.map((row) => row.attribution)
}

/** A grid in force, in metres of EPSG:3857. */
export interface GridOutline {
  code: string
  name: string
  area: string
  polygons: MultiPolygon
}

/** The days on which the coverage became another one, the first one first. */
export async function daysOfChange(db: Queryable): Promise<Day[]> {
  const { rows } = await db.query<{ day: Day }>(
    `SELECT valid_from AS day FROM grids UNION SELECT valid_to FROM grids WHERE valid_to IS NOT NULL ORDER BY day`,
  )
  return rows.map(({ day }) => day)
}

/** The coverage in force on `day`, whole: its borders can be simplified only together. */
export async function outlinesInForce(db: Queryable, day: Day): Promise<GridOutline[]> {
  const { rows } = await db.query<GridOutline>(
    `SELECT code, name, area_code AS area, ST_AsGeoJSON(geom_3857, 3, 0)::json -> 'coordinates' AS polygons
       FROM grids
      WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)
      ORDER BY code`,
    [day],
  )
  return rows
}

export interface BaseFeature {
  layer: string
  class: string
  name: string | null
  nameEn: string | null
  /** TWKB */
  shape: Uint8Array
}

/** What the table of the base map has for a tile of zoom `z`, with `decimals` of a metre. */
export async function baseFeatures(
  db: Queryable,
  bounds: BoundsM,
  z: number,
  decimals: number,
): Promise<BaseFeature[]> {
  const { rows } = await db.query<BaseFeature>(
    `SELECT layer, class, name, name_en AS "nameEn", ST_AsTWKB(geom_3857, $6::int) AS shape
       FROM base_features
      WHERE geom_3857 && (SELECT ST_MakeEnvelope($1, $2, $3, $4, 3857))
        AND min_zoom <= $5::int
        AND GeometryType(geom_3857) <> 'GEOMETRYCOLLECTION'
      ORDER BY layer, id`,
    [...bounds, z, decimals],
  )
  return rows
}

/** West, south, east, north in degrees of the base map's table; null when it is empty. */
export async function baseExtent(db: Queryable): Promise<Bbox | null> {
  const { rows } = await db.query<{ box: Bbox | null }>(
    `SELECT CASE WHEN count(*) > 0
              THEN ARRAY[min(ST_XMin(geom)), min(ST_YMin(geom)), max(ST_XMax(geom)), max(ST_YMax(geom))]
            END AS box
       FROM base_features`,
  )
  return rows[0]!.box
}
