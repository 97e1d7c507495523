import fc from 'fast-check'
import { rowsOf } from '../../domain/columns/test-rows.ts'
import { INTAKES, LEVELS, STATUSES } from '../../domain/incident.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import type { Database } from '../database/database.ts'
import { ColumnStore } from './column-store.ts'

const CATEGORIES = ['road', 'road-hole', 'road-hole-deep', 'rubbish']
export const DEPARTMENTS = ['roads', 'cleaning']
const GRIDS = ['110101001001001', '110101001001002', '110101002001001']

/** A small district: two streets, a community and at least one grid in each, a tree of categories. */
export async function insertDistrict(db: Database): Promise<void> {
  await db.query(`
    INSERT INTO areas (code, level, name, parent_code) VALUES
      ('110101', 'district', 'district', NULL),
      ('110101001', 'street', 'one', '110101'),
      ('110101002', 'street', 'two', '110101'),
      ('110101001001', 'community', 'one one', '110101001'),
      ('110101002001', 'community', 'two one', '110101002');
    INSERT INTO grids (code, valid_from, area_code, name, households, geom) VALUES
      ('110101001001001', '1900-01-01', '110101001001', 'a', 200,
       ST_Multi(ST_MakeEnvelope(116.00, 39.00, 116.01, 39.01, 4326))),
      ('110101001001002', '1900-01-01', '110101001001', 'b', 300,
       ST_Multi(ST_MakeEnvelope(116.01, 39.00, 116.02, 39.01, 4326))),
      ('110101002001001', '1900-01-01', '110101002001', 'c', NULL,
       ST_Multi(ST_MakeEnvelope(116.02, 39.00, 116.03, 39.01, 4326)));
    INSERT INTO categories (code, parent_code, name) VALUES
      ('road', NULL, 'road'), ('road-hole', 'road', 'hole'), ('road-hole-deep', 'road-hole', 'deep hole'),
      ('rubbish', NULL, 'rubbish');
    INSERT INTO departments (code, name) VALUES ('roads', 'roads'), ('cleaning', 'cleaning')`)
}

/** A case as a test writes it, past every route. */
export interface TestCase {
  grid: string | null
  category: string
  department: string | null
  level: number
  intake: string
  status: string
  /** seconds after BASE */
  reportedAfterS: number
  dueAfterS: number | null
  closedAfterS: number | null
}

export const BASE = '2026-03-01T00:00:00Z'
const SPAN_S = 3 * 86_400

export const anyCase: fc.Arbitrary<TestCase> = fc.record({
  grid: fc.constantFrom(null, ...GRIDS),
  category: fc.constantFrom(...CATEGORIES),
  department: fc.constantFrom(null, ...DEPARTMENTS),
  level: fc.constantFrom(...LEVELS),
  intake: fc.constantFrom(...INTAKES),
  status: fc.constantFrom(...STATUSES),
  // Parts of a second, and whole hours that many share
  reportedAfterS: fc.oneof(
    fc.integer({ min: 0, max: SPAN_S * 1000 }).map((ms) => ms / 1000),
    fc.nat(72).map((hours) => hours * 3600),
  ),
  dueAfterS: fc.option(fc.nat(SPAN_S)),
  closedAfterS: fc.option(fc.nat(SPAN_S)),
})

const anyTime = fc
  .oneof(
    fc.nat(72).map((hours) => hours * 3600),
    fc.nat(SPAN_S),
  )
  .map((seconds) => new Date(Date.parse(BASE) + seconds * 1000).toISOString())

const someOf = <T>(choices: readonly T[]) => fc.subarray([...choices])

export const anyCaseFilter: fc.Arbitrary<IncidentFilter> = fc.record(
  {
    from: anyTime,
    to: anyTime,
    category: someOf([...CATEGORIES, 'unheard-of']),
    status: someOf(STATUSES),
    level: someOf(LEVELS),
    intake: someOf(INTAKES),
    department: someOf(DEPARTMENTS),
    area: fc.constantFrom('110101', '110101001', '110101002001', '9'),
    grid: fc.constantFrom(...GRIDS, '110101009001001'),
    open: fc.boolean(),
  },
  { requiredKeys: [] },
)

let written = 0

/** Answers the ids. */
export async function insertCases(db: Database, cases: readonly TestCase[]): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO incidents (number, category_code, level, intake, department_code, geom, grid_at_report, grid_now,
                            area_code, reported_at, status, due_at, closed_at)
     SELECT 'case ' || ($2::int + n), c->>'category', (c->>'level')::smallint, c->>'intake', c->>'department',
            ST_SetSRID(ST_MakePoint(116 + n * 0.0001, 39.005), 4326), c->>'grid', c->>'grid',
            coalesce(left(c->>'grid', 12), ''), reported_at, c->>'status',
            reported_at + (c->>'dueAfterS')::float8 * interval '1 second',
            reported_at + (c->>'closedAfterS')::float8 * interval '1 second'
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY element (c, n),
            LATERAL (SELECT $3::timestamptz + (c->>'reportedAfterS')::float8 * interval '1 second') t (reported_at)
     RETURNING id`,
    [JSON.stringify(cases), written, BASE],
  )
  written += cases.length
  return rows.map(({ id }) => id)
}

/** The cases of a store with their codes, for comparison with another store's. */
export function casesOf({ columns }: ColumnStore) {
  const { categories, grids, departments } = columns.dictionaries
  return rowsOf(columns).map((row) => ({
    ...row,
    category: categories[row.category],
    grid: grids[row.grid],
    department: departments[row.department],
  }))
}

/** A store that hears of nothing: what the database holds at this moment. */
export async function freshStore(db: Database, hotMonths = 13): Promise<ColumnStore> {
  const store = new ColumnStore({
    db,
    feed: { position: '', subscribe: () => () => undefined },
    config: { hotMonths, timeZone: 'Asia/Shanghai' },
    log: { warn: console.warn },
  })
  await store.ready
  return store
}
