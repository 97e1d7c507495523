import { beforeAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import type { Queryable } from '../database/database.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'

/** Changes reach a server within half a second. */
const SOON = { timeout: 5000 }

describeOnEachDatabase('the district', (db, kind) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>

  beforeAll(async () => {
    const config = readConfig({ LOG_LEVEL: 'silent', DISTRICT_TIME_ZONE: 'Asia/Tokyo' })
    app = await buildTestApp({ config, db: db() })
    return () => app.close()
  })

  const district = async () => (await app.inject('/api/district')).json()

  it('says that an empty database is empty, and which database it is', async () => {
    expect(await district()).toMatchObject({
      timeZone: 'Asia/Tokyo',
      counts: { areas: 0, grids: 0, buildings: 0, incidents: 0 },
      bbox: null,
      incidentSpan: null,
      attributions: [],
      database: { kind: db().kind, evaluation: db().kind === 'embedded' },
    })
  })

  it('counts anew after every change of a table', async () => {
    await db().query(`INSERT INTO areas (code, level, name) VALUES ('530103', 'district', '盘龙区')`)
    await db().query(
      `INSERT INTO grids (code, valid_from, area_code, name, geom)
       VALUES ('530103001001001', '2020-01-01', '530103', '一号', ST_Multi(ST_MakeEnvelope(102, 25, 103, 26, 4326)))`,
    )
    await db().query(`INSERT INTO categories (code, name) VALUES ('0101', '井盖破损')`)
    const report = (number: string, at: string) =>
      db().query(
        `INSERT INTO incidents (number, category_code, geom, reported_at)
         VALUES ($1, '0101', ST_SetSRID(ST_MakePoint(102.5, 25.5), 4326), $2)`,
        [number, at],
      )
    // Grids of a past and of a later day are none of today's; one whose last day is known is
    await db().query(
      `INSERT INTO grids (code, valid_from, valid_to, area_code, name, geom)
       VALUES ('530103001001002', '2020-01-01', '2021-01-01', '530103', 'past', ST_Multi(ST_MakeEnvelope(101, 25, 102, 26, 4326))),
              ('530103001001003', '2999-01-01', NULL, '530103', 'later', ST_Multi(ST_MakeEnvelope(103, 25, 104, 26, 4326))),
              ('530103001001004', '2020-01-01', '2999-01-01', '530103', 'ending', ST_Multi(ST_MakeEnvelope(102, 26, 103, 27, 4326)))`,
    )
    await report('1', '2026-01-01T00:00:00Z')
    await expect.poll(district, SOON).toMatchObject({
      counts: { areas: 1, grids: 2, incidents: 1 },
      bbox: [102, 25, 103, 27],
      incidentSpan: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' },
    })
    await report('2', '2026-01-02T00:00:00Z')
    await expect.poll(async () => (await district()).counts.incidents, SOON).toBe(2)
  })

  // The embedded database runs one transaction after another
  it.skipIf(kind === 'embedded')(
    'counts anew also after a change that began before another one',
    async () => {
      const insert = (tx: Queryable, code: string) =>
        tx.query(`INSERT INTO areas (code, level, name) VALUES ($1, 'district', $1)`, [code])
      const areas = async () => (await district()).counts.areas
      const before = await areas()
      await db().transaction(async (tx) => {
        await insert(tx, '530104')
        await insert(db(), '530105')
        await expect.poll(areas, SOON).toBe(before + 1)
      })
      await expect.poll(areas, SOON).toBe(before + 2)
    },
  )

  it('is alive and ready, with figures for Prometheus', async () => {
    expect((await app.inject('/api/health')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/api/ready')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/metrics')).body).toContain('route="/api/ready",status="200"')
  })

  it('answers an unknown address with problem details', async () => {
    const answer = await app.inject('/api/nothing?x=1')
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 404, title: 'There is nothing at GET /api/nothing.' })
  })

  it('describes every route to machines', async () => {
    const { paths } = (await app.inject('/api/openapi.json')).json()
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/district', '/api/search', '/api/ready']))
  })
})
