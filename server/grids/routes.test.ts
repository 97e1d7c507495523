import { beforeAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'
import { checkCoverage } from './queries.ts'

describeOnEachDatabase('grids', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>
  const get = (url: string) => app.inject(url)

  beforeAll(async () => {
    await db().query(
      `INSERT INTO areas (code, level, name, parent_code)
       VALUES ('530103001', 'street', '东街', NULL), ('530103001001', 'community', '一社', '530103001'),
              ('530103001002', 'community', '二社', '530103001')`,
    )
    // One grid until 2025, cut in two from then on: the left half keeps its code
    await db().query(
      `INSERT INTO grids (code, valid_from, valid_to, area_code, name, households, geom)
       VALUES ('530103001001001', '1900-01-01', '2025-01-01', '530103001001', '甲', 300,
               ST_Multi(ST_MakeEnvelope(102, 25, 102.02, 25.01, 4326))),
              ('530103001001001', '2025-01-01', NULL, '530103001001', '甲', 120,
               ST_Multi(ST_MakeEnvelope(102, 25, 102.01, 25.01, 4326))),
              ('530103001002001', '2025-01-01', NULL, '530103001002', '乙', 180,
               ST_Multi(ST_MakeEnvelope(102.01, 25, 102.02, 25.01, 4326)))`,
    )
    await db().query(
      `INSERT INTO buildings (external_id, height_m, grid_code, geom)
       VALUES ('b1', 12.5, '530103001001001', ST_Multi(ST_MakeEnvelope(102.001, 25.001, 102.002, 25.002, 4326)))`,
    )
    app = await buildTestApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    return () => app.close()
  })

  const codes = async (url: string) =>
    (await get(url))
      .json()
      .features.map((feature: { properties: { code: string } }) => feature.properties.code)

  it('are answered as they were in force on the day asked for', async () => {
    expect(await codes('/api/grids')).toEqual(['530103001001001', '530103001002001'])
    expect(await codes('/api/grids?asOf=2024-12-31')).toEqual(['530103001001001'])
    expect(await codes('/api/grids?asOf=2025-01-01')).toEqual(['530103001001001', '530103001002001'])
    expect(await codes('/api/grids?area=530103001002')).toEqual(['530103001002001'])
    const before = await get('/api/grids/530103001001001?asOf=2020-06-01')
    expect(before.json().properties).toMatchObject({ households: 300, validTo: '2025-01-01' })
    expect(before.json().properties.areaKm2).toBeCloseTo(2.236, 2)
  })

  it('keep every version, the newest first', async () => {
    const { features } = (await get('/api/grids/530103001001001/history')).json()
    expect(features.map((one: { properties: { validFrom: string } }) => one.properties.validFrom)).toEqual([
      '2025-01-01',
      '1900-01-01',
    ])
    expect(features[0].geometry.coordinates[0][0]).toContainEqual([102.01, 25])
  })

  it('are not sent again to somebody who has them', async () => {
    const { headers } = await get('/api/grids')
    const again = await app.inject({ url: '/api/grids', headers: { 'if-none-match': String(headers.etag) } })
    expect(again.statusCode).toBe(304)
  })

  it('answer a wrong day and an unknown code with what to do', async () => {
    const wrongDay = await get('/api/grids?asOf=2025-02-30')
    expect(wrongDay.statusCode).toBe(400)
    expect(wrongDay.json().faults).toEqual([expect.objectContaining({ field: 'asOf' })])
    expect((await get('/api/grids?asOf=0000-01-01')).json().faults).toEqual([
      expect.objectContaining({ field: 'asOf' }),
    ])
    expect((await get('/api/grids/999')).statusCode).toBe(404)
    expect((await get('/api/grids/999/history')).statusCode).toBe(404)
  })

  it('add up to their areas', async () => {
    const { features } = (await get('/api/areas')).json()
    expect(features[0].properties).toMatchObject({ code: '530103001', gridCount: 2, households: 300 })
    expect(features[2].properties).toMatchObject({ code: '530103001002', gridCount: 1, households: 180 })
    expect((await get('/api/areas?level=street')).json().features).toHaveLength(1)
    expect((await get('/api/areas?level=town')).json().faults).toEqual([
      expect.objectContaining({ field: 'level', remedy: 'Use one of district, street, community.' }),
    ])
  })

  it('hold buildings, found one by one', async () => {
    const { rows } = await db().query<{ id: number }>(`SELECT id FROM buildings`)
    expect((await get(`/api/buildings/${rows[0]!.id}`)).json()).toMatchObject({
      externalId: 'b1',
      heightM: 12.5,
      gridCode: '530103001001001',
      geometry: { type: 'MultiPolygon' },
    })
    expect((await get('/api/buildings/999')).statusCode).toBe(404)
    expect((await get('/api/buildings/first')).json().faults[0].field).toBe('id')
  })

  it('are a coverage without gaps and overlaps, or the check says how much is wrong', async () => {
    expect(await checkCoverage(db(), '2026-01-01')).toEqual({ overlaps: 0, overlapM2: 0, gaps: 0, gapM2: 0 })
    await db().query(
      `INSERT INTO grids (code, valid_from, valid_to, area_code, name, geom)
       VALUES ('530103001002002', '2027-01-01', NULL, '530103001002', '丙',
               ST_Multi(ST_Difference(ST_MakeEnvelope(102.015, 25, 102.04, 25.01, 4326),
                                      ST_MakeEnvelope(102.03, 25.004, 102.031, 25.005, 4326))))`,
    )
    const found = await checkCoverage(db(), '2027-01-01')
    expect(found).toMatchObject({ overlaps: 1, gaps: 1 })
    expect(found.overlapM2).toBeGreaterThan(500_000)
    expect(found.gapM2).toBeGreaterThan(10_000)
  })
})
