import type { Database } from '../../server/database/database.ts'

const STREETS = 12
const COMMUNITIES = 36
const GRIDS = 810
const CATEGORIES = 90
const MONTHS = 13
const CHUNK = 500_000

/**
 * Fills a migrated, empty database with `count` cases of 13 months: 810 grids and 90 categories of which few
 * have most of the cases, nearly all old cases closed; rows lie in the order of time, as they would in life.
 * What is there from an earlier run is kept.
 */
export async function prepareIncidents(
  db: Database,
  count: number,
  say: (text: string) => void,
): Promise<void> {
  const { rows } = await db.query<{ n: number }>('SELECT count(*) AS n FROM incidents')
  if (rows[0]!.n === count) return
  await db.query(
    'TRUNCATE incidents, transitions, grids, areas, categories, departments RESTART IDENTITY CASCADE',
  )
  await insertPlaces(db)
  // The outbox is not what is measured, and indexes and references are faster checked once at the end
  await db.query(`ALTER TABLE incidents DISABLE TRIGGER USER;
    ALTER TABLE incidents DROP CONSTRAINT IF EXISTS incidents_category_code_fkey,
                          DROP CONSTRAINT IF EXISTS incidents_department_code_fkey;
    DROP INDEX IF EXISTS incidents_reported, incidents_geom, incidents_grid, incidents_due, incidents_density`)
  await db.query('SELECT setseed(0.5)')
  for (let done = 0; done < count; done += CHUNK) {
    await insertIncidents(db, done, Math.min(CHUNK, count - done), count)
    say(
      `  ${Math.min(done + CHUNK, count).toLocaleString('en')} of ${count.toLocaleString('en')} cases written`,
    )
  }
  say('  indexes and statistics')
  await db.query('CREATE INDEX incidents_reported ON incidents (reported_at, id)')
  await db.query(`CREATE INDEX incidents_density ON incidents (reported_at)
    INCLUDE (grid_now, category_code, status, level)`)
  await db.query(`ALTER TABLE incidents ENABLE TRIGGER USER,
    ADD CONSTRAINT incidents_category_code_fkey FOREIGN KEY (category_code) REFERENCES categories (code),
    ADD CONSTRAINT incidents_department_code_fkey FOREIGN KEY (department_code) REFERENCES departments (code)`)
  await db.query('VACUUM (ANALYZE) incidents')
}

async function insertPlaces(db: Database): Promise<void> {
  await db.query(
    `INSERT INTO areas (code, level, name, parent_code)
     SELECT '110101', 'district', 'district', NULL
      UNION ALL
     SELECT '110101' || lpad(s::text, 3, '0'), 'street', 'street ' || s, '110101'
       FROM generate_series(1, $1::int) s
      UNION ALL
     SELECT '110101' || lpad((1 + (c - 1) % $1)::text, 3, '0') || lpad(c::text, 3, '0'), 'community',
            'community ' || c, '110101' || lpad((1 + (c - 1) % $1)::text, 3, '0')
       FROM generate_series(1, $2::int) c`,
    [STREETS, COMMUNITIES],
  )
  await db.query(
    `INSERT INTO grids (code, valid_from, area_code, name, households, geom)
     SELECT area.code || lpad((1 + g / $2::int)::text, 3, '0'), '1900-01-01', area.code, 'grid ' || g, 200 + g % 300,
            ST_Multi(ST_MakeEnvelope(116.3 + (g % 30) * 0.004, 39.8 + (g / 30) * 0.004,
                                     116.304 + (g % 30) * 0.004, 39.804 + (g / 30) * 0.004, 4326))
       FROM generate_series(0, $1::int - 1) g
       JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM areas WHERE level = 'community') area
         ON area.n = g % $2`,
    [GRIDS, COMMUNITIES],
  )
  await db.query(
    `INSERT INTO categories (code, parent_code, name)
     SELECT 'C' || lpad(c::text, 2, '0'), NULL, 'class ' || c FROM generate_series(0, 10) c`,
  )
  await db.query(
    `INSERT INTO categories (code, parent_code, name)
     SELECT 'C' || lpad((c % 11)::text, 2, '0') || '-' || lpad(c::text, 2, '0'), 'C' || lpad((c % 11)::text, 2, '0'),
            'category ' || c
       FROM generate_series(0, $1::int - 12) c`,
    [CATEGORIES],
  )
  await db.query(
    `INSERT INTO departments (code, name) SELECT 'D' || d, 'department ' || d FROM generate_series(1, 20) d`,
  )
}

async function insertIncidents(db: Database, done: number, count: number, all: number): Promise<void> {
  await db.query(
    `WITH place AS MATERIALIZED (
       SELECT array_agg(code ORDER BY md5(code)) AS codes, array_agg(area_code ORDER BY md5(code)) AS areas,
              array_agg(ST_XMin(geom) ORDER BY md5(code)) AS wests, array_agg(ST_YMin(geom) ORDER BY md5(code)) AS souths
         FROM grids
     ), kind AS MATERIALIZED (
       SELECT array_agg(code ORDER BY md5(code)) AS codes FROM categories WHERE parent_code IS NOT NULL
     ), drawn AS MATERIALIZED (
       SELECT n, 1 + floor($4::int * power(random(), 2))::int AS grid,
              1 + floor(($5::int - 11) * power(random(), 2.5))::int AS category,
              random() AS luck, random() AS dx, random() AS dy,
              timestamptz '2025-01-01' + (n::float8 / $3::int) * $6::int * interval '30.4 days' AS reported_at
         FROM generate_series($1::int + 1, $1::int + $2::int) n
     )
     INSERT INTO incidents (number, category_code, level, intake, department_code, geom, grid_at_report, grid_now,
                            area_code, reported_at, status, due_at, closed_at)
     SELECT to_char(reported_at, 'YYYYMMDD') || '-' || lpad(n::text, 8, '0'), kind.codes[category],
            1 + floor(4 * power(luck, 0.5))::int, (ARRAY['patrol', 'video', 'public', 'superior'])[1 + n % 4],
            'D' || 1 + category % 20, ST_SetSRID(ST_Point(wests[grid] + dx * 0.004, souths[grid] + dy * 0.004), 4326),
            place.codes[grid], place.codes[grid], place.areas[grid], reported_at,
            CASE WHEN luck < 0.93 THEN 'closed'
                 ELSE (ARRAY['reported', 'filed', 'dispatched', 'handled', 'verified'])[1 + n % 5] END,
            reported_at + interval '3 days',
            CASE WHEN luck < 0.93 THEN reported_at + (0.1 + luck * 5) * interval '1 day' END
       FROM drawn, place, kind
      ORDER BY n`,
    [done, count, all, GRIDS, CATEGORIES, MONTHS],
  )
}
