import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { decodeColumns } from '../../domain/columns/arrow.ts'
import { formatPosition, parsePosition, reaches } from '../../domain/live/position.ts'
import { buildApp } from '../app.ts'
import { insertCases, insertDistrict } from '../columns/test-district.ts'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { signIn } from '../test-app.ts'
import { TestListener } from './test-live-client.ts'

const CASE = {
  grid: '110101001001001',
  category: 'road',
  department: null as string | null,
  level: 3,
  intake: 'public',
  status: 'filed',
  reportedAfterS: 0,
  dueAfterS: 60,
  closedAfterS: null,
}
const SHORT = { beatMs: 100, silentMs: 30_000, recheckMs: 150 }
const WAIT = { timeout: 15_000, interval: 20 }

describeOnEachDatabase('the live stream', (db, kind) => {
  let app: Awaited<ReturnType<typeof buildApp>>
  let base: string
  let everything: string
  const listeners: TestListener[] = []

  const open = async (liveTiming: Partial<typeof SHORT> = SHORT) => {
    app = await buildApp({
      config: readConfig({ LOG_LEVEL: 'silent', HOT_MONTHS: '100' }),
      db: db(),
      liveTiming,
    })
    base = await app.listen({ host: '127.0.0.1', port: 0 })
    await app.columns.ready
  }
  beforeAll(async () => {
    await insertDistrict(db())
    everything = await signIn(db())
    await open()
  })
  afterEach(() => {
    for (const listener of listeners.splice(0)) listener.close()
  })
  afterAll(() => app?.close())

  const listen = async (cookie = everything, after: string | null = null) => {
    const listener = new TestListener(base, cookie, after)
    listeners.push(listener)
    await expect.poll(() => listener.hello, WAIT).not.toBeNull()
    return listener
  }
  const insert = async (fields: Partial<typeof CASE> = {}) =>
    (await insertCases(db(), [{ ...CASE, ...fields }]))[0]!
  const move = (id: number, area: string, grid: string) =>
    db().query('UPDATE incidents SET area_code = $2, grid_now = $3 WHERE id = $1::bigint', [id, area, grid])

  it('begins with hello, is kept by nobody on the way, and beats', async () => {
    const listener = await listen()
    expect(listener.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    expect(listener.headers).not.toHaveProperty('content-encoding')
    expect(listener.events[0]).toMatchObject({ name: 'hello' })
    expect(Math.abs(listener.hello!.now - Date.now())).toBeLessThan(2000)
    await expect.poll(() => listener.named('beat').length, WAIT).toBeGreaterThan(1)
    expect(parsePosition(listener.named('beat')[0]!.id)).not.toBeNull()
  })

  it('tells a case as it is, once, and the tables that changed by name', async () => {
    const listener = await listen()
    const id = await insert({ department: 'roads' })
    await expect.poll(() => listener.caseIds, WAIT).toEqual([id])
    expect(listener.changes.flatMap(({ cases }) => cases)[0]).toMatchObject({
      id,
      latE7: 390_050_000,
      category: 'road',
      grid: CASE.grid,
      area: '110101001001',
      department: 'roads',
      status: 'filed',
      level: 3,
      intake: 'public',
      closedAt: 0,
    })
    await db().query(
      `UPDATE areas SET name = name; UPDATE areas SET name = name; UPDATE grids SET name = name`,
    )
    // A rule of the wall may have been alarmed by the case meanwhile
    const tables = () => listener.topics.filter((topic) => topic !== 'alarms').sort()
    await expect.poll(tables, WAIT).toEqual(['areas', 'grids'])
    await db().query('DELETE FROM incidents WHERE id = $1::bigint', [id])
    await expect.poll(() => listener.gone, WAIT).toEqual([id])
    expect(listener.caseIds).toEqual([id])
  })

  it('tells who sees a case, who has seen it that it left, and nobody else', async () => {
    const street = (code: string) => signIn(db(), { role: 'supervisor', scope: [code] })
    const handler = (departmentCode: string) =>
      signIn(db(), { role: 'department-handler', scope: ['110101'], departmentCode })
    const one = await listen(await street('110101001'))
    const two = await listen(await street('110101002'))
    const roads = await listen(await handler('roads'))
    const cleaning = await listen(await handler('cleaning'))
    const id = await insert({ department: 'roads' })
    await expect.poll(() => [one.caseIds, roads.caseIds], WAIT).toEqual([[id], [id]])
    await move(id, '110101002001', '110101002001001')
    await expect.poll(() => [one.gone, two.caseIds], WAIT).toEqual([[id], [id]])
    await expect.poll(() => roads.caseIds.length, WAIT).toBe(2)
    expect([cleaning.caseIds, cleaning.gone]).toEqual([[], []])
    expect(two.gone).toEqual([])
    await db().query(`UPDATE incidents SET department_code = 'cleaning' WHERE id = $1::bigint`, [id])
    await expect.poll(() => [roads.gone, cleaning.caseIds], WAIT).toEqual([[id], [id]])
    await db().query('DELETE FROM incidents WHERE id = $1::bigint', [id])
    await expect.poll(() => [two.gone, cleaning.gone], WAIT).toEqual([[id], [id]])
    // Theirs it was no longer
    await listen()
    expect([one.gone, roads.gone]).toEqual([[id], [id]])
  })

  it('goes on where somebody was: nothing missed, nothing twice', async () => {
    const before = await listen()
    const [first] = [await insert()]
    await expect.poll(() => before.caseIds, WAIT).toEqual([first])
    const position = before.last!
    before.close()
    const missed = [await insert(), await insert()]
    const after = await listen(everything, position)
    const later = await insert()
    await expect.poll(() => after.caseIds.includes(later), WAIT).toBe(true)
    expect(after.caseIds).toEqual([...missed, later])
    // Also by who comes while changes are gathered
    const ids: number[] = []
    for (let n = 0; n < 20; n++) {
      const at = after.last!
      const known = new Set(after.caseIds)
      ids.push(await insert())
      const other = await listen(everything, at)
      ids.push(await insert())
      await expect.poll(() => ids.every((id) => known.has(id) || other.caseIds.includes(id)), WAIT).toBe(true)
      expect(other.caseIds.length).toBe(new Set(other.caseIds).size)
      expect(other.caseIds.filter((id) => known.has(id))).toEqual([])
      other.close()
    }
    await expect.poll(() => after.caseIds, WAIT).toEqual([...missed, later, ...ids])
  })

  it('takes up where the columns end', async () => {
    const id = await insert()
    await expect
      .poll(async () => {
        const answer = await app.inject({ url: '/api/incidents.arrow', headers: { cookie: everything } })
        return [...decodeColumns(answer.rawPayload).columns.id].includes(id)
      }, WAIT)
      .toBe(true)
    const answer = await app.inject({ url: '/api/incidents.arrow', headers: { cookie: everything } })
    const { position } = decodeColumns(answer.rawPayload)
    const next = await insert()
    const listener = await listen(everything, position)
    await expect.poll(() => listener.caseIds, WAIT).toEqual([next])
    // The columns' own place moves on with whatever happens
    await db().query('UPDATE buildings SET name = name')
    await expect.poll(() => reaches(app.columns.position, app.changes.position), WAIT).toBe(true)
  })

  it('says that everything is to be loaded anew where it cannot go on', async () => {
    const witness = await listen()
    const known = await insert()
    await expect.poll(() => witness.caseIds, WAIT).toContain(known)
    const here = parsePosition(witness.last!)!
    const foreign = { ...here, epoch: '1.1' }
    const old = { ...here, at: here.at - 8 * 86_400 }
    const otherHistory = { ...here, at: here.at - 5 }
    const future = { ...here, snapshot: { running: [], end: here.snapshot.end + 1000n } }
    for (const after of ['nonsense', ...[foreign, old, otherHistory, future].map(formatPosition)]) {
      const listener = await listen(everything, after)
      await expect.poll(() => listener.named('reload').length, WAIT).toBe(1)
      const id = await insert()
      await expect.poll(() => listener.caseIds, WAIT).toContain(id)
    }
    const listener = await listen()
    const { last } = listener
    listener.close()
    await db().query(
      `INSERT INTO changes (topic, key, area_code) SELECT 'incident', '1', '' FROM generate_series(1, 10001)`,
    )
    const behind = await listen(everything, last)
    await expect.poll(() => behind.named('reload').length, WAIT).toBe(1)
  })

  it('names no cases where there are too many', async () => {
    const listener = await listen()
    await insertCases(
      db(),
      Array.from({ length: 1001 }, () => CASE),
    )
    await expect.poll(() => listener.topics.includes('incidents'), WAIT).toBe(true)
    expect(listener.caseIds).toEqual([])
  })

  it('ends for whoever may no longer listen, and begins anew for whoever sees something else', async () => {
    const viewer = await signIn(db(), { role: 'viewer', scope: ['110101001'] })
    const moved = await listen(viewer)
    await db().query(`UPDATE users SET scope = '{110101002}' WHERE name = 'test-viewer-110101001'`)
    await expect.poll(() => moved.ended, { timeout: 12_000, interval: 50 }).toBe(true)
    expect(moved.events.at(-1)!.name).toBe('reload')
    const gone = await listen(await signIn(db(), { role: 'planner' }))
    await db().query(`UPDATE users SET is_disabled = true WHERE name = 'test-planner'`)
    await expect.poll(() => gone.ended, { timeout: 12_000, interval: 50 }).toBe(true)
    expect(gone.named('reload')).toEqual([])
  }, 40_000)

  it('lets a user open only so many', async () => {
    const cookie = await signIn(db(), { role: 'dispatcher' })
    const many: TestListener[] = []
    for (let n = 0; n < 24; n++) many.push(await listen(cookie))
    const refused = new TestListener(base, cookie)
    await expect.poll(() => refused.status, WAIT).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    many[0]!.close()
    await expect
      .poll(async () => {
        const next = new TestListener(base, cookie)
        await expect.poll(() => next.status, WAIT).not.toBeNull()
        next.close()
        return next.status
      }, WAIT)
      .toBe(200)
  })

  it('cuts whoever does not answer, and answers acks with its clock', async () => {
    await app.close()
    await open({ beatMs: 50, silentMs: 2500 })
    const silent = await listen()
    const answering = await listen()
    const other = await signIn(db(), { role: 'viewer' })
    const acking = setInterval(() => answering.ack(), 100)
    try {
      await expect.poll(() => silent.ended, WAIT).toBe(true)
      expect(answering.ended).toBe(false)
      const { open: isOpen, now } = await answering.ack()
      expect(isOpen).toBe(true)
      expect(Math.abs(now - Date.now())).toBeLessThan(2000)
      expect((await silent.ack()).open).toBe(false)
      // Of somebody else's stream nothing is told
      const stranger = await listen(other)
      expect((await stranger.ack(answering.hello!.stream)).open).toBe(false)
    } finally {
      clearInterval(acking)
    }
  })

  // Tells of so many cases, again and again, that what nobody takes fills every buffer on the way
  const pour = async (until: () => Promise<boolean> | boolean) => {
    const ids = await insertCases(
      db(),
      Array.from({ length: 900 }, () => ({ ...CASE, department: 'roads' })),
    )
    for (let n = 0; n < 150 && !(await until()); n++) {
      await db().query('UPDATE incidents SET level = level % 4 + 1 WHERE id = ANY ($1::bigint[])', [ids])
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await db().query('DELETE FROM incidents WHERE id = ANY ($1::bigint[])', [ids])
  }

  // The embedded database takes too long to fill the buffers of a connection
  it.skipIf(kind === 'embedded')(
    'tells who fell behind to load anew, and goes on from there',
    async () => {
      await app.close()
      await open({ beatMs: 100, silentMs: 60_000 })
      const slow = await listen()
      slow.pause()
      let rounds = 0
      await pour(() => ++rounds > 70)
      slow.resume()
      await expect.poll(() => slow.named('reload').length, WAIT).toBeGreaterThan(0)
      const id = await insert()
      await expect.poll(() => slow.caseIds.includes(id), WAIT).toBe(true)
    },
    60_000,
  )

  it.skipIf(kind === 'embedded')(
    'cuts who takes nothing, although it says that it is there',
    async () => {
      await app.close()
      await open({ beatMs: 100, silentMs: 1000 })
      const dead = await listen()
      dead.pause()
      let isOpen = true
      await pour(async () => {
        isOpen = (await dead.ack()).open
        return !isOpen
      })
      expect(isOpen).toBe(false)
    },
    60_000,
  )

  it('ends in good order when the server stops', async () => {
    const listener = await listen()
    await app.close()
    await expect.poll(() => listener.ended, WAIT).toBe(true)
    await open()
    const again = await listen(everything, listener.last)
    await expect.poll(() => again.changes.length, WAIT).toBe(1)
    expect(again.named('reload')).toEqual([])
  })
})
