import type { CoverageGrid } from '../../../domain/coverage/parts.ts'
import type { MultiPolygon } from '../../../domain/geometry.ts'
import type { Queryable, Transaction } from '../../database/database.ts'
import { attributeBuildings, attributeIncidents } from '../attribution/queries.ts'
import type { MergedRows } from '../import-context.ts'

/** west, south, east, north in degrees */
export type Extent = [number, number, number, number]

/** Codes whose last version has ended: they are never used again. */
export async function listEndedCodes(db: Queryable, today: string): Promise<Set<string>> {
  const { rows } = await db.query<{ code: string }>(
    `SELECT code FROM grids GROUP BY code HAVING bool_and(coalesce(valid_to <= $1::date, false))`,
    [today],
  )
  return new Set(rows.map(({ code }) => code))
}

/** Grids in force on `today` that touch `extent` and are not among `codes`. */
export async function listNeighbours(
  db: Queryable,
  extent: Extent,
  codes: readonly string[],
  today: string,
): Promise<CoverageGrid[]> {
  const { rows } = await db.query<{ code: string; geometry: { coordinates: MultiPolygon } }>(
    `SELECT code, ST_AsGeoJSON(geom, 7)::json AS geometry
       FROM grids
      WHERE valid_from <= $6::date AND (valid_to IS NULL OR valid_to > $6::date)
        AND geom && ST_MakeEnvelope($1, $2, $3, $4, 4326)
        AND code <> ALL ($5::text[])
      ORDER BY code`,
    [...extent, codes, today],
  )
  return rows.map(({ code, geometry }) => ({ key: code, geometry: geometry.coordinates }))
}

/** Whether any grid, of any time, touches `extent`. */
export async function hasGridsNear(tx: Transaction, extent: Extent): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT 1 FROM grids WHERE geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) LIMIT 1`,
    extent,
  )
  return rows.length > 0
}

/** Nobody else changes the coverage until the transaction ends. */
export async function lockGrids(tx: Transaction): Promise<void> {
  await tx.query(`LOCK TABLE grids IN SHARE ROW EXCLUSIVE MODE`)
}

/** Cases being written are written first; those of others wait until the transaction ends, and see its grids then. */
export async function lockIncidents(tx: Transaction): Promise<void> {
  await tx.query(`LOCK TABLE incidents IN SHARE ROW EXCLUSIVE MODE`)
}

export interface Fates extends MergedRows {
  /** newest first day of a version that must end; null: none must */
  latestMoved: string | null
}

/**
 * Makes the table `grid_fates`: what becomes of each staged grid, with its values as they will be. `new`: no
 * version is in force; `moved`: its shape changes, from `changeDay` on; `same`: its shape stays, or is replaced
 * in place because only vertices on straight borders differ or the version began on `changeDay`.
 */
export async function decideFates(
  tx: Transaction,
  filled: readonly string[],
  changeDay: string,
  today: string,
): Promise<Fates> {
  await tx.query(
    `CREATE TEMP TABLE grid_fates (
       code text COLLATE "C", fate text, changed boolean, is_neighbour boolean, valid_from date, valid_to date,
       area_code text, name text, name_en text, estate_type text, households integer, residents integer,
       staff_count integer, needs_repair boolean, old_geom geometry, geom geometry
     ) ON COMMIT DROP`,
  )
  await tx.query(
    `INSERT INTO grid_fates
     WITH wanted AS (
       SELECT staged.key AS code, known, staged.area_code IS NULL AS is_neighbour,
              coalesce(staged.area_code, known.area_code) AS area_code,
              CASE WHEN known.code IS NULL OR 'name' = ANY ($1::text[]) AND staged.area_code IS NOT NULL
                   THEN staged.name ELSE known.name END AS name,
              CASE WHEN known.code IS NULL OR 'nameEn' = ANY ($1) AND staged.area_code IS NOT NULL
                   THEN staged.name_en ELSE known.name_en END AS name_en,
              CASE WHEN known.code IS NULL OR 'estateType' = ANY ($1) AND staged.area_code IS NOT NULL
                   THEN staged.estate_type ELSE known.estate_type END AS estate_type,
              CASE WHEN known.code IS NULL OR 'households' = ANY ($1) AND staged.area_code IS NOT NULL
                   THEN staged.households ELSE known.households END AS households,
              CASE WHEN known.code IS NULL OR 'residents' = ANY ($1) AND staged.area_code IS NOT NULL
                   THEN staged.residents ELSE known.residents END AS residents,
              CASE WHEN known.code IS NULL OR 'staffCount' = ANY ($1) AND staged.area_code IS NOT NULL
                   THEN staged.staff_count ELSE known.staff_count END AS staff_count,
              -- what is wrong with a neighbour may lie at its far side, which was not looked at
              staged.needs_repair OR (staged.area_code IS NULL AND known.needs_repair) AS needs_repair,
              known.geom AS old_geom, staged.geom,
              CASE WHEN known.code IS NULL THEN 'new'
                   WHEN known.geom = staged.geom OR known.valid_from = $2::date OR ST_Equals(known.geom, staged.geom)
                   THEN 'same'
                   ELSE 'moved' END AS fate
         FROM import_staging staged
         LEFT JOIN grids known ON known.code = staged.key AND known.valid_from <= $3::date
                              AND (known.valid_to IS NULL OR known.valid_to > $3::date)
     )
     SELECT code, fate,
            fate <> 'same'
              OR (area_code, name, name_en, estate_type, households, residents, staff_count, needs_repair, geom)
                 IS DISTINCT FROM ((known).area_code, (known).name, (known).name_en, (known).estate_type,
                                   (known).households, (known).residents, (known).staff_count, (known).needs_repair,
                                   (known).geom),
            is_neighbour, (known).valid_from, (known).valid_to, area_code, name, name_en, estate_type, households,
            residents, staff_count, needs_repair, old_geom, geom
       FROM wanted`,
    [filled, changeDay, today],
  )
  const { rows } = await tx.query<Fates>(
    `SELECT count(*) FILTER (WHERE fate = 'new') AS inserted,
            count(*) FILTER (WHERE fate <> 'new' AND changed AND NOT is_neighbour) AS updated,
            count(*) FILTER (WHERE NOT changed AND NOT is_neighbour) AS unchanged,
            max(valid_from) FILTER (WHERE fate = 'moved') AS "latestMoved"
       FROM grid_fates`,
  )
  return rows[0]!
}

/** Makes the table `moved_borders`: where buildings and cases may come to lie in another grid, or their area's code changes. */
export async function noteMovedBorders(tx: Transaction): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE moved_borders ON COMMIT DROP AS
     SELECT old_geom AS geom FROM grid_fates WHERE changed AND old_geom IS NOT NULL
      UNION ALL
     SELECT geom FROM grid_fates WHERE changed AND (old_geom IS NULL OR old_geom IS DISTINCT FROM geom)`,
  )
  await tx.query(`CREATE INDEX ON moved_borders USING gist (geom)`)
}

