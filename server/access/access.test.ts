import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RIGHTS } from '../../domain/access/action.ts'
import { buildApp } from '../app.ts'
import { commandLineAsker } from '../audit/askers.ts'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { signIn } from '../test-app.ts'
import { makeFirstUsers } from './first-users.ts'
import { hashPassword } from './password.ts'
import { rescueAdministrator } from './rescue.ts'
import { insertUser } from './users/queries.ts'

type App = Awaited<ReturnType<typeof buildApp>>
const PASSWORD = 'long enough to be kept'

describeOnEachDatabase('signing in', (db) => {
  let app: App
  beforeAll(async () => {
    app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
  })
  afterAll(() => app?.close())
  beforeEach(async () => {
    await db().query(`DELETE FROM users`)
    await db().query(`DELETE FROM sign_in_failures`)
  })

  const make = async (name: string, password = PASSWORD) => {
    const passwordHash = await hashPassword(password)
    const id = (await insertUser(db(), {
      name,
      displayName: name,
      role: 'viewer',
      scope: [''],
      passwordHash,
    }))!
    await db().query(`UPDATE users SET must_change_password = false WHERE id = $1`, [id])
    return id
  }
  const send = (url: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, payload, headers })
  const enter = (name: string, password: string) => send('/api/access/sign-in', { name, password })
  const cookieOf = (answer: { cookies: { name: string; value: string }[] }) =>
    answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const me = async (cookie: string) =>
    (await app.inject({ url: '/api/access/me', headers: { cookie } })).statusCode

  it('gives a session that scripts cannot read and other sites do not send', async () => {
    await make('li')
    const answer = await enter('LI', PASSWORD)
    expect(answer.statusCode).toBe(200)
    expect(answer.cookies).toMatchObject([{ name: 'session', httpOnly: true, sameSite: 'Lax', path: '/' }])
    expect(await me(cookieOf(answer))).toBe(200)
    const { rows } = await db().query<{ text: string }>(`SELECT sessions::text AS text FROM sessions`)
    expect(rows[0]!.text).not.toContain(answer.cookies[0]!.value)
  })

  it('says the same of a wrong name, a wrong password and somebody shut out', async () => {
    const id = await make('li')
    const wrong = await enter('li', 'another password')
    const nobody = await enter('wang', PASSWORD)
    await db().query(`UPDATE users SET is_disabled = true WHERE id = $1`, [id])
    const shutOut = await enter('li', PASSWORD)
    for (const answer of [wrong, nobody, shutOut]) {
      expect(answer.statusCode).toBe(401)
      expect(answer.body).toBe(wrong.body)
    }
  })

  it('takes longer after each failure, for names that are nobody too', async () => {
    await make('li')
    for (const name of ['li', 'nobody']) {
      for (let i = 0; i < 4; i++) expect((await enter(name, 'wrong')).statusCode).toBe(401)
      const early = await enter(name, PASSWORD)
      expect(early.statusCode).toBe(429)
      expect(Number(early.headers['retry-after'])).toBeGreaterThan(0)
    }
    await db().query(`UPDATE sign_in_failures SET last_at = now() - interval '1 hour'`)
    expect((await enter('li', PASSWORD)).statusCode).toBe(200)
  })

  it('shuts nobody out whose name a stranger guesses with, and slows down many strangers together', async () => {
    await make('li')
    const from = (remoteAddress: string, password: string) =>
      app.inject({
        method: 'POST',
        url: '/api/access/sign-in',
        remoteAddress,
        payload: { name: 'li', password },
      })
    for (let i = 0; i < 6; i++) await from('10.0.0.9', 'wrong')
    expect((await from('10.0.0.9', PASSWORD)).statusCode).toBe(429)
    expect((await from('10.0.0.1', PASSWORD)).statusCode).toBe(200)
    await from('10.0.1.1', 'wrong')
    await db().query(`UPDATE sign_in_failures SET failures = 500, last_at = now()`)
    const slowed = await from('10.0.2.1', PASSWORD)
    expect(slowed.statusCode).toBe(429)
    expect(Number(slowed.headers['retry-after'])).toBeLessThanOrEqual(30)
  })

  it('counts guesses at the password of an open session too', async () => {
    await make('li')
    const cookie = cookieOf(await enter('li', PASSWORD))
    const guess = () =>
      app.inject({
        method: 'PUT',
        url: '/api/access/password',
        headers: { cookie },
        payload: { current: 'a guess', next: 'a little light in lime leaves' },
      })
    for (let i = 0; i < 4; i++) expect((await guess()).json().faults[0].field).toBe('current')
    const delayed = await guess()
    expect(delayed.statusCode).toBe(429)
    expect(Number(delayed.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('takes as long for who tries many at the same moment, and however the name is written', async () => {
    await make('İli')
    const tries = (name: string) => Promise.all(Array.from({ length: 12 }, () => enter(name, 'wrong')))
    const statuses = (await tries('nobody')).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 401)).toHaveLength(4)
    expect(statuses.filter((status) => status === 429)).toHaveLength(8)
    const { rows } = await db().query<{ name: string }>(`SELECT lower(name) AS name FROM users`)
    for (const name of ['İli', rows[0]!.name, 'İLI', 'İli'])
      expect((await enter(name, 'wrong')).statusCode).toBe(401)
    expect((await enter(rows[0]!.name, PASSWORD)).statusCode).toBe(429)
  })

  it('does not last longer because a page asks by itself, but because somebody sits there', async () => {
    await make('li')
    const cookie = cookieOf(await enter('li', PASSWORD))
    await db().query(`UPDATE sessions SET last_seen_at = now() - interval '59 minutes'`)
    const idle = async () => {
      const { rows } = await db().query<{ minutes: number }>(
        `SELECT round(extract(epoch FROM now() - last_seen_at) / 60) AS minutes FROM sessions`,
      )
      return rows[0]!.minutes
    }
    // Another process remembers nothing of it
    const other = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    for (const url of ['/api/access/me', '/api/grids', '/api/incidents']) {
      expect((await other.inject({ url, headers: { cookie } })).statusCode).toBe(200)
    }
    expect(await idle()).toBe(59)
    const told = await other.inject({ method: 'POST', url: '/api/access/presence', headers: { cookie } })
    expect([told.statusCode, await idle()]).toEqual([204, 0])
    await db().query(`UPDATE sessions SET last_seen_at = now() - interval '61 minutes'`)
    await other.inject({ method: 'POST', url: '/api/access/presence', headers: { cookie } })
    expect(await idle()).toBe(61)
    await other.close()
  })

  it('ends at the sign-out, when nobody used it, and when it is old', async () => {
    await make('li')
    const cookie = cookieOf(await enter('li', PASSWORD))
    expect((await send('/api/access/sign-out', {}, { cookie })).statusCode).toBe(204)
    expect(await me(cookie)).toBe(401)
    const { rows } = await db().query<{ seen: boolean }>(
      `SELECT last_seen_at > now() - interval '1 minute' AS seen FROM users`,
    )
    expect(rows).toEqual([{ seen: true }])
    for (const column of ['last_seen_at', 'created_at']) {
      const old = cookieOf(await enter('li', PASSWORD))
      await db().query(`UPDATE sessions SET ${column} = now() - interval '13 hours'`)
      // What was just asked is remembered for a moment
      const other = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
      const answer = await other.inject({ url: '/api/access/me', headers: { cookie: old } })
      expect(answer.statusCode).toBe(401)
      await other.close()
    }
  })

  it('asks for a password that is neither short nor among those tried first', async () => {
    const id = await make('li')
    await db().query(`UPDATE users SET must_change_password = true WHERE id = $1`, [id])
    const cookie = cookieOf(await enter('li', PASSWORD))
    const change = (next: string) =>
      app.inject({
        method: 'PUT',
        url: '/api/access/password',
        headers: { cookie },
        payload: { current: PASSWORD, next },
      })
    expect((await app.inject({ url: '/api/grids', headers: { cookie } })).statusCode).toBe(403)
    for (const weak of [
      'short',
      '1q2w3e4r5t6y',
      'password123456!',
      'sunshinesunshine',
      'aaaaaaaaaaaa',
      'abcdabcdabcd',
      'zyxwvutsrqpo',
      'li-li-li-2026',
      PASSWORD,
    ]) {
      const answer = await change(weak)
      expect([weak, answer.statusCode, answer.json().faults?.[0].field]).toEqual([weak, 400, 'next'])
    }
    const first = await change('a little light in lime leaves')
    expect(first.statusCode).toBe(204)
    const changed = await app.inject({
      method: 'PUT',
      url: '/api/access/password',
      headers: { cookie: cookieOf(first) },
      payload: { current: 'a little light in lime leaves', next: '苍山负雪明烛天南望晚日照城郭' },
    })
    expect(changed.statusCode).toBe(204)
    // Another session too: one that somebody planted or took before is over
    expect(await me(cookie)).toBe(401)
    const headers = { cookie: cookieOf(changed) }
    expect((await app.inject({ url: '/api/grids', headers })).statusCode).toBe(200)
  })

  it('is refused to pages of others', async () => {
    await make('li')
    const body = { name: 'li', password: PASSWORD }
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ]
    for (const headers of foreign) {
      expect((await send('/api/access/sign-in', body, headers)).statusCode).toBe(403)
    }
    expect((await send('/api/access/sign-in', body, { 'sec-fetch-site': 'same-origin' })).statusCode).toBe(
      200,
    )
  })
})

