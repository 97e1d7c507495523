import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { total } from '../../domain/columns/count.ts'
import { EVERY_CASE } from '../../domain/scope.ts'
import { ChangeFollower } from '../changes/follower.ts'
import type { Database } from '../database/database.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { ColumnStore } from './column-store.ts'
import { hotFrom } from './load.ts'
import { anyCase, casesOf, freshStore, insertCases, insertDistrict } from './test-district.ts'

const log = { warn: () => undefined }

async function following(db: Database, hotMonths = 13) {
  const feed = new ChangeFollower(db, log)
  await feed.start()
  const store = new ColumnStore({ db, feed, config: { hotMonths, timeZone: 'Asia/Shanghai' }, log })
  await store.ready
  return {
    store,
    close: async () => {
      await feed.close()
      await store.close()
    },
  }
}

async function casesNow(db: Database, hotMonths?: number) {
  const fresh = await freshStore(db, hotMonths)
  await fresh.close()
  return casesOf(fresh)
}

const someCases = (count: number) =>
  fc.sample(fc.array(anyCase, { minLength: count, maxLength: count }), 1)[0]!

const update = `UPDATE incidents SET
    grid_now = CASE id % 3 WHEN 0 THEN NULL WHEN 1 THEN '110101002001001' ELSE grid_now END,
    area_code = CASE id % 3 WHEN 0 THEN '' WHEN 1 THEN '110101002001' ELSE area_code END,
    status = 'verified', level = 1 + id % 4,
    reported_at = reported_at + CASE WHEN id % 5 = 0 THEN interval '0' ELSE interval '-90 minutes' END
  WHERE id = ANY ($1::bigint[])`

const step = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    cases: fc.array(anyCase, { minLength: 1, maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constantFrom('update' as const, 'delete' as const),
    picks: fc.array(fc.nat(999), { maxLength: 20 }),
  }),
)

describeOnEachDatabase('the columns of a running server', (db) => {
  let running: Awaited<ReturnType<typeof following>>

  beforeEach(async () => {
    const { rowCount } = await db().query('SELECT 1 FROM areas LIMIT 1')
    if (rowCount === 0) await insertDistrict(db())
    await db().query('DELETE FROM incidents')
    await insertCases(db(), someCases(60))
    running = await following(db())
  })
  afterEach(() => running.close())

  it('are those of one that starts now, after any inserts, updates and deletes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const one of steps) {
          const { rows } = await db().query<{ id: number }>('SELECT id FROM incidents ORDER BY id')
          if (one.kind === 'insert') await insertCases(db(), one.cases)
          else {
            const ids = one.picks.flatMap((pick) => rows[pick % Math.max(1, rows.length)]?.id ?? [])
            if (one.kind === 'update') await db().query(update, [ids])
            else await db().query('DELETE FROM incidents WHERE id = ANY ($1::bigint[])', [ids])
          }
        }
        const expected = await casesNow(db())
        await expect.poll(() => casesOf(running.store), { timeout: 5000, interval: 20 }).toEqual(expected)
      }),
      { numRuns: 12 },
    )
  })

  it('hold a case within a second of its commit', { retry: 2 }, async () => {
    const before = total(running.store.select({}, EVERY_CASE))
    await insertCases(db(), someCases(1))
    await expect
      .poll(() => total(running.store.select({}, EVERY_CASE)), { timeout: 1000, interval: 10 })
      .toBe(before + 1)
  })

  it('are read anew after a change of many cases, and never empty meanwhile', async () => {
    const seen = new Set<number>()
    const watch = setInterval(() => seen.add(running.store.columns.length), 1)
    await insertCases(db(), someCases(1200))
    await insertCases(db(), someCases(3))
    await expect.poll(() => running.store.columns.length, { timeout: 10_000, interval: 5 }).toBe(1263)
    clearInterval(watch)
    for (const length of seen) expect([60, 63, 1260, 1263]).toContain(length)
    expect(casesOf(running.store)).toEqual(await casesNow(db()))
  })

  it('are empty when the table was emptied', async () => {
    await db().query('TRUNCATE incidents CASCADE')
    await expect.poll(() => running.store.columns.length, { timeout: 5000 }).toBe(0)
  })

  it('get another version with every change, and keep it without one', async () => {
    const { store } = running
    const before = store.version
    await insertCases(db(), someCases(1))
    await expect.poll(() => store.version, { timeout: 2000 }).not.toBe(before)
    const after = store.version
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(store.version).toBe(after)
    const other = await freshStore(db())
    await other.close()
    expect(other.version).not.toBe(after)
  })

  it('know new grids, areas and categories', async () => {
    const { store } = running
    await db().query(`INSERT INTO categories (code, parent_code, name) VALUES ('road-sign', 'road', 'sign')`)
    await db().query(`INSERT INTO grids (code, valid_from, area_code, name, geom)
      VALUES ('110101002001002', '1900-01-01', '110101002001', 'd', ST_Multi(ST_MakeEnvelope(117, 39, 118, 40, 4326)))`)
    await insertCases(
      db(),
      someCases(1).map((one) => ({ ...one, category: 'road-sign', grid: '110101002001002' })),
    )
    const inStreet = () =>
      total(store.select({ category: ['road'], grid: '110101002001002', area: '110101002' }, EVERY_CASE))
    await expect.poll(inStreet, { timeout: 3000 }).toBe(1)
    expect(store.places.grids.map(({ code }) => code)).toContain('110101002001002')
    await db().query(`UPDATE grids SET valid_to = '2000-01-01' WHERE code = '110101002001002'`)
    await expect.poll(() => store.places.grids.length, { timeout: 3000 }).toBe(3)
    expect(inStreet()).toBe(1)
  })

  it('hold the hot span behind the newest case, and say so', async () => {
    await running.close()
    const old = someCases(5).map((one) => ({ ...one, reportedAfterS: -80 * 86_400 }))
    await insertCases(db(), old)
    running = await following(db(), 1)
    const { store } = running
    expect(casesOf(store)).toHaveLength(60)
    expect(store.covers('2026-02-01T00:00:00Z')).toBe(true)
    expect(store.covers('2026-01-31T23:59:59Z')).toBe(false)
    expect(store.covers(undefined)).toBe(false)
    const cold = await store.loadSpan('2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z', EVERY_CASE, 5)
    expect(cold.length).toBe(5)
    await expect(store.loadSpan(undefined, undefined, EVERY_CASE, 64)).rejects.toMatchObject({
      statusCode: 400,
      faults: [{ field: 'from' }],
    })

    // A newer case moves the span on; when it is withdrawn the span reaches back again
    const [newest] = await insertCases(
      db(),
      someCases(1).map((one) => ({ ...one, reportedAfterS: 65 * 86_400 })),
    )
    await expect.poll(() => casesOf(store).length, { timeout: 3000 }).toBe(1)
    expect(casesOf(store)).toEqual(await casesNow(db(), 1))
    await db().query('DELETE FROM incidents WHERE id = $1', [newest!])
    await expect.poll(() => casesOf(store).length, { timeout: 5000 }).toBe(60)
    expect(casesOf(store)).toEqual(await casesNow(db(), 1))
  })

  it('hold everything when there is nothing older', () => {
    expect(running.store.covers(undefined)).toBe(true)
  })
})

it('the hot span begins with a month', () => {
  const second = (time: string) => Date.parse(time) / 1000
  expect(hotFrom(second('2026-11-22T10:00:00Z'), 13)).toBe(second('2025-10-01T00:00:00Z'))
  expect(hotFrom(null, 13)).toBe(0)
  expect(hotFrom(0, 13)).toBe(0)
})
