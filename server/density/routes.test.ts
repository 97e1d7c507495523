import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { DensityAnswer } from '../../domain/density/density.ts'
import { readConfig } from '../config.ts'
import { connectPostgres } from '../database/postgres.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'

const config = readConfig({ LOG_LEVEL: 'silent', HOT_MONTHS: '1' })

describeOnEachDatabase('case density', (db, kind) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>

  beforeAll(async () => {
    await db().query(`
      INSERT INTO areas (code, level, name, parent_code) VALUES
        ('110101', 'district', 'd', NULL), ('110101001', 'street', 's', '110101'),
        ('110101001001', 'community', 'c', '110101001'), ('110101001002', 'community', 'c', '110101001');
      INSERT INTO grids (code, valid_from, area_code, name, households, geom) VALUES
        ('110101001001001', '1900-01-01', '110101001001', 'a', 200, ST_Multi(ST_MakeEnvelope(116.00, 39.90, 116.01, 39.91, 4326))),
        ('110101001002001', '1900-01-01', '110101001002', 'b', NULL, ST_Multi(ST_MakeEnvelope(116.01, 39.90, 116.02, 39.91, 4326))),
        ('110101001002002', '2999-01-01', '110101001002', 'of a later day', NULL, ST_Multi(ST_MakeEnvelope(116.01, 60, 116.02, 61, 4326)));
      UPDATE grids SET valid_to = '2998-01-01' WHERE valid_from < '2998-01-01';
      INSERT INTO categories (code, parent_code, name) VALUES ('01', NULL, 'one'), ('0101', '01', 'two');
      INSERT INTO incidents (number, category_code, geom, reported_at, grid_now, area_code)
      SELECT 'n' || n, CASE n % 2 WHEN 0 THEN '01' ELSE '0101' END, ST_SetSRID(ST_MakePoint(116 + n * 0.0007, 39.905), 4326),
             timestamptz '2026-03-20T00:00:00Z' - n * interval '3 days',
             CASE WHEN n < 15 THEN '110101001001001' WHEN n < 29 THEN '110101001002001' END,
             CASE WHEN n < 15 THEN '110101001001' WHEN n < 29 THEN '110101001002' ELSE '' END
        FROM generate_series(1, 40) n;
      UPDATE incidents SET status = 'closed', closed_at = reported_at + interval '1 hour' WHERE id % 3 = 0`)
    app = await buildTestApp({ config, db: db() })
    await app.columns.ready
    return () => app.close()
  })

  const density = async (query: string): Promise<DensityAnswer> => {
    const answer = await app.inject(`/api/density?${query}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json()
  }
  /** Within the hot span, which begins with February, and from before it. */
  const HOT = 'from=2026-02-01T00:00:00Z'
  const COLD = 'from=2025-01-01T00:00:00Z'

  it('counts by grid, community, street and district', async () => {
    expect(await density(`by=grid&${COLD}`)).toMatchObject({
      by: 'grid',
      measure: 'count',
      total: 40,
      outsideGrids: 12,
    })
    const counts = async (by: string, span: string) =>
      Object.fromEntries((await density(`by=${by}&${span}`)).rows.map(({ code, count }) => [code, count]))
    expect(await counts('grid', COLD)).toEqual({ '110101001001001': 14, '110101001002001': 14 })
    expect(await counts('grid', HOT)).toEqual({ '110101001001001': 14, '110101001002001': 1 })
    expect(await counts('community', COLD)).toEqual({ '110101001001': 14, '110101001002': 14 })
    expect(await counts('street', HOT)).toEqual({ '110101001': 15 })
    expect(await counts('district', COLD)).toEqual({ '110101': 28 })
  })

  it('measures by land and by households', async () => {
    const [a, b] = (await density(`measure=perHundredHouseholds&${HOT}`)).rows
    expect([a!.value, b!.value]).toEqual([7, null])
    const { areaKm2 } = (
      await db().query<{ areaKm2: number }>(
        `SELECT ST_Area(geom::geography) / 1e6 AS "areaKm2" FROM grids ORDER BY code LIMIT 1`,
      )
    ).rows[0]!
    expect((await density(`measure=perKm2&${HOT}`)).rows[0]!.value).toBeCloseTo(14 / areaKm2, 6)
  })

  it('answers the same from memory and from the database', async () => {
    const everything = await buildTestApp({ config: { ...config, hotMonths: 100 }, db: db() })
    await everything.columns.ready
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('grid', 'community', 'hexagon'),
        fc.constantFrom(
          '',
          '&category=01',
          '&category=0101',
          '&open=true',
          '&area=110101001002',
          '&status=closed',
        ),
        async (by, filter) => {
          const query = `/api/density?by=${by}&measure=perKm2&${COLD}${filter}&hexSizeM=300`
          const order = (answer: DensityAnswer) => ({
            ...answer,
            rows: answer.rows.sort((one, other) => one.code.localeCompare(other.code)),
          })
          const fromMemory = (await everything.inject(query)).json()
          expect(order(await density(query.split('?')[1]!))).toEqual(order(fromMemory))
        },
      ),
      { numRuns: 18 },
    )
    await everything.close()
  })

  it('counts every case in one hexagon', async () => {
    for (const span of [HOT, COLD]) {
      const { rows, total, outsideGrids, hexagons } = await density(`by=hexagon&hexSizeM=300&${span}`)
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(total)
      expect([total, outsideGrids]).toEqual(span === HOT ? [15, 0] : [40, 12])
      expect(hexagons).toEqual({ sizeM: 300, latitude: 39.9 })
    }
  })

  it('has no households by hexagon', async () => {
    const answer = await app.inject('/api/density?by=hexagon&measure=perHundredHouseholds')
    expect(answer.statusCode).toBe(400)
    expect(answer.json().faults[0]).toMatchObject({
      field: 'measure',
      remedy: expect.stringContaining('perKm2'),
    })
  })

  it.skipIf(kind === 'embedded')(
    'counts a case written through another process within a second',
    { retry: 2 },
    async () => {
      const url = new URL(process.env.TEST_DATABASE_URL!)
      url.pathname = (await db().query<{ name: string }>('SELECT current_database() AS name')).rows[0]!.name
      const otherDb = await connectPostgres(url.href)
      const other = await buildTestApp({ config, db: otherDb })
      await Promise.all([app.columns.ready, other.columns.ready])
      const count = async (one: typeof app) =>
        (await one.inject(`/api/density?by=grid&from=2026-03-01T00:00:00Z&grid=110101001001001`)).json().total
      const before = await count(app)
      const answer = await other.inject({
        method: 'POST',
        url: '/api/incidents',
        headers: { 'idempotency-key': `counted everywhere ${before}` },
        payload: { categoryCode: '0101', lng: 116.005, lat: 39.905, reportedAt: '2026-03-21T00:00:00Z' },
      })
      expect(answer.statusCode).toBe(201)
      for (const one of [app, other]) {
        await expect.poll(() => count(one), { timeout: 1000, interval: 20 }).toBe(before + 1)
      }
      await other.close()
      await otherDb.close()
    },
  )
})