describeOnEachDatabase('the first start', (db) => {
  it('makes an administrator whose password is told once', async () => {
    const password = await makeFirstUsers(db(), true)
    expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)
    expect(await makeFirstUsers(db(), true)).toBeNull()
    const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    const answer = await app.inject({
      method: 'POST',
      url: '/api/access/sign-in',
      payload: { name: 'admin', password },
    })
    expect(answer.json()).toMatchObject({ role: 'administrator', mustChangePassword: true })
    await app.close()
  })

  it('offers one user a role in the demo district, on the machine itself and nowhere else', async () => {
    await db().query(`DELETE FROM users`)
    await db().query(`INSERT INTO demo_district (scale, lived_until) VALUES (1, now())`)
    await db().query(`INSERT INTO areas (code, level, name, parent_code) VALUES
      ('990101', 'district', 'd', NULL), ('990101001', 'street', 's', '990101'), ('990101001001', 'community', 'c', '990101001')`)
    await db().query(`INSERT INTO departments (code, name) VALUES ('D01', 'd')`)
    await db().query(`INSERT INTO categories (code, name) VALUES ('01', 'c')`)
    await db().query(
      `INSERT INTO incidents (number, category_code, department_code, geom, reported_at)
       VALUES ('1', '01', 'D01', 'SRID=4326;POINT(1 1)', now())`,
    )
    expect(await makeFirstUsers(db(), false)).toBeNull()
    const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    const offered = async (headers: Record<string, string>) =>
      (await app.inject({ url: '/api/access/sign-in', headers })).json().demoUsers.length
    expect(await offered({ host: '127.0.0.1:8080' })).toBe(7)
    expect(await offered({ host: 'evil.example' })).toBe(0)
    expect(await offered({ host: 'localhost', 'x-forwarded-for': '10.1.1.1' })).toBe(0)
    // A proxy that passes on nothing of who asks: the browser still says which page it is on
    expect(await offered({ host: '127.0.0.1', origin: 'https://grid.example' })).toBe(0)
    expect(await offered({ host: '127.0.0.1', referer: 'https://grid.example/' })).toBe(0)
    expect(await offered({ host: 'localhost:8080', origin: 'http://localhost:8080' })).toBe(7)
    const enter = (host: string) =>
      app.inject({
        method: 'POST',
        url: '/api/access/sign-in/demo',
        headers: { host },
        payload: { name: 'supervisor' },
      })
    expect((await enter('evil.example')).statusCode).toBe(403)
    expect((await enter('localhost')).json()).toMatchObject({ role: 'supervisor' })
    await app.close()
    // Shown to other machines from now on, where no demo user is offered
    expect(await makeFirstUsers(db(), true)).toMatch(/^[a-z2-9-]+$/)
    expect(await makeFirstUsers(db(), true)).toBeNull()
    const open = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent', HOST: '0.0.0.0' }), db: db() })
    expect(
      (await open.inject({ url: '/api/access/sign-in', headers: { host: 'localhost' } })).json(),
    ).toMatchObject({
      demoUsers: [],
    })
    await open.close()
  })
})

