import type { NearPlace, PlaceFeature, PlaceType } from '../../domain/place.ts'
import type { Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

const FEATURE = `json_build_object(
    'type', 'Feature',
    'properties', json_build_object(
      'id', id, 'externalId', external_id, 'type', type, 'name', name, 'nameEn', name_en, 'address', address,
      'phone', phone, 'gridCode', grid_code),
    'geometry', ST_AsGeoJSON(geom, 7)::json)`

/** Places in the order of their ids, at most `limit`; `types` null: of every type. */
export async function listPlaces(
  db: Queryable,
  scope: Scope,
  types: readonly PlaceType[] | null,
  limit: number,
): Promise<PlaceFeature[]> {
  const { rows } = await db.query<{ feature: PlaceFeature }>(
    `SELECT ${FEATURE} AS feature
       FROM places
      WHERE area_code ^@ ANY ($1::text[])
        AND ($2::text[] IS NULL OR type = ANY ($2))
      ORDER BY id
      LIMIT $3::int`,
    [scope, types, limit],
  )
  return rows.map(({ feature }) => feature)
}

/**
 * The places nearest to a point (degrees), the nearest first. By degrees, which the index knows, more than wanted are
 * found; by the ground they are put in order.
 */
export async function nearestPlaces(
  db: Queryable,
  scope: Scope,
  { lng, lat, types, limit }: { lng: number; lat: number; types: readonly PlaceType[] | null; limit: number },
): Promise<NearPlace[]> {
  const { rows } = await db.query<NearPlace>(
    `WITH spot AS (
       SELECT ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326) AS geom
     ), candidates AS (
       SELECT places.*, spot.geom AS spot
         FROM places, spot
        WHERE area_code ^@ ANY ($3::text[])
          AND ($4::text[] IS NULL OR type = ANY ($4))
        ORDER BY places.geom <-> spot.geom
        LIMIT $5::int * 8 + 32
     ), measured AS (
       SELECT *, ST_Distance(geom::geography, spot::geography) AS distance_m FROM candidates
     )
     SELECT ${FEATURE} AS place, distance_m AS "distanceM"
       FROM measured
      ORDER BY distance_m, id
      LIMIT $5`,
    [lng, lat, scope, types, limit],
  )
  return rows
}
