import type { Transaction } from '../../database/database.ts'

/**
 * What is to be put into grids: the rows being imported, or those stored that touch `moved_borders`. Places are
 * looked up grid by grid, not grid by place: PostGIS prepares a polygon once and asks it about many places,
 * which takes a tenth of the time. `OFFSET 0` keeps the planner from turning the two around.
 */
export type ToAttribute = 'staged' | 'moved'

const BUILDINGS: Record<ToAttribute, string> = {
  staged: `SELECT row_number AS id, geom FROM import_staging WHERE rejected IS NULL`,
  moved: `SELECT id, geom FROM buildings WHERE EXISTS (SELECT 1 FROM moved_borders m WHERE m.geom && buildings.geom)`,
}

const INCIDENTS: Record<ToAttribute, string> = {
  staged: `SELECT row_number AS id, geom, reported_at FROM import_staging WHERE rejected IS NULL`,
  moved: `SELECT id, geom, reported_at FROM incidents WHERE EXISTS (SELECT 1 FROM moved_borders m WHERE m.geom && incidents.geom)`,
}

async function indexStaging(tx: Transaction, source: ToAttribute): Promise<void> {
  if (source === 'staged') await tx.query(`CREATE INDEX ON import_staging USING gist (geom)`)
}

/**
 * Makes the table `building_grids` (id, grid_code, area_code) of this transaction: for each building the grid
 * in force on `today` that holds most of it, of equals the lower code; buildings outside all grids are not in
 * it. Grids are cut into small pieces first: most buildings lie within one piece and need no intersection.
 */
export async function attributeBuildings(tx: Transaction, source: ToAttribute, today: string): Promise<void> {
  await indexStaging(tx, source)
  await tx.query(
    `CREATE TEMP TABLE grid_pieces (code text COLLATE "C", area_code text, geom geometry(Polygon, 4326)) ON COMMIT DROP`,
  )
  await tx.query(
    `INSERT INTO grid_pieces
     SELECT code, area_code, ST_Subdivide(geom, 64)
       FROM grids
      WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)`,
    [today],
  )
  await tx.query(`CREATE INDEX ON grid_pieces USING gist (geom)`)
  await tx.query(
    `CREATE TEMP TABLE building_grids ON COMMIT DROP AS
     SELECT DISTINCT ON (building.id) building.id::bigint AS id, code AS grid_code, area_code
       FROM grid_pieces piece
      CROSS JOIN LATERAL (
             SELECT id, geom FROM (${BUILDINGS[source]}) candidate WHERE piece.geom && candidate.geom OFFSET 0
           ) building
      WHERE ST_Covers(piece.geom, building.geom)
      ORDER BY building.id, code`,
  )
  await tx.query(`CREATE UNIQUE INDEX ON building_grids (id)`)
  await tx.query(`ANALYZE building_grids`)
  await tx.query(
    `INSERT INTO building_grids
     WITH near AS (
       SELECT building.id, code, area_code, ST_Area(ST_Intersection(building.geom, piece.geom)) AS overlap
         FROM (${BUILDINGS[source]}) building
         JOIN grid_pieces piece ON piece.geom && building.geom
        WHERE NOT EXISTS (SELECT 1 FROM building_grids WHERE building_grids.id = building.id)
     ), shares AS (
       SELECT id, code, area_code, sum(overlap) AS overlap FROM near GROUP BY id, code, area_code
     )
     SELECT DISTINCT ON (id) id, code, area_code FROM shares WHERE overlap > 0 ORDER BY id, overlap DESC, code`,
  )
}

/**
 * Makes the table `incident_grids` (id, grid_at_report, grid_now, area_code) of this transaction: for each case
 * the grid that covered its place on the day of its report in zone `timeZone`, and the one that does `today`;
 * on an edge the lower code. `area_code` is the area of the latter, '' without one. Cases outside all grids are
 * not in it.
 */
export async function attributeIncidents(
  tx: Transaction,
  source: ToAttribute,
  today: string,
  timeZone: string,
): Promise<void> {
  await indexStaging(tx, source)
  await tx.query(
    `CREATE TEMP TABLE incident_grids (id bigint, grid_at_report text, grid_now text, area_code text) ON COMMIT DROP`,
  )
  await tx.query(
    `INSERT INTO incident_grids
     WITH covered AS (
       SELECT incident.id, grid.code,
              valid_from <= reported_on AND (valid_to IS NULL OR valid_to > reported_on) AS was_in_force,
              valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date) AS is_in_force
         FROM grids grid
        CROSS JOIN LATERAL (
               SELECT id, geom, (reported_at AT TIME ZONE $2::text)::date AS reported_on
                 FROM (${INCIDENTS[source]}) candidate
                WHERE grid.geom && candidate.geom
               OFFSET 0
             ) incident
        WHERE ST_Covers(grid.geom, incident.geom)
     ), chosen AS (
       SELECT id, min(code) FILTER (WHERE was_in_force) AS grid_at_report,
              min(code) FILTER (WHERE is_in_force) AS grid_now
         FROM covered
        GROUP BY id
     )
     SELECT chosen.id, grid_at_report, grid_now, coalesce(grid.area_code, '')
       FROM chosen
       LEFT JOIN grids grid ON grid.code = grid_now
                           AND valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)`,
    [today, timeZone],
  )
  await tx.query(`CREATE INDEX ON incident_grids (id)`)
  await tx.query(`ANALYZE incident_grids`)
}
