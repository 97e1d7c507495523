import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Alarm, AlarmRule } from '../../../domain/wall/alarm.ts'
import { buildApp } from '../../app.ts'
import { readConfig } from '../../config.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { signIn } from '../../test-app.ts'
import { asker, pairScreen, smallWall } from '../../test-walls.ts'
import { checkCap } from '../cap/test-cap.ts'
import { AlarmKeeper } from './alarm-keeper.ts'
import { purgeAlarms } from './queries.ts'
import { raiseOnce } from './raise.ts'
import type { NewRuleAlarm } from './raise-queries.ts'

const LONG = 60_000
const EAST = '990101001001001'
const WEST = '990101002001001'

describeOnEachDatabase('alarms', (db) => {
  let app: Awaited<ReturnType<typeof buildApp>>
  let keepers: AlarmKeeper[] = []
  let administrator: string
  let east: string
  const ask = asker(() => app)
  const warnings: object[] = []

  beforeAll(async () => {
    await db().query(`INSERT INTO areas (code, level, name, name_en, parent_code) VALUES
      ('990101', 'district', '区', 'District', NULL), ('990101001', 'street', '东街', 'East', '990101'),
      ('990101002', 'street', '西街', 'West', '990101'), ('990101001001', 'community', '东社区', 'East Side', '990101001'),
      ('990101002001', 'community', '西社区', 'West Side', '990101002')`)
    await db().query(
      `INSERT INTO grids (code, valid_from, area_code, name, name_en, geom)
       SELECT code, '2020-01-01', left(code, 12), name, NULL, ST_Multi(ST_MakeEnvelope(x, 25, x + 0.01, 25.01, 4326))
         FROM (VALUES ($1, '第一网格', 102.0), ($2, '第二网格', 102.01)) grid (code, name, x)`,
      [EAST, WEST],
    )
    await db().query(
      `INSERT INTO categories (code, name, name_en) VALUES ('01', '井盖', 'Manhole'), ('02', '垃圾', NULL)`,
    )
    app = await buildApp({
      config: readConfig({
        LOG_LEVEL: 'silent',
        DISTRICT_LANGUAGE: 'en',
        CAP_TOKEN: 'a token for alarms',
        CAP_SCOPE: '990101001',
      }),
      db: db(),
    })
    await app.columns.ready
    administrator = await signIn(db())
    east = await signIn(db(), { role: 'supervisor', scope: ['990101001'] })
    // As two servers beside each other, each with a memory of its own
    keepers = [1, 2].map(
      () =>
        new AlarmKeeper({
          db: db(),
          columns: app.columns,
          feed: app.changes,
          config: app.config,
          warn: (details) => warnings.push(details),
        }),
    )
    for (const keeper of keepers) keeper.start()
  }, LONG)
  afterAll(async () => {
    await Promise.all(keepers.map((keeper) => keeper.close()))
    await app?.close()
    expect(warnings).toEqual([])
  })

  let cases = 0
  const report = async (grid: string, more: { category?: string; level?: number; dueIn?: string } = {}) => {
    const { category = '01', level = 3, dueIn = null } = more
    const { rows } = await db().query<{ id: number }>(
      `INSERT INTO incidents (number, category_code, level, geom, grid_at_report, grid_now, area_code, reported_at, due_at)
       SELECT $1, $2, $3::int, ST_PointOnSurface(geom), code, code, area_code, now(), now() + $5::interval
         FROM grids WHERE code = $4 RETURNING id`,
      [`N-${++cases}`, category, level, grid, dueIn],
    )
    return rows[0]!.id
  }
  const make = async (name: string, alarms: AlarmRule[], language: 'en' | 'zh-CN' = 'en') =>
    (await ask('POST', '/walls', administrator, { name, content: smallWall({ alarms, language }) })).json()
      .id as number
  const rule = (id: string, when: AlarmRule['when'], more: Partial<AlarmRule> = {}): AlarmRule => ({
    id,
    title: `rule ${id}`,
    when,
    seconds: 30,
    sound: false,
    ...more,
  })
  const alarmsOf = async (wall: number, cookie = administrator) =>
    (await ask('GET', `/walls/${wall}/alarms`, cookie)).json()
  const allAlarms = async (cookie = administrator) => (await ask('GET', '/alarms', cookie)).json()
  const textsOf = async (wall: number) => (await alarmsOf(wall)).map(({ text }: { text: string }) => text)
  const poll = (what: () => Promise<unknown>) => expect.poll(what, { timeout: 20_000, interval: 200 })

  it(
    'are raised once by however many servers, with place and kinds of the cases, in the language of the wall',
    async () => {
      const wall = await make('count', [rule('three', { kind: 'count', count: 3, withinMinutes: 30 })])
      const chinese = await make(
        'zh',
        [rule('three', { kind: 'count', count: 3, withinMinutes: 30 })],
        'zh-CN',
      )
      await report(WEST)
      const ids = [await report(EAST), await report(EAST, { category: '02', level: 2 }), await report(EAST)]
      await poll(() => alarmsOf(wall)).toHaveLength(1)
      await poll(() => alarmsOf(chinese)).toHaveLength(1)
      expect((await alarmsOf(wall))[0]).toMatchObject({
        source: 'rule',
        wallId: wall,
        ruleId: 'three',
        title: 'rule three',
        text: '第一网格, East Side: 3 cases within 30 min (2 × Manhole, 1 × 垃圾)',
        level: 2,
        placeCode: EAST,
        placeName: '第一网格, East Side',
        incidentIds: ids,
        acknowledgedAt: null,
      })
      expect((await alarmsOf(wall))[0].lng).toBeCloseTo(102.005, 5)
      expect(await textsOf(chinese)).toEqual(['东社区第一网格：30分钟内3件（井盖2件、垃圾1件）'])
      // Another round of both servers
      await report(WEST)
      await new Promise((resolve) => setTimeout(resolve, 1500))
      expect(await alarmsOf(wall)).toHaveLength(1)
    },
    LONG,
  )

  it(
    'of deadlines name the case and the time that is left, once, and are raised by rules that were changed meanwhile',
    async () => {
      const wall = await make('due', [])
      const id = await report(WEST, { dueIn: '20 minutes 30 seconds', category: '02' })
      const alarms = [rule('due', { kind: 'due', withinMinutes: 60 })]
      const changed = { name: 'due', content: smallWall({ alarms }) }
      await ask('PUT', `/walls/${wall}`, administrator, changed, { 'if-match': '"1"' })
      await poll(() => alarmsOf(wall)).toHaveLength(1)
      const [alarm] = await alarmsOf(wall)
      expect(alarm.text).toMatch(/^第二网格, West Side: 垃圾, case N-\d+, due at \d\d:\d\d, 20 min left$/)
      expect(alarm.incidentIds).toEqual([id])
      // No longer than it is true
      expect(Date.parse(alarm.expiresAt) - Date.now()).toBeLessThan(21 * 60_000)
    },
    LONG,
  )

  it(
    'are seen by whom the place concerns, on the screens of their wall, and acknowledged from a desk',
    async () => {
      const wall = await make('scopes', [
        rule('each', { kind: 'count', count: 1, withinMinutes: 1 }, { level: [1] }),
      ])
      const screenEast = await pairScreen(db(), { name: 'east', scope: ['990101001'], wallId: wall })
      const screenOther = await pairScreen(db(), { name: 'other', scope: [''] })
      await report(WEST, { level: 1 })
      await poll(() => alarmsOf(wall)).toHaveLength(1)
      const [west] = await alarmsOf(wall)
      expect(await alarmsOf(wall, east)).toEqual([])
      expect((await allAlarms(east)).map(({ id }: { id: number }) => id)).not.toContain(west.id)
      expect(await allAlarms()).toContainEqual(west)
      expect(await alarmsOf(wall, screenEast.cookie)).toEqual([])
      expect((await ask('GET', `/walls/${wall}/alarms`, screenOther.cookie)).statusCode).toBe(404)
      const acknowledge = (id: number, cookie: string) => ask('POST', `/alarms/${id}/acknowledgement`, cookie)
      expect((await acknowledge(west.id, east)).statusCode).toBe(404)
      expect((await ask('GET', `/cap/${west.id}`, east)).statusCode).toBe(404)
      expect((await ask('GET', '/cap', east)).body).not.toContain(WEST)
      await report(EAST, { level: 1 })
      await poll(() => alarmsOf(wall, screenEast.cookie)).toHaveLength(1)
      const [own] = await alarmsOf(wall, screenEast.cookie)
      expect(await allAlarms(screenEast.cookie)).toEqual([own])
      expect(await allAlarms(screenOther.cookie)).not.toContainEqual(own)
      expect((await acknowledge(own.id, screenEast.cookie)).statusCode).toBe(403)
      const done = (await acknowledge(own.id, east)).json()
      expect(done.acknowledgedAt).not.toBeNull()
      expect(done.acknowledgedBy).toContain('supervisor')
      expect((await acknowledge(own.id, administrator)).json()).toEqual(done)
      expect(await alarmsOf(wall, screenEast.cookie)).toEqual([])
      expect(await alarmsOf(wall)).toEqual([west])
    },
    LONG,
  )

  it(
    'of more than somebody’s areas are told to them, and acknowledged by whoever sees all of it',
    async () => {
      const wall = await make('warned', [])
      const warn = async (title: string, areaCode: string) => {
        const { rows } = await db().query<{ id: number }>(
          `INSERT INTO alarms (source, cap_message, language, expires_at, title, text, level, place_code, place_name,
                               area_code)
           VALUES ('cap', $1, 'en', now() + interval '1 hour', $1, '', 1, $2, 'Far Away', $2) RETURNING id`,
          [title, areaCode],
        )
        return rows[0]!.id
      }
      const ids = [
        await warn('everywhere', ''),
        await warn('district', '990101'),
        await warn('street', '990101001'),
      ]
      const titlesOf = async (cookie: string) =>
        (await alarmsOf(wall, cookie)).map(({ title }: { title: string }) => title)
      expect(await titlesOf(east)).toEqual(['everywhere', 'district', 'street'])
      // Of a part of the district the name could not be looked up
      expect((await alarmsOf(wall, east))[1]).toMatchObject({ placeCode: '990101', placeName: 'Far Away' })
      const acknowledge = async (cookie: string) => {
        const statuses: number[] = []
        for (const id of ids)
          statuses.push((await ask('POST', `/alarms/${id}/acknowledgement`, cookie)).statusCode)
        return statuses
      }
      // A desk offers no more than it may do
      expect((await alarmsOf(wall, east)).map(({ isWhollyOwn }: Alarm) => isWhollyOwn)).toEqual([
        false,
        false,
        true,
      ])
      expect(await acknowledge(east)).toEqual([403, 403, 200])
      expect(await titlesOf(administrator)).toEqual(['everywhere', 'district'])
      const { rows } = await db().query(
        `SELECT subject FROM audit WHERE outcome = 'refused' AND subject LIKE 'alarm %' ORDER BY subject`,
      )
      expect(rows).toEqual(ids.slice(0, 2).map((id) => ({ subject: `alarm ${id}` })))
      expect(await acknowledge(administrator)).toEqual([200, 200, 200])
      expect(await titlesOf(east)).toEqual([])
    },
    LONG,
  )

  it(
    'of a storm hide none that is graver or newer',
    async () => {
      const wall = await make('storm', [])
      const { rows } = await db().query<{ id: number }>(
        `INSERT INTO alarms (source, cap_message, language, raised_at, expires_at, title, text, level, place_code,
                           place_name, area_code)
       SELECT 'cap', title, 'en', now() + n * interval '1 millisecond', now() + interval '1 hour', title, '',
              CASE WHEN n IN (1, 202) THEN 1 ELSE 4 END, '', '', ''
         FROM generate_series(1, 202) AS n, format('storm %s', n) AS title
       RETURNING id`,
      )
      const shown: string[] = (await alarmsOf(wall)).map(({ title }: Alarm) => title)
      expect(shown).toEqual(['storm 1', ...Array.from({ length: 199 }, (_, n) => `storm ${n + 4}`)])
      await db().query('DELETE FROM alarms WHERE id = ANY ($1::bigint[])', [rows.map(({ id }) => id)])
    },
    LONG,
  )

  it('are not raised any more for a wall that was deleted after its rules were read', async () => {
    const wall = await make('gone', [])
    const id = await report(WEST)
    const alarm: NewRuleAlarm = {
      ...{ wallId: wall, ruleId: 'gone', language: 'en', lastsMs: 60_000, title: 'gone', text: '', level: 1 },
      ...{ placeCode: WEST, placeName: 'West', areaCode: WEST, lng: 102, lat: 25, incidentIds: [id] },
    }
    const titles = async () => (await allAlarms()).map(({ title }: Alarm) => title)
    expect(await raiseOnce(db(), alarm)).toEqual([])
    expect(await titles()).toContain('gone')
    await ask('DELETE', `/walls/${wall}`, administrator, undefined, { 'if-match': '"1"' })
    expect(await raiseOnce(db(), { ...alarm, incidentIds: [await report(WEST)] })).toEqual([])
    expect(await titles()).not.toContain('gone')
  })

  it('are told to others as CAP 1.2: an Alert, then the Cancel of it', async () => {
    const wall = (await ask('GET', '/walls', administrator))
      .json()
      .find(({ name }: { name: string }) => name === 'count')
    const [alarm] = await alarmsOf(wall.id)
    const feed = await ask('GET', '/cap', administrator)
    expect(feed.headers['content-type']).toContain('application/atom+xml')
    expect(feed.body).toContain(`href="/api/cap/${alarm.id}"`)
    const alert = await ask('GET', `/cap/${alarm.id}`, administrator)
    expect(alert.headers['content-type']).toContain('application/cap+xml')
    const first = checkCap(alert.body)
    expect(first).toMatchObject({
      identifier: `alarm-${alarm.id}`,
      msgType: 'Alert',
      status: 'Actual',
      event: 'rule three',
    })
    expect(first).toMatchObject({ geocode: EAST, areaDesc: '第一网格, East Side', severity: 'Severe' })
    await db().query(`INSERT INTO demo_district (scale, lived_until) VALUES (1, now())`)
    await ask('POST', `/alarms/${alarm.id}/acknowledgement`, administrator)
    const cancel = checkCap((await ask('GET', `/cap/${alarm.id}`, administrator)).body)
    expect(cancel).toMatchObject({
      identifier: `alarm-${alarm.id}-cancel`,
      msgType: 'Cancel',
      status: 'Exercise',
      references: `grid-management,alarm-${alarm.id},${first.sent}`,
    })
  })

  it('are told to a program that has the token, of its areas alone', async () => {
    const wall = await make('programs', [
      rule('each', { kind: 'count', count: 1, withinMinutes: 1 }, { level: [4] }),
    ])
    await report(EAST, { level: 4 })
    await report(WEST, { level: 4 })
    await poll(() => alarmsOf(wall)).toHaveLength(2)
    const alarms = await alarmsOf(wall)
    const idOf = (grid: string) =>
      alarms.find(({ placeCode }: { placeCode: string }) => placeCode === grid).id as number
    const program = (url: string, token = 'a token for alarms') =>
      app.inject({ url: `/api${url}`, headers: { authorization: `Bearer ${token}` } })
    const feed = await program('/cap')
    expect(feed.statusCode).toBe(200)
    expect(feed.body).toContain(`/api/cap/${idOf(EAST)}"`)
    expect(feed.body).not.toContain(`/api/cap/${idOf(WEST)}"`)
    expect(checkCap((await program(`/cap/${idOf(EAST)}`)).body)).toMatchObject({ geocode: EAST })
    expect((await program(`/cap/${idOf(WEST)}`)).statusCode).toBe(404)
    const refused = [
      await program('/cap', 'another'),
      await program(`/walls/${wall}/alarms`),
      await program('/incidents?limit=1'),
      await app.inject({ url: '/metrics', headers: { authorization: 'Bearer a token for alarms' } }),
    ]
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401])
  })

  it('end by themselves, and are kept for a month', async () => {
    const ids = async () =>
      (await db().query<{ id: number }>('SELECT id FROM alarms ORDER BY id')).rows.map(({ id }) => id)
    const before = await ids()
    expect(before.length).toBeGreaterThan(1)
    // The rules of the walls go on, and may raise others meanwhile
    const kept = async () => (await ids()).filter((id) => before.includes(id))
    await db().query(`UPDATE alarms SET expires_at = now() - interval '1 second'`)
    const feed: string = (await ask('GET', '/cap', administrator)).body
    expect(before.filter((id) => feed.includes(`/api/cap/${id}"`))).toEqual([])
    await purgeAlarms(db(), 30)
    expect(await kept()).toEqual(before)
    await db().query(`UPDATE alarms SET expires_at = now() - interval '31 days' WHERE id = $1`, [before[0]!])
    await purgeAlarms(db(), 30)
    expect(await kept()).toEqual(before.slice(1))
  })
})
