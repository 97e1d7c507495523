import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseScope } from '../../domain/scope.ts'
import { listIncidents } from '../incidents/queries.ts'
import { packBuildings } from '../tiles/queries.ts'
import type { Database, Parameter, Queryable } from './database.ts'
import { connectPostgres } from './postgres.ts'
import { describeOnEachDatabase } from './test-database.ts'

const EAST: CaseScope = { areas: ['990101001'], departmentCode: null }
const WEST: CaseScope = { areas: ['990101002'], departmentCode: null }
const ALL: CaseScope = { areas: [''], departmentCode: null }

describeOnEachDatabase('reading in the name of somebody', (db, kind) => {
  /** Buildings and cases: enough for an index to be worth it, where plans are looked at. */
  const EACH_STREET = kind === 'embedded' ? 10 : 6000

  beforeAll(async () => {
    await db().query(
      `INSERT INTO areas (code, level, name, parent_code)
       VALUES ('990101', 'district', 'd', NULL), ('990101001', 'street', 'east', '990101'),
              ('990101002', 'street', 'west', '990101')`,
    )
    await db().query(
      `INSERT INTO grids (code, valid_from, area_code, name, geom)
       SELECT street || '001001', '2020-01-01', street, 'grid ' || street, ST_Multi(ST_MakeEnvelope(x, 25, x + 1, 26, 4326))
         FROM (VALUES ('990101001', 102), ('990101002', 103)) street (street, x)`,
    )
    await db().query(
      `INSERT INTO buildings (external_id, name, area_code, grid_code, geom)
       SELECT area_code || '-' || n, 'house ' || md5(n::text), area_code, code,
              ST_Multi(ST_Expand(ST_SetSRID(ST_MakePoint(ST_XMin(geom) + (n % 100) / 100.0, 25 + n / 100 / 100.0), 4326), 1e-4))
         FROM grids, generate_series(1, $1::int) n`,
      [EACH_STREET],
    )
    await db().query(`INSERT INTO categories (code, name) VALUES ('01', 'c')`)
    await db().query(`INSERT INTO departments (code, name) VALUES ('roads', 'r'), ('water', 'w')`)
    await db().query(
      `INSERT INTO incidents (number, category_code, department_code, area_code, grid_now, geom, reported_at)
       SELECT area_code || '-' || n, '01', CASE WHEN n % 2 = 0 THEN 'roads' ELSE 'water' END, area_code, code,
              ST_SetSRID(ST_MakePoint(ST_XMin(geom) + (n % 100) / 100.0, 25 + n / 100 / 100.0), 4326), now() - n * interval '1 minute'
         FROM grids, generate_series(1, $1::int) n`,
      [EACH_STREET],
    )
    await db().query(
      `INSERT INTO transitions (incident_id, at, actor, to_status) SELECT id, reported_at, 'x', 'reported' FROM incidents`,
    )
    await db().query(
      `INSERT INTO places (external_id, type, name, area_code, geom)
       SELECT area_code, 'other', 'place', area_code, ST_PointOnSurface(geom) FROM grids`,
    )
    await db().query(`INSERT INTO indicators (code, name) VALUES ('visits', 'v')`)
    await db().query(
      `INSERT INTO indicator_values (indicator_code, place_code, period_from, period_to, value)
       SELECT 'visits', code, '2026-01-01', '2026-02-01', 1 FROM areas`,
    )
    await db().query('VACUUM ANALYZE')
  }, 120_000)

  const count = async (reader: Queryable, table: string) =>
    (await reader.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]!.n

  if (kind === 'embedded') {
    it('shows what the statement asks for: there is no second wall', async () => {
      expect(await db().rowSecurityFault()).toBeNull()
      expect(await count(db().seenBy(EAST), 'buildings')).toBe(2 * EACH_STREET)
    })
    return
  }

  it('shows nothing foreign to a statement that forgets to ask for the scope', async () => {
    expect(await db().rowSecurityFault()).toBeNull()
    const rows: Record<string, [east: number, all: number]> = {
      areas: [1, 3],
      grids: [1, 2],
      buildings: [EACH_STREET, 2 * EACH_STREET],
      places: [1, 2],
      incidents: [EACH_STREET, 2 * EACH_STREET],
      transitions: [EACH_STREET, 2 * EACH_STREET],
      indicator_values: [1, 3],
    }
    for (const [table, [east, all]] of Object.entries(rows)) {
      for (const name of [table, `public.${table}`]) {
        expect([name, await count(db().seenBy(EAST), name)]).toEqual([name, east])
        expect([name, await count(db().seenBy(ALL), name)]).toEqual([name, all])
        expect([name, await count(db().seenBy({ areas: [], departmentCode: null }), name)]).toEqual([name, 0])
      }
    }
  })

  it('shows a handler the cases of the department, with their steps, and no others', async () => {
    const handler = db().seenBy({ areas: [''], departmentCode: 'roads' })
    for (const table of ['incidents', 'public.incidents', 'transitions', 'public.transitions']) {
      expect([table, await count(handler, table)]).toEqual([table, EACH_STREET])
    }
    expect(await count(handler, 'buildings')).toBe(2 * EACH_STREET)
  })

  it('knows a scope with quotes and braces for the text that it is', async () => {
    for (const code of [`'`, `\\`, `"}`, `'; RESET ROLE; --`, ',']) {
      expect(await count(db().seenBy({ areas: [code], departmentCode: `${code}'` }), 'incidents')).toBe(0)
      expect(await count(db().seenBy({ areas: [code, '990101001'], departmentCode: null }), 'grids')).toBe(1)
    }
  })

  it('leaves neither role nor scope to whoever uses the connection next', async () => {
    const owner = (await db().query<{ user: string }>('SELECT current_user AS user')).rows[0]!.user
    const seen = async (who: CaseScope) =>
      (await db().seenBy(who).query<{ code: string }>('SELECT code FROM grids ORDER BY code')).rows.map(
        ({ code }) => code,
      )
    const asks = Array.from({ length: 300 }, (_, n) => async () => {
      if (n % 5 === 0) expect(await seen(EAST)).toEqual(['990101001001001'])
      if (n % 5 === 1) expect(await seen(WEST)).toEqual(['990101002001001'])
      if (n % 5 === 2) await expect(db().seenBy(EAST).query('SELECT 1 / 0')).rejects.toThrow('division')
      if (n % 5 === 3)
        await expect(db().seenBy(WEST).query('SELECT $1::int', ['x'])).rejects.toThrow('integer')
      if (n % 5 === 4) {
        const { rows } = await db().query(
          `SELECT current_user AS user, current_setting('app.scope', true) AS scope,
                  current_setting('search_path') LIKE '%scoped%' AS redirected, (SELECT count(*) FROM grids) AS grids`,
        )
        expect(rows[0]).toMatchObject({ user: owner, redirected: false, grids: 2 })
        expect(rows[0]!.scope || '').toBe('')
      }
    })
    await Promise.all(asks.map((ask) => ask()))
  })

  it('neither writes nor reads what is nobody’s to see', async () => {
    const reader = db().seenBy(ALL)
    for (const table of ['users', 'sessions', 'audit', 'import_rows', 'idempotency_keys', 'public.imports']) {
      await expect(reader.query(`SELECT * FROM ${table}`)).rejects.toMatchObject({ code: '42501' })
    }
    await expect(reader.query(`DELETE FROM incidents`)).rejects.toThrow()
    await expect(reader.query(`UPDATE public.grids SET name = 'x'`)).rejects.toThrow()
    expect(await count(db(), 'incidents')).toBe(2 * EACH_STREET)
  })

  it('has a view of each table behind the wall with all of its columns', async () => {
    const { rows } = await db().query<{ name: string; own: string[]; shown: string[] }>(
      `SELECT relname::text AS name,
              ARRAY(SELECT attname::text FROM pg_attribute
                     WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum) AS own,
              ARRAY(SELECT attname::text FROM pg_attribute
                     WHERE attrelid = to_regclass('scoped.' || relname) AND attnum > 0 ORDER BY attnum) AS shown
         FROM pg_class c WHERE relrowsecurity AND relnamespace = 'public'::regnamespace`,
    )
    expect(rows.length).toBeGreaterThanOrEqual(7)
    for (const { name, own, shown } of rows) expect([name, shown]).toEqual([name, own])
  })

  describe('uses the same indexes as a statement without a scope', () => {
    const BOUNDS = [11_354_700, 2_875_700, 11_360_000, 2_881_000] as const
    /** The plan of the statement that `ask` sends. */
    const planOf = async (ask: (reader: Queryable) => Promise<unknown>) => {
      let plan = ''
      const reader: Queryable = {
        query: async <Row>(sql: string, values?: readonly Parameter[]) => {
          const { rows } = await db().seenBy(EAST).query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values)
          plan = rows.map((row) => row['QUERY PLAN']).join('\n')
          return { rows: [{ packed: null }] as Row[], rowCount: 1 }
        },
      }
      await ask(reader).catch(() => undefined)
      return plan
    }

    it('a tile: the GiST index', async () => {
      const plan = await planOf((reader) => packBuildings(reader, EAST.areas, [...BOUNDS], 1, 0))
      expect(plan).toContain('buildings_geom_3857')
      expect(plan).not.toContain('Seq Scan on buildings')
      // The wall itself, beside the statement's own parameter
      expect(plan.match(/area_code \^@ ANY/g)!.length).toBeGreaterThanOrEqual(2)
    })

    it('cases in a box: the GiST index', async () => {
      const plan = await planOf((reader) =>
        listIncidents(reader, EAST, {}, [102.01, 25.01, 102.012, 25.012], null, 100),
      )
      expect(plan).toContain('incidents_geom')
    })

    it('a part of a name: the index of trigrams', async () => {
      const plan = await planOf((reader) =>
        reader.query(`SELECT id FROM buildings WHERE search_text LIKE '%abcdef%'`),
      )
      expect(plan).toContain('buildings_search')
    })
  })

  it('says what an administrator must do where this user may not set it up', async () => {
    const user = `grid_test_user_${process.pid}`
    const { rows } = await db().query<{ name: string }>('SELECT current_database()::text AS name')
    const url = new URL(process.env.TEST_DATABASE_URL!)
    Object.assign(url, { pathname: `/${rows[0]!.name}`, username: user, password: user })
    const faultNow = async () => {
      const other: Database = await connectPostgres(url.href)
      const fault = await other.rowSecurityFault()
      await other.close()
      return fault
    }
    await db().query(`CREATE ROLE ${user} LOGIN PASSWORD '${user}'`)
    try {
      const fault = await faultNow()
      expect(fault).toContain('Row security is off')
      const remedy = /administrator run (GRANT grid_scoped TO [^,]+),/.exec(fault!)![1]!
      await db().query(remedy)
      expect(await faultNow()).toBeNull()
    } finally {
      await db().query(`DROP ROLE ${user}`)
    }
  })
})
