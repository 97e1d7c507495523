import type { Queryable } from '../../server/database/database.ts'

/** West and south of the coverage, and the size of a grid, in degrees. */
export const SAMPLE = { west: 120.14, south: 30.24, gridWidth: 0.012, gridHeight: 0.01, columns: 4, rows: 3 }

/** Cases reported evenly over the last 60 days, one each 2.4 hours, the last 37 minutes ago. */
const SAMPLE_CASES = 600

/**
 * Fills an empty database with a district of one street, two communities and 4 x 3 grids of which one has a
 * past, buildings, two levels of categories, and cases in every status, level and grid; a few lie outside.
 */
export async function fillSampleDistrict(db: Queryable): Promise<void> {
  for (const statement of [
    AREAS,
    GRIDS,
    PAST_VERSION,
    AREA_SHAPES,
    BUILDINGS,
    CATEGORIES,
    INCIDENTS,
    STEPS,
  ]) {
    await db.query(statement)
  }
  await db.query('ANALYZE')
}

const AREAS = `
  INSERT INTO areas (code, level, name, name_en, parent_code) VALUES
    ('330199', 'district', '示范区', 'Sample District', NULL),
    ('330199001', 'street', '湖滨街道', 'Lakeside', '330199'),
    ('330199001001', 'community', '柳浪社区', 'Willow', '330199001'),
    ('330199001002', 'community', '梅园社区', 'Plum', '330199001')`

const { west, south, gridWidth, gridHeight, columns, rows } = SAMPLE

const GRIDS = `
  INSERT INTO grids (code, valid_from, area_code, name, name_en, estate_type, households, residents, staff_count, geom)
  SELECT community || lpad((y * 2 + x % 2 + 1)::text, 3, '0'),
         CASE WHEN x = 0 AND y = 0 THEN date '2025-03-01' ELSE date '1900-01-01' END,
         community,
         CASE WHEN x < 2 THEN '柳浪' ELSE '梅园' END || (y * 2 + x % 2 + 1) || '号网格',
         CASE WHEN x < 2 THEN 'Willow ' ELSE 'Plum ' END || (y * 2 + x % 2 + 1),
         CASE WHEN x < 2 THEN 'old' ELSE 'new' END,
         -- one grid without households: nothing to divide by
         CASE WHEN x = 3 AND y = 2 THEN NULL ELSE 180 + 30 * x + 10 * y END,
         500 + 60 * x, 2 + x + y,
         ST_Multi(ST_MakeEnvelope(
           ${west} + x * ${gridWidth}, ${south} + y * ${gridHeight},
           ${west} + (x + 1) * ${gridWidth}, ${south} + (y + 1) * ${gridHeight}, 4326))
    FROM generate_series(0, ${columns - 1}) x,
         generate_series(0, ${rows - 1}) y,
         LATERAL (SELECT CASE WHEN x < 2 THEN '330199001001' ELSE '330199001002' END AS community) c`

const PAST_VERSION = `
  INSERT INTO grids (code, valid_from, valid_to, area_code, name, estate_type, households, geom)
  SELECT code, date '1900-01-01', valid_from, area_code, '旧' || name, estate_type, 320,
         ST_Multi(ST_MakeEnvelope(${west}, ${south}, ${west + gridWidth}, ${south + gridHeight * 1.4}, 4326))
    FROM grids WHERE code = '330199001001001'`

const AREA_SHAPES = `
  UPDATE areas
     SET geom = (SELECT ST_Multi(ST_Union(grids.geom)) FROM grids
                  WHERE valid_to IS NULL AND starts_with(area_code, areas.code))`

const BUILDINGS = `
  INSERT INTO buildings (external_id, address, floors, height_m, households, estate_type, grid_code, area_code, geom)
  SELECT 'B' || n, '湖滨路' || n || '号', 6, 18, 24, 'old', g.code, g.area_code,
         ST_Multi(ST_MakeEnvelope(lng, lat, lng + 0.0004, lat + 0.0003, 4326))
    FROM generate_series(1, 120) n,
         LATERAL (SELECT ${west} + 0.001 + (n % 12) * 0.0039 AS lng, ${south} + 0.001 + (n / 12) * 0.0028 AS lat) p,
         LATERAL (SELECT code, area_code FROM grids
                   WHERE valid_to IS NULL AND ST_Covers(geom, ST_SetSRID(ST_MakePoint(lng, lat), 4326))
                   ORDER BY code LIMIT 1) g`

const CATEGORIES = `
  INSERT INTO categories (code, parent_code, name, name_en, kind) VALUES
    ('01', NULL, '市容环境', 'City appearance', 'event'),
    ('0101', '01', '暴露垃圾', 'Exposed rubbish', 'event'),
    ('0102', '01', '道路不洁', 'Dirty road', 'event'),
    ('02', NULL, '公用设施', 'Public utilities', 'component'),
    ('0201', '02', '井盖破损', 'Broken manhole', 'component'),
    ('0202', '02', '路灯不亮', 'Dead street lamp', 'component'),
    ('03', NULL, '突发事件', 'Emergencies', 'event')`

const INCIDENTS = `
  INSERT INTO incidents (number, category_code, level, intake, geom, grid_at_report, grid_now, area_code, reported_at)
  SELECT 'S' || lpad(n::text, 6, '0'),
         (ARRAY['0101', '0102', '0201', '0101', '0202', '03', '0101'])[1 + n % 7],
         1 + n % 4,
         (ARRAY['patrol', 'video', 'public', 'superior'])[1 + n % 4],
         place, g.code, g.code, coalesce(g.area_code, ''),
         date_trunc('minute', now()) - n * interval '144 minutes' + interval '107 minutes'
    FROM generate_series(1, ${SAMPLE_CASES}) n,
         LATERAL (SELECT ST_SetSRID(ST_MakePoint(
           -- more in the west, and every 97th beyond the eastern edge
           ${west} + ${gridWidth * columns} * CASE WHEN n % 97 = 0 THEN 1.1 ELSE power((n * 37 % 101) / 101.0, 1.5) END,
           ${south} + ${gridHeight * rows} * ((n * 53 % 103) / 103.0)), 4326) AS place) p
         LEFT JOIN LATERAL (SELECT code, area_code FROM grids
                             WHERE valid_to IS NULL AND ST_Covers(geom, place)
                             ORDER BY code LIMIT 1) g ON true`

/** Every case was reported; three of four went on, to a status of their own. */
const STEPS = `
  INSERT INTO transitions (incident_id, at, actor, from_status, to_status, due_at)
  SELECT id, reported_at, 'sample', NULL, 'reported',
         CASE WHEN n % 10 <> 0 THEN reported_at + (1 + n % 5) * interval '1 day' END
    FROM incidents, LATERAL (SELECT substr(number, 2)::int AS n) x
  UNION ALL
  SELECT id, reported_at + interval '20 minutes', 'sample', 'reported',
         (ARRAY['filed', 'dispatched', 'handled', 'verified', 'closed', 'closed', 'closed', 'suspended', 'void'])[1 + n % 9],
         NULL
    FROM incidents, LATERAL (SELECT substr(number, 2)::int AS n) x
   WHERE n % 4 <> 0`