describeOnEachDatabase('a lost password', (db) => {
  it('is renewed from the machine itself, for an administrator, and written down', async () => {
    const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    const enter = async (name: string, password: string) =>
      (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { name, password } }))
        .statusCode
    const asker = commandLineAsker()
    const made = await rescueAdministrator(db(), asker)
    expect(await enter('admin', made)).toBe(200)
    await db().query(`UPDATE users SET is_disabled = true`)
    const renewed = await rescueAdministrator(db(), asker)
    expect([await enter('admin', made), await enter('admin', renewed)]).toEqual([401, 200])
    const viewer = { name: 'li', displayName: 'li', role: 'viewer', scope: [''], passwordHash: null } as const
    await insertUser(db(), { ...viewer, scope: [''] })
    await expect(rescueAdministrator(db(), asker, 'li')).rejects.toThrow('no administrator')
    const { rows } = await db().query(
      `SELECT action, actor_kind AS kind, after FROM audit WHERE action LIKE 'user.%' ORDER BY seq`,
    )
    expect(rows).toEqual([
      { action: 'user.create', kind: 'system', after: null },
      { action: 'user.password', kind: 'system', after: { isDisabled: false } },
    ])
    await app.close()
  })
})

describeOnEachDatabase('users', (db) => {
  let app: App
  let cookie: string
  beforeAll(async () => {
    app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    cookie = await signIn(db())
    await db().query(`INSERT INTO areas (code, level, name) VALUES ('990101', 'district', 'd')`)
  })
  afterAll(() => app?.close())
  let keys = 0
  const ask = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) =>
    app.inject({
      method,
      url,
      headers: { cookie, 'idempotency-key': `key ${++keys}`, ...headers },
      ...(payload && { payload }),
    })
  const change = async (id: number, payload: object) => {
    const { etag } = (await ask('GET', `/api/users/${id}`)).headers
    return ask('PATCH', `/api/users/${id}`, payload, { 'if-match': etag as string })
  }
  const add = async (more: object = {}) =>
    (await ask('POST', '/api/users', { ...worker, name: `he-${++keys}`, ...more })).json<{
      user: { id: number; version: number }
      oneTimePassword: string
    }>()
  const worker = { name: 'he', displayName: '何', role: 'grid-worker', scope: ['990101'] }

  it('come with a password for one use, and go with all their sessions', async () => {
    const made = await ask('POST', '/api/users', worker)
    expect(made.statusCode).toBe(201)
    const { user, oneTimePassword } = made.json()
    expect((await ask('POST', '/api/users', { ...worker, name: 'HE' })).statusCode).toBe(409)
    const entered = await app.inject({
      method: 'POST',
      url: '/api/access/sign-in',
      payload: { name: 'he', password: oneTimePassword },
    })
    const own = { cookie: `session=${entered.cookies[0]!.value}` }
    expect((await change(user.id, { isDisabled: true })).json()).toMatchObject({
      sessions: 0,
    })
    expect((await app.inject({ url: '/api/access/me', headers: own })).statusCode).toBe(401)
  })

  it('have a scope of areas that are here, and a department where they handle', async () => {
    const field = async (change: object) =>
      (await ask('POST', '/api/users', { ...worker, name: 'x', ...change })).json().faults?.[0].field
    expect(await field({ scope: ['990102'] })).toBe('scope')
    expect(await field({ scope: [] })).toBe('scope')
    expect(await field({ role: 'administrator' })).toBe('scope')
    expect(await field({ role: 'department-handler' })).toBe('departmentCode')
    expect(await field({ departmentCode: 'D1' })).toBe('departmentCode')
    expect(await field({ name: 'a b' })).toBe('name')
  })

  it('keep one administrator', async () => {
    const { rows } = await db().query<{ id: number }>(`SELECT id FROM users WHERE role = 'administrator'`)
    expect((await change(rows[0]!.id, { isDisabled: true })).statusCode).toBe(409)
  })

  it('keep one administrator also while two shut each other out', async () => {
    const { user } = await add({ role: 'administrator', scope: [''] })
    const { rows } = await db().query<{ id: number; version: number }>(
      `SELECT id, version FROM users WHERE role = 'administrator' AND NOT is_disabled`,
    )
    expect(rows).toHaveLength(2)
    const answers = await Promise.all(
      rows.map(({ id, version }) =>
        ask('PATCH', `/api/users/${id}`, { isDisabled: true }, { 'if-match': `"${version}"` }),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    // Whoever asks here may be the one who was shut out
    await db().query(`UPDATE users SET is_disabled = (id = $1::bigint)`, [user.id])
    cookie = await signIn(db())
  })

  it('are changed by who names the version in force, and by nobody else', async () => {
    const { user } = await add()
    const path = `/api/users/${user.id}`
    const rename = (displayName: string, headers = {}) => ask('PATCH', path, { displayName }, headers)
    const unstated = await rename('一')
    expect([unstated.statusCode, unstated.json().faults[0].field]).toEqual([428, 'if-match'])
    const both = await Promise.all(['一', '二'].map((name) => rename(name, { 'if-match': '"1"' })))
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412])
    const stale = both.find(({ statusCode }) => statusCode === 412)!
    expect(stale.headers.etag).toBe('"2"')
    expect(stale.json().current).toMatchObject({ id: user.id, version: 2 })
    expect((await rename('三', { 'if-match': 'W/"2"' })).json()).toMatchObject({
      displayName: '三',
      version: 3,
    })
  })

  it('are made once for an Idempotency-Key, with a password that works', async () => {
    const again = (more: object = {}) =>
      ask('POST', '/api/users', { ...worker, name: 'once', ...more }, { 'idempotency-key': 'once' })
    const first = await again()
    const second = await again()
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json().user.id).toBe(first.json().user.id)
    const enter = (password: string) =>
      app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { name: 'once', password } })
    expect((await enter(first.json().oneTimePassword)).statusCode).toBe(401)
    expect((await enter(second.json().oneTimePassword)).statusCode).toBe(200)
    expect((await again({ displayName: '别人' })).statusCode).toBe(422)
    await db().query(`UPDATE users SET must_change_password = false WHERE name = 'once'`)
    expect((await again()).statusCode).toBe(409)
    expect(
      (await app.inject({ method: 'POST', url: '/api/users', headers: { cookie }, payload: worker }))
        .statusCode,
    ).toBe(400)
  })

  it('come page by page, each once', async () => {
    const seen: number[] = []
    for (let next: string | null = ''; next !== null; ) {
      const url: string = `/api/users?limit=2${next && `&cursor=${next}`}`
      const page = (await ask('GET', url)).json<{ items: { id: number }[]; next: string | null }>()
      seen.push(...page.items.map(({ id }) => id))
      next = page.next
    }
    const { rows } = await db().query<{ id: number }>(`SELECT id FROM users ORDER BY id`)
    expect(seen).toEqual(rows.map(({ id }) => id))
    expect(seen.length).toBeGreaterThan(3)
  })

  it('whose area is no longer known can still be shut out, and be given none that is unknown', async () => {
    const { user } = await add()
    await db().query(`UPDATE users SET scope = '{990109}' WHERE id = $1`, [user.id])
    expect((await change(user.id, { scope: ['990108'] })).json().faults[0].field).toBe('scope')
    expect((await change(user.id, { isDisabled: true })).json()).toMatchObject({ isDisabled: true })
  })

  it('of the organisation get no password here', async () => {
    const { user } = await add()
    await db().query(`UPDATE users SET open_id_subject = 'sub', password_hash = NULL WHERE id = $1`, [
      user.id,
    ])
    expect((await ask('POST', `/api/users/${user.id}/password`)).statusCode).toBe(409)
    await expect(db().query(`UPDATE users SET password_hash = 'x' WHERE id = $1`, [user.id])).rejects.toThrow(
      'users_one_way_in',
    )
  })
})

describe('the table of rights', () => {
  it('lets walls read what they show and tell how they are, and nothing else', () => {
    const ofWalls = Object.entries(RIGHTS).flatMap(([action, roles]) =>
      (roles as readonly string[]).includes('wall') ? [action] : [],
    )
    expect(ofWalls.sort()).toEqual([
      'alarm.read',
      'incident.read',
      'map.read',
      'session.read',
      'wall.report',
      'wall.show',
    ])
  })
})

it('an app with a route that names no action does not start', async () => {
  const { default: Fastify } = await import('fastify')
  const { requireActions } = await import('./require-action.ts')
  const app = Fastify()
  requireActions(app, async () => null)
  app.get('/open', async () => 'x')
  await expect(app.ready()).rejects.toThrow('GET /open')
})