/** Writes `grid_fates`: changed shapes from `changeDay` on, new grids from `firstDay` on. */
export async function writeGrids(tx: Transaction, changeDay: string, firstDay: string): Promise<void> {
  await tx.query(
    `UPDATE grids
        SET area_code = fate.area_code, name = fate.name, name_en = fate.name_en, estate_type = fate.estate_type,
            households = fate.households, residents = fate.residents, staff_count = fate.staff_count,
            needs_repair = fate.needs_repair, geom = fate.geom, updated_at = now()
       FROM grid_fates fate
      WHERE grids.code = fate.code AND grids.valid_from = fate.valid_from AND fate.fate = 'same' AND changed`,
  )
  await tx.query(
    `UPDATE grids SET valid_to = $1::date, updated_at = now()
       FROM grid_fates fate
      WHERE grids.code = fate.code AND grids.valid_from = fate.valid_from AND fate.fate = 'moved'`,
    [changeDay],
  )
  await tx.query(
    `INSERT INTO grids (code, valid_from, valid_to, area_code, name, name_en, estate_type, households, residents,
                        staff_count, needs_repair, geom)
     SELECT code, CASE fate WHEN 'new' THEN $2::date ELSE $1::date END, valid_to, area_code, name, name_en,
            estate_type, households, residents, staff_count, needs_repair, geom
       FROM grid_fates
      WHERE fate IN ('new', 'moved')
      ORDER BY code`,
    [changeDay, firstDay],
  )
}

/** Buildings at `moved_borders` get their grid anew. Answers how many changed. */
export async function reattributeBuildings(tx: Transaction, today: string): Promise<number> {
  await attributeBuildings(tx, 'moved', today)
  const { rowCount } = await tx.query(
    `UPDATE buildings
        SET grid_code = place.grid_code, area_code = coalesce(place.area_code, '')
       FROM (SELECT b.id, p.grid_code, p.area_code
               FROM buildings b LEFT JOIN building_grids p USING (id)
              WHERE EXISTS (SELECT 1 FROM moved_borders m WHERE m.geom && b.geom)) place
      WHERE buildings.id = place.id
        AND (buildings.grid_code, buildings.area_code) IS DISTINCT FROM (place.grid_code, coalesce(place.area_code, ''))`,
  )
  return rowCount
}

/**
 * Cases at `moved_borders`: the open ones, and those that stand in no grid, get their present grid anew; the
 * grid of the report is only filled in where there is none. Answers how many changed.
 */
export async function reattributeIncidents(
  tx: Transaction,
  today: string,
  timeZone: string,
): Promise<number> {
  await attributeIncidents(tx, 'moved', today, timeZone)
  const { rowCount } = await tx.query(
    `WITH place AS (
       SELECT i.id, coalesce(i.grid_at_report, p.grid_at_report) AS grid_at_report,
              CASE WHEN follows THEN p.grid_now ELSE i.grid_now END AS grid_now,
              CASE WHEN follows OR i.grid_now = p.grid_now THEN coalesce(p.area_code, '') ELSE i.area_code END AS area_code
         FROM (SELECT *, closed_at IS NULL OR grid_now IS NULL AS follows FROM incidents) i
         LEFT JOIN incident_grids p USING (id)
        WHERE EXISTS (SELECT 1 FROM moved_borders m WHERE m.geom && i.geom)
     )
     UPDATE incidents
        SET grid_at_report = place.grid_at_report, grid_now = place.grid_now, area_code = place.area_code,
            updated_at = now()
       FROM place
      WHERE incidents.id = place.id
        AND (incidents.grid_at_report, incidents.grid_now, incidents.area_code)
            IS DISTINCT FROM (place.grid_at_report, place.grid_now, place.area_code)`,
  )
  return rowCount
}
