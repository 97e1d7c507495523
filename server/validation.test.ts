import { beforeAll, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { describeOnEachDatabase } from './database/test-database.ts'
import { buildTestApp } from './test-app.ts'

describeOnEachDatabase('a request that cannot be used', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>

  beforeAll(async () => {
    await db().query(`INSERT INTO categories (code, name) VALUES ('01', 'one')`)
    app = await buildTestApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    await app.columns.ready
    return () => app.close()
  })

  const fault = async (url: string) => {
    const answer = await app.inject(url)
    return [answer.statusCode, answer.json().faults?.[0].field]
  }
  let keys = 0
  const report = async (fields: object) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/incidents',
      payload: { categoryCode: '01', lng: 1, lat: 1, ...fields },
      headers: { 'idempotency-key': `key ${++keys}` },
    })
    return [answer.statusCode, answer.json().faults?.[0].field]
  }

  it.each([
    '2026-01-01T00:00:00+08',
    '2026-01-01T00:00:00+0800',
    '2026-01-01T00:00:00',
    '2026-12-31T23:59:60Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '0000-01-01T00:00:00Z',
    '2026-01-01T00:00:00+16:00',
    '0001-01-01T00:00:00+08:00',
    '9999-12-31T23:59:59-08:00',
    `2026-01-01T00:00:00.${'0'.repeat(200)}Z`,
  ])('holds a time that not everybody reads alike: %s', async (time) => {
    const from = encodeURIComponent(time)
    expect(await fault(`/api/incidents?from=${from}`)).toEqual([400, 'from'])
    expect(await fault(`/api/density?to=${from}`)).toEqual([400, 'to'])
    expect(await report({ reportedAt: time })).toEqual([400, 'reportedAt'])
    expect(await report({ dueAt: time })).toEqual([400, 'dueAt'])
  })

  it.each([
    '2026-01-01T00:00:00Z',
    '2026-01-01T08:00:00.123456+08:00',
    '0001-01-01T00:00:00-15:59',
    '9999-12-31T23:59:59Z',
  ])('does not hold %s', async (time) => {
    expect((await app.inject(`/api/incidents?from=${encodeURIComponent(time)}`)).statusCode).toBe(200)
    expect((await app.inject(`/api/density?from=${encodeURIComponent(time)}`)).statusCode).toBe(200)
  })

  it('holds U+0000, wherever it stands', async () => {
    expect(await fault('/api/search?q=a%00b')).toEqual([400, 'q'])
    expect(await fault('/api/grids/a%00b')).toEqual([400, 'code'])
    expect(await fault('/api/incidents?grid=a%00b')).toEqual([400, 'grid'])
    expect(await fault('/api/incidents?category=01&category=a%00b')).toEqual([400, 'category.1'])
    expect(await report({ title: 'a\u0000b' })).toEqual([400, 'title'])
    expect(await report({ title: { deep: ['a\u0000b'] } })).toEqual([400, 'title.deep.0'])
  })

  it('asks by a parameter that is not known, misspelt or in a place that takes none', async () => {
    expect(await fault('/api/incidents?stauts=filed')).toEqual([400, 'stauts'])
    expect(await fault('/api/categories?x=1')).toEqual([400, 'x'])
    expect(await fault('/tiles/grids/10/1/1.mvt?asof=2026-01-01')).toEqual([400, 'asof'])
    expect(await fault('/api/incidents?limit=1&limit=2')).toEqual([400, 'limit'])
    expect(await fault('/api/incidents?__proto__=1')).toEqual([400, '__proto__'])
    expect((await app.inject('/api/health?')).statusCode).toBe(200)
  })

  it('leaves the earth, or lists without an end', async () => {
    expect(await fault('/api/incidents?bbox=-181,0,1,1')).toEqual([400, 'bbox'])
    expect(await fault('/api/incidents?bbox=0,0,1e308,1')).toEqual([400, 'bbox'])
    expect(await fault('/tiles/grids/22/4194304/0.mvt')).toEqual([400, 'x'])
    expect(await fault('/tiles/grids/14/1e300/0.mvt')).toEqual([400, 'x'])
    expect(await fault(`/api/incidents?${'category=1&'.repeat(501)}`)).toEqual([400, 'category'])
    expect(await fault(`/api/incidents?area=${'1'.repeat(201)}`)).toEqual([400, 'area'])
  })

  it('counts without an end', async () => {
    expect(await fault('/api/imports/Infinity')).toEqual([400, 'id'])
    expect(await fault('/api/places/nearest?lng=1e999&lat=1')).toEqual([400, 'lng'])
    expect(await fault('/api/incidents?level=-Infinity')).toEqual([400, 'level'])
  })

  it('is nested without an end', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/incidents',
      payload: '['.repeat(400_000) + ']'.repeat(400_000),
      headers: { 'idempotency-key': 'deep', 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(400)
  })

  it.each(['/api/grids?asOf=', '/api/grids/1?asOf=', '/tiles/grids.json?asOf='])(
    'asks for a day that there was not: %s',
    async (url) => {
      expect(await fault(`${url}0000-01-01`)).toEqual([400, 'asOf'])
      expect(await fault(`${url}2026-02-30`)).toEqual([400, 'asOf'])
    },
  )

  it('has an address that cannot be read, and one where nothing is', async () => {
    const unreadable = await app.inject('/%ZZ?q=1')
    expect(unreadable.headers['content-type']).toContain('application/problem+json')
    expect(unreadable.json()).toMatchObject({ status: 400, instance: '/%ZZ' })
    expect((await app.inject('/api/nothing?q=1')).json()).toMatchObject({
      status: 404,
      instance: '/api/nothing',
    })
  })
})
