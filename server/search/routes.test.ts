import { beforeAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'

describeOnEachDatabase('search', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>

  beforeAll(async () => {
    await db().query(
      `INSERT INTO areas (code, level, name, name_en, geom)
       VALUES ('530103', 'district', '盘龙区', 'Panlong', ST_Multi(ST_MakeEnvelope(102, 25, 103, 26, 4326)))`,
    )
    await db().query(
      `INSERT INTO grids (code, valid_from, valid_to, area_code, name, name_en, geom)
       VALUES ('530103001001001', '2020-01-01', '2999-01-01', '530103', '一号网格', 'Grid One',
               ST_Multi(ST_MakeEnvelope(102.0, 25, 102.1, 25.1, 4326))),
              ('530103001001002', '2020-01-01', '2021-01-01', '530103', '旧网格', NULL,
               ST_Multi(ST_MakeEnvelope(102.1, 25, 102.2, 25.1, 4326))),
              ('530103001001001', '2999-01-01', NULL, '530103', '一号网格', 'Grid One',
               ST_Multi(ST_MakeEnvelope(102.0, 25, 102.2, 25.1, 4326)))`,
    )
    await db().query(
      `INSERT INTO buildings (external_id, address, area_code, geom)
       VALUES ('b1', '人民路 100% 号', '530103', ST_Multi(ST_MakeEnvelope(102.01, 25.01, 102.02, 25.02, 4326))),
              ('b2', '人民路 100 号', '530103', ST_Multi(ST_MakeEnvelope(102.03, 25.01, 102.04, 25.02, 4326)))`,
    )
    await db().query(`INSERT INTO categories (code, name) VALUES ('0101', '井盖破损')`)
    await db().query(
      `INSERT INTO incidents (number, category_code, geom, reported_at)
       VALUES ('20260101-000007', '0101', ST_SetSRID(ST_MakePoint(102.05, 25.05), 4326), '2026-01-01T00:00:00Z')`,
    )
    app = await buildTestApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    return () => app.close()
  })

  const found = async (text: string) => {
    const answer = await app.inject({ url: '/api/search', query: { q: text } })
    expect(answer.statusCode).toBe(200)
    return answer.json<{ kind: string; name: string; lng: number; lat: number }[]>()
  }

  it('finds a grid by the beginning of its code, by its name, and by its English name', async () => {
    for (const text of ['530103001', '一号', 'grid one']) {
      expect(await found(text)).toContainEqual(expect.objectContaining({ kind: 'grid', name: '一号网格' }))
    }
  })

  it('leaves out grids that are no longer in force', async () => {
    expect(await found('旧网格')).toEqual([])
  })

  it('finds areas, buildings and cases, each with the place to fly to', async () => {
    expect(await found('panlong')).toContainEqual(expect.objectContaining({ kind: 'area', name: '盘龙区' }))
    expect(await found('20260101-0000')).toEqual([
      expect.objectContaining({ kind: 'incident', name: '20260101-000007', lng: 102.05, lat: 25.05 }),
    ])
    expect(await found('人民路')).toHaveLength(2)
  })

  it('takes the wildcards of SQL for the characters that they are', async () => {
    expect(await found('100%')).toEqual([expect.objectContaining({ name: '人民路 100% 号' })])
    expect(await found('_')).toEqual([])
  })

  it('says what is wrong with a blank question', async () => {
    const answer = await app.inject({ url: '/api/search', query: { q: ' ' } })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json().faults[0]).toMatchObject({ field: 'q' })
  })
})
