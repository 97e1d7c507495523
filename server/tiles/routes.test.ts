import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, it, vi } from 'vitest'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'
import { checkTile } from './mvt/test-tile.ts'

const TILE = '/tiles/buildings/14/12869/7015.mvt'

describeOnEachDatabase('tiles over HTTP', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'grid-tiles-'))
    const config = { ...readConfig({ LOG_LEVEL: 'silent' }), dataDir }
    app = await buildTestApp({ config, db: db() })
    await db().query(`INSERT INTO areas (code, level, name) VALUES ('530103', 'district', '盘龙区')`)
    await db().query(
      `INSERT INTO grids (code, valid_from, area_code, name, geom)
       VALUES ('530103001001001', '2020-01-01', '530103', '一号', ST_Multi(ST_MakeEnvelope(102.7, 25, 102.8, 25.1, 4326)))`,
    )
    return async () => {
      await app.close()
      await rm(dataDir, { recursive: true })
    }
  })

  const build = (name: string) =>
    db().query(
      `INSERT INTO buildings (external_id, geom)
       VALUES ($1, ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(102.775, 25.025), 4326), 0.001)))`,
      [name],
    )

  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { 'accept-encoding': 'gzip, br', ...headers } })

  it('describe themselves as TileJSON with addresses a map can use from anywhere', async () => {
    const answer = await get('/tiles/grids.json', { host: 'map.example:8443' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      tilejson: '3.0.0',
      tiles: ['http://map.example:8443/tiles/grids/{z}/{x}/{y}.mvt'],
      minzoom: 0,
      maxzoom: 16,
      vector_layers: [{ id: 'grids', fields: { code: expect.any(String) } }],
    })
    const [west, south, east, north] = answer.json().bounds
    expect(west).toBeCloseTo(102.7, 5)
    expect(south).toBeCloseTo(25, 5)
    expect(east).toBeCloseTo(102.8, 5)
    expect(north).toBeCloseTo(25.1, 5)
    const asOf = await get('/tiles/grids.json?asOf=2024-02-29', { host: 'map.example' })
    expect(asOf.json().tiles).toEqual(['http://map.example/tiles/grids/{z}/{x}/{y}.mvt?asOf=2024-02-29'])
    for (const layer of ['buildings', 'base']) {
      expect((await get(`/tiles/${layer}.json`)).json().name).toBe(layer)
    }
  })

  it('are 204 where nothing is, and there as soon as something is', async () => {
    expect((await get(TILE)).statusCode).toBe(204)
    await build('first')
    const tile = await vi.waitFor(async () => {
      const answer = await get(TILE)
      expect(answer.statusCode).toBe(200)
      return answer
    })
    expect(tile.headers).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'cache-control': 'private, no-cache',
    })
    expect(checkTile(gunzipSync(tile.rawPayload))).toHaveLength(1)
    const plain = await app.inject({ url: TILE })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.rawPayload.equals(gunzipSync(tile.rawPayload))).toBe(true)
    expect(plain.headers.etag).not.toBe(tile.headers.etag)
  })

  it('are not sent again to who has them, until they change', async () => {
    const { etag } = (await get(TILE)).headers
    expect(etag).toMatch(/^"[^"]+"$/)
    const known = await get(TILE, { 'if-none-match': `"other", ${etag}` })
    expect(known.statusCode).toBe(304)
    expect(known.rawPayload).toHaveLength(0)
    expect(known.headers.etag).toBe(etag)
    await build('second')
    await vi.waitFor(async () => {
      const changed = await get(TILE, { 'if-none-match': String(etag) })
      expect(changed.statusCode).toBe(200)
      expect(checkTile(gunzipSync(changed.rawPayload))).toHaveLength(2)
    })
  })

  it('hold the grids of the day asked for', async () => {
    const grids = '/tiles/grids/12/3217/1753.mvt'
    expect(checkTile(gunzipSync((await get(grids)).rawPayload))).toHaveLength(1)
    expect((await get(`${grids}?asOf=2019-12-31`)).statusCode).toBe(204)
  })

  it('say what is wrong with an address, and what to ask for', async () => {
    const faults = async (url: string) => {
      const answer = await get(url)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      return [answer.statusCode, answer.json().faults?.[0]?.field]
    }
    expect(await faults('/tiles/buildings/11/0/0.mvt')).toEqual([400, 'z'])
    expect(await faults('/tiles/buildings/17/0/0.mvt')).toEqual([400, 'z'])
    expect(await faults('/tiles/buildings/14/16384/0.mvt')).toEqual([400, 'x'])
    expect(await faults('/tiles/buildings/14/0/16384.mvt')).toEqual([400, 'y'])
    expect(await faults('/tiles/grids/40/0/0.mvt')).toEqual([400, 'z'])
    expect(await faults('/tiles/grids/3/-1/0.mvt')).toEqual([400, 'x'])
    expect(await faults('/tiles/grids/3/1/north.mvt')).toEqual([400, 'y'])
    expect(await faults('/tiles/grids/3/1/1.mvt?asOf=yesterday')).toEqual([400, 'asOf'])
    expect(await faults('/tiles/rivers/3/1/1.mvt')).toEqual([404, undefined])
    expect(await faults('/tiles/rivers.json')).toEqual([404, undefined])
  })
})
