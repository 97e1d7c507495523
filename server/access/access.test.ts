import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RIGHTS } from '../../domain/access/action.ts'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { signIn } from '../test-app.ts'
import { makeFirstUsers } from './first-users.ts'
import { hashPassword } from './password.ts'
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

  it('ends at the sign-out, when nobody used it, and when it is old', async () => {
    await make('li')
    const cookie = cookieOf(await enter('li', PASSWORD))
    expect((await send('/api/access/sign-out', {}, { cookie })).statusCode).toBe(204)
    expect(await me(cookie)).toBe(401)
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
      'li is my name here',
      PASSWORD,
    ]) {
      const answer = await change(weak)
      expect([weak, answer.statusCode, answer.json().faults?.[0].field]).toEqual([weak, 400, 'next'])
    }
    expect((await change('苍山负雪明烛天南望晚日照城郭')).statusCode).toBe(204)
    expect((await app.inject({ url: '/api/grids', headers: { cookie } })).statusCode).toBe(200)
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
    const open = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent', HOST: '0.0.0.0' }), db: db() })
    expect(
      (await open.inject({ url: '/api/access/sign-in', headers: { host: 'localhost' } })).json(),
    ).toMatchObject({
      demoUsers: [],
    })
    await open.close()
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
  const ask = (method: 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) })
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
    expect((await ask('PATCH', `/api/users/${user.id}`, { isDisabled: true })).json()).toMatchObject({
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
    expect((await ask('PATCH', `/api/users/${rows[0]!.id}`, { isDisabled: true })).statusCode).toBe(409)
  })
})

describe('the table of rights', () => {
  it('lets walls read and nothing else', () => {
    const ofWalls = Object.entries(RIGHTS).flatMap(([action, roles]) =>
      (roles as readonly string[]).includes('wall') ? [action] : [],
    )
    expect(ofWalls.every((action) => action.endsWith('.read'))).toBe(true)
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
