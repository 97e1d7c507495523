import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { decodeColumns } from '../../domain/columns/arrow.ts'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'
import { insertCases, insertDistrict } from './test-district.ts'

const CASE = {
  grid: '110101001001001',
  category: 'road',
  department: null,
  level: 3,
  intake: 'public',
  status: 'filed',
  dueAfterS: 60,
  closedAfterS: null,
}

describeOnEachDatabase('the columns as an Arrow stream', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>

  beforeAll(async () => {
    await insertDistrict(db())
    const day = 86_400
    await insertCases(
      db(),
      [0, 1, 2, -60, -61].map((days) => ({ ...CASE, reportedAfterS: days * day })),
    )
    app = await buildTestApp({ config: readConfig({ LOG_LEVEL: 'silent', HOT_MONTHS: '1' }), db: db() })
    await app.columns.ready
    return () => app.close()
  })

  const get = (query: string, headers: Record<string, string> = {}) =>
    app.inject({ url: `/api/incidents.arrow?${query}`, headers })
  const HOT = 'from=2026-03-02T00:00:00Z'
  const COLD = 'from=2025-12-01T00:00:00Z&to=2026-03-02T00:00:00Z'

  it.each([
    [HOT, 2],
    ['from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z', 1],
    [COLD, 3],
    ['', 5],
  ])('holds the cases of the span %s', async (query, count) => {
    const answer = await get(query)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/vnd.apache.arrow.stream')
    const { columns, gridAreas, asOf, latitude } = decodeColumns(answer.rawPayload)
    expect(latitude).toBeCloseTo(39.005, 9)
    expect(columns.length).toBe(count)
    expect(columns.dictionaries.grids[columns.grid[0]!]).toBe('110101001001001')
    expect(gridAreas[columns.grid[0]!]).toBe('110101001001')
    expect(columns.dueAt[0]! - columns.reportedAt[0]!).toBe(60)
    expect(Date.parse(asOf)).toBeGreaterThan(Date.now() - 600_000)
  })

  it.each([HOT, COLD])('holds only the cases that are not closed when asked (%s)', async (query) => {
    const idsOf = (answer: Awaited<ReturnType<typeof get>>) => [
      ...decodeColumns(answer.rawPayload).columns.id,
    ]
    const all = await get(query)
    const open = await get(`${query}&open=true`)
    const { closedAt, id } = decodeColumns(all.rawPayload).columns
    expect(idsOf(open)).toEqual([...id].filter((_, row) => closedAt[row] === 0))
    expect(idsOf(await get(`${query}&open=false`))).toEqual([...id].filter((_, row) => closedAt[row] !== 0))
    expect(open.headers.etag).not.toBe((await get(`${query}&open=false`)).headers.etag)
  })

  it.each([HOT, COLD])(
    'comes compressed as the client likes, each form with its own tag (%s)',
    async (query) => {
      const plain = await get(query)
      const gzip = await get(query, { 'accept-encoding': 'gzip' })
      const brotli = await get(query, { 'accept-encoding': 'gzip, deflate, br' })
      expect(gzip.headers['content-encoding']).toBe('gzip')
      expect(brotli.headers['content-encoding']).toBe('br')
      expect((await get(query, { 'accept-encoding': 'br;q=0, gzip' })).headers['content-encoding']).toBe(
        'gzip',
      )
      const rows = (bytes: Buffer) => [...decodeColumns(bytes).columns.id]
      expect(rows(gunzipSync(gzip.rawPayload))).toEqual(rows(plain.rawPayload))
      expect(rows(brotliDecompressSync(brotli.rawPayload))).toEqual(rows(plain.rawPayload))
      expect(new Set([plain, gzip, brotli].map(({ headers }) => headers.etag)).size).toBe(3)
      expect(gzip.headers.vary).toContain('accept-encoding')
    },
  )

  it.each([HOT, COLD])('is not sent again while nothing has changed (%s)', async (query) => {
    const first = await get(query)
    const tag = first.headers.etag as string
    const again = await get(query, { 'if-none-match': `"other", W/${tag}` })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect((await get('', { 'if-none-match': tag })).statusCode).toBe(200)
    await insertCases(db(), [{ ...CASE, reportedAfterS: 3 * 86_400 }])
    await expect
      .poll(async () => (await get(query, { 'if-none-match': tag })).statusCode, { timeout: 2000 })
      .toBe(200)
  })

  it('refuses a time it cannot read', async () => {
    const answer = await get('from=yesterday')
    expect([answer.statusCode, answer.json().faults[0].field]).toEqual([400, 'from'])
  })
})
