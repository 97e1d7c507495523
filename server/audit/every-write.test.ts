import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditItem } from '../../domain/audit.ts'
import type { Wall } from '../../domain/wall/wall.ts'
import { hashPassword } from '../access/password.ts'
import { insertUser } from '../access/users/queries.ts'
import { makeTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { TestWebImporter } from '../imports/test-web-import.ts'
import { advanceIncident } from '../incidents/advance.ts'
import { signIn, type TestUser } from '../test-app.ts'
import { systemAsker } from './askers.ts'
import { listAudit } from './queries.ts'
import { verifyAudit } from './verify.ts'

const LONG = 240_000
const PHONE = '+86 139-1234-5678'
const PASSWORD = 'the password of the tests'
const UNSAFE = ['post', 'put', 'patch', 'delete']

/** Routes that write nothing that could be proved. */
const SILENT = {
  'POST /api/live/acks': 'says that a screen is still there',
  'POST /api/access/presence': 'somebody moved the pointer',
  'POST /api/walls/pairing': 'asks for a code to show; that a screen is paired is written down',
  'POST /api/walls/reports': 'a screen tells how it is, four times a minute; nothing hangs on it',
}

interface RefusedRequest {
  method?: 'GET' | 'PUT'
  path: string
  payload?: object
  headers: Record<string, string>
}

describe('every write', () => {
  let database: TestDatabase
  let web: TestWebImporter
  let dataDir: string
  beforeAll(async () => {
    database = await makeTestDatabase()
    dataDir = await mkdtemp(join(tmpdir(), 'audit-writes-'))
    web = await TestWebImporter.open(
      database.db,
      { CONTACT_KEY: Buffer.alloc(32, 7).toString('base64') },
      join(dataDir, 'data'),
    )
    await database.db.query(`INSERT INTO areas (code, level, name) VALUES ('990101', 'district', 'd')`)
    await database.db.query(`INSERT INTO demo_district (scale, lived_until) VALUES (1, now())`)
    await database.db.query(`INSERT INTO categories (code, name) VALUES ('01', 'c')`)
  }, LONG)
  afterAll(async () => {
    await web?.close()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET'
  const ask = async (method: Method, url: string, payload?: object, headers: Record<string, string> = {}) => {
    const answer = await web.app.inject({ method, url, headers, ...(payload && { payload }) })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`)
    return answer
  }
  let names = 0
  const newUser = async () =>
    (
      await ask(
        'POST',
        '/api/users',
        { name: `user-${++names}`, displayName: '某人', role: 'viewer', scope: ['990101'] },
        { 'idempotency-key': `key-${names}` },
      )
    ).json<{ user: { id: number } }>().user.id
  const withPassword = async () => {
    const name = `typist-${++names}`
    const passwordHash = await hashPassword(PASSWORD)
    await insertUser(database.db, { name, displayName: name, role: 'viewer', scope: [''], passwordHash })
    const payload = { name, password: PASSWORD }
    const answer = await ask('POST', '/api/access/sign-in', payload, { cookie: '' })
    return { cookie: `session=${answer.cookies.find((one) => one.name === 'session')!.value}` }
  }
  const report = async () =>
    (
      await ask(
        'POST',
        '/api/incidents',
        { categoryCode: '01', lng: 1, lat: 1, contact: { name: '王', phone: PHONE } },
        { 'idempotency-key': `key-${++names}` },
      )
    ).json<{ id: number }>().id
  const upload = () => web.upload({ 'categories.csv': `code,name,kind\n9${++names},x,event\n` })
  const order = { kind: 'categories', settings: {}, dryRun: false } as const
  const pair = async () => {
    const code = (await ask('POST', '/api/walls/pairing')).json<{ code: string }>().code
    const screen = { code, name: `screen ${++names}`, scope: [''] }
    return ask('POST', '/api/walls/devices', screen, { 'idempotency-key': `screen-${names}` })
  }

  const newWall = async () =>
    (
      await ask('POST', '/api/walls', { name: `hall ${++names}` }, { 'idempotency-key': `wall-${names}` })
    ).json<Wall>()
  const newAlarm = async () =>
    (
      await database.db.query<{ id: number }>(
        `INSERT INTO alarms (source, wall_id, rule_id, language, expires_at, title, text, level, place_code,
                             place_name, area_code)
         VALUES ('rule', 0, 'r', 'en', now() + interval '1 hour', 't', 't', 1, '', '', '') RETURNING id`,
      )
    ).rows[0]!.id

  /** How each route is called so that it does what it is for, and the actions that tell of it. */
  const CALLS: Record<string, { does: () => Promise<unknown>; told: string[] }> = {
    'POST /api/access/sign-in': { does: withPassword, told: ['sign-in'] },
    'POST /api/access/sign-in/demo': {
      does: async () => {
        await insertUser(database.db, {
          name: 'demo',
          displayName: 'demo',
          role: 'viewer',
          scope: [''],
          passwordHash: null,
          isDemo: true,
        })
        await ask('POST', '/api/access/sign-in/demo', { name: 'demo' }, { host: 'localhost', cookie: '' })
      },
      told: ['sign-in'],
    },
    'POST /api/access/sign-out': {
      does: async () => ask('POST', '/api/access/sign-out', undefined, await withPassword()),
      told: ['sign-out'],
    },
    'PUT /api/access/password': {
      does: async () =>
        ask(
          'PUT',
          '/api/access/password',
          { current: PASSWORD, next: '苍山负雪明烛天南望晚日照城郭' },
          await withPassword(),
        ),
      told: ['password.change'],
    },
    'POST /api/users': { does: newUser, told: ['user.create'] },
    'PATCH /api/users/{id}': {
      does: async () =>
        ask('PATCH', `/api/users/${await newUser()}`, { displayName: '另一人' }, { 'if-match': '"1"' }),
      told: ['user.change'],
    },
    'POST /api/users/{id}/password': {
      does: async () => ask('POST', `/api/users/${await newUser()}/password`),
      told: ['user.password'],
    },
    'DELETE /api/users/{id}/sessions': {
      does: async () => ask('DELETE', `/api/users/${await newUser()}/sessions`),
      told: ['user.sign-out'],
    },
    'POST /api/walls/devices': { does: pair, told: ['wall.pair'] },
    'DELETE /api/walls/devices/{id}': {
      does: async () => ask('DELETE', `/api/walls/devices/${(await pair()).json<{ id: number }>().id}`),
      told: ['wall.revoke'],
    },
    'PATCH /api/walls/devices/{id}': {
      does: async () => {
        const { id } = (await pair()).json<{ id: number }>()
        await ask('PATCH', `/api/walls/devices/${id}`, { wallId: (await newWall()).id })
      },
      told: ['wall.choose'],
    },
    'POST /api/walls': { does: newWall, told: ['wall.create'] },
    'PUT /api/walls/{id}': {
      does: async () => {
        const { id, content } = await newWall()
        await ask('PUT', `/api/walls/${id}`, { name: 'other', content }, { 'if-match': '"1"' })
      },
      told: ['wall.change'],
    },
    'DELETE /api/walls/{id}': {
      does: async () => ask('DELETE', `/api/walls/${(await newWall()).id}`, undefined, { 'if-match': '"1"' }),
      told: ['wall.delete'],
    },
    'POST /api/walls/{id}/steering': {
      does: () => ask('POST', '/api/walls/0/steering', { kind: 'next' }),
      told: ['wall.steer'],
    },
    'POST /api/alarms/{id}/acknowledgement': {
      does: async () => ask('POST', `/api/alarms/${await newAlarm()}/acknowledgement`),
      told: ['alarm.acknowledge'],
    },
    'POST /api/incidents': { does: report, told: ['incident.report'] },
    'POST /api/incidents/{id}/contact': {
      does: async () => ask('POST', `/api/incidents/${await report()}/contact`, { reason: '回访报案人' }),
      told: ['contact.unmask'],
    },
    'POST /api/imports/uploads': { does: upload, told: ['upload.send'] },
    'POST /api/imports/uploads/{id}/inspection': {
      does: async () => {
        const { id } = await upload()
        await ask('POST', `/api/imports/uploads/${id}/inspection`, { settings: {} })
        await web.inspected(id)
      },
      told: ['upload.inspect'],
    },
    'DELETE /api/imports/uploads/{id}': {
      does: async () => ask('DELETE', `/api/imports/uploads/${(await upload()).id}`),
      told: ['upload.remove'],
    },
    'POST /api/imports': {
      does: async () => web.ended((await web.begin(await upload(), order)).id),
      told: ['import.begin', 'import.end', 'import.remember'],
    },
    'POST /api/imports/{id}/cancel': {
      does: async () => {
        const { id } = await web.begin(await upload(), order)
        await ask('POST', `/api/imports/${id}/cancel`)
        await web.ended(id)
      },
      told: ['import.begin', 'import.cancel', 'import.end'],
    },
    'POST /api/imports/{id}/undo': {
      does: async () => {
        const { id } = await web.ended((await web.begin(await upload(), order)).id)
        await ask('POST', `/api/imports/${id}/undo`)
      },
      told: ['import.undo'],
    },
  }

  const unsafeRoutes = async () => {
    const { paths } = (await ask('GET', '/api/openapi.json')).json<{ paths: Record<string, object> }>()
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => UNSAFE.includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    )
  }
  const newest = (limit: number) => listAudit(database.db, {}, null, limit)

  it('stands in the list below: a route that does not fails here', async () => {
    expect((await unsafeRoutes()).sort()).toEqual([...Object.keys(CALLS), ...Object.keys(SILENT)].sort())
  })

  it.each(Object.keys(CALLS))(
    '%s is told',
    async (route) => {
      const [before] = await newest(1)
      await CALLS[route]!.does()
      const rows = await newest(100)
      const added = rows.slice(
        0,
        before ? rows.findIndex(({ day, seq }) => day === before.day && seq === before.seq) : rows.length,
      )
      const told = added.filter(({ outcome }) => outcome === 'done').map(({ action }) => action)
      expect(told).toEqual(expect.arrayContaining(CALLS[route]!.told))
      for (const { actorKind, actorName, address } of added) {
        expect([actorKind, actorName, address]).toEqual(['user', expect.stringMatching(/./), '127.0.0.1'])
      }
    },
    LONG,
  )

  it('tells what was before and after, and never a password, a token or a number to call', async () => {
    const change = await listAudit(database.db, { action: 'user.change' }, null, 1)
    expect(change).toMatchObject([{ before: { displayName: '某人' }, after: { displayName: '另一人' } }])
    // Any four digits may stand in a hash
    const all = JSON.stringify(await newest(500)).replaceAll(/[0-9a-f]{64}/g, '')
    for (const secret of [
      PASSWORD,
      '苍山负雪',
      web.cookie.split('=')[1]!,
      '13912345678',
      PHONE,
      '*5678',
      '1234-5678',
      '王',
    ]) {
      expect(all).not.toContain(secret)
    }
    expect(await verifyAudit(database.db, join(dataDir, 'none'))).toMatchObject({ tampering: [] })
  })

  it('of a case is told with the step that moved it on', async () => {
    const id = await report()
    const step = {
      at: new Date().toISOString(),
      actor: 'simulator',
      fromStatus: 'reported',
      toStatus: 'filed',
      dueAt: null,
      reason: null,
      departmentCode: null,
    } as const
    const asker = systemAsker('simulator')
    expect(await advanceIncident(database.db, id, step, asker)).toBe(true)
    // Nothing is written of what was not done
    expect(await advanceIncident(database.db, id, step, asker)).toBe(false)
    expect(await listAudit(database.db, { who: 'simulator' }, null, 10)).toMatchObject([
      {
        subject: `incident ${id}`,
        before: { status: 'reported' },
        after: { status: 'filed' },
        actorKind: 'system',
      },
    ])
  })

  it('of a wall that fetches its token is told as the wall', async () => {
    const shown = await ask('POST', '/api/walls/pairing')
    const { code } = shown.json<{ code: string }>()
    const name = `hall ${++names}`
    await ask('POST', '/api/walls/devices', { code, name, scope: [''] }, { 'idempotency-key': name })
    const secret = shown.cookies.find((one) => one.name === 'pairing')!.value
    const answer = await ask('GET', '/api/walls/pairing', undefined, { cookie: `pairing=${secret}` })
    expect(answer.json()).toMatchObject({ state: 'paired' })
    expect(await newest(2)).toMatchObject([
      {
        action: 'wall.enter',
        actorKind: 'wall',
        actorName: name,
        subject: `screen ${name}`,
        outcome: 'done',
      },
      { action: 'wall.pair', subject: `screen ${name}` },
    ])
  })

  const as = async (user: TestUser) => ({ cookie: await signIn(database.db, user) })
  const AREA = ['990101']

  /** Whatever is refused, how, and the row that tells of it. */
  const REFUSALS: Record<string, { asks: () => Promise<RefusedRequest>; status: number; told: object }> = {
    'what the table of rights does not allow': {
      asks: async () => ({ path: '/api/users?x=1', payload: {}, headers: await as({ role: 'viewer' }) }),
      status: 403,
      told: { action: 'user.manage', subject: 'POST /api/users', actorRole: 'viewer' },
    },
    'anything before an own password was chosen': {
      asks: async () => {
        const headers = await withPassword()
        return { method: 'GET', path: '/api/grids', headers }
      },
      status: 403,
      told: { action: 'map.read', subject: 'GET /api/grids', actorKind: 'user' },
    },
    'a name that nobody has': {
      asks: async () => ({
        path: '/api/access/sign-in',
        payload: { name: 'a password in the wrong field', password: 'not the password of anybody' },
        headers: { cookie: '' },
      }),
      status: 401,
      told: { action: 'sign-in', subject: 'user unknown', actorKind: 'nobody' },
    },
    'a demo user who is not offered there': {
      asks: async () => ({
        path: '/api/access/sign-in/demo',
        payload: { name: 'nobody of the demo' },
        headers: { cookie: '', host: 'localhost' },
      }),
      status: 403,
      told: { action: 'sign-in', subject: 'demo', actorKind: 'nobody' },
    },
    'a wrong password, by who wants another one': {
      asks: async () => ({
        method: 'PUT',
        path: '/api/access/password',
        payload: { current: 'not this one', next: '苍山负雪明烛天南望晚日照城郭' },
        headers: await withPassword(),
      }),
      status: 400,
      told: { action: 'password.change', subject: expect.stringMatching(/^user typist-/), actorKind: 'user' },
    },
    'what a page of others asks for': {
      asks: async () => ({
        path: '/api/access/sign-out',
        headers: { ...(await as({ role: 'planner' })), 'sec-fetch-site': 'cross-site' },
      }),
      status: 403,
      told: { action: 'cross-site', subject: 'POST /api/access/sign-out', actorRole: 'planner' },
    },
    'a case outside of the own areas': {
      asks: async () => ({
        path: '/api/incidents',
        payload: { categoryCode: '01', lng: 1, lat: 1 },
        headers: {
          ...(await as({ role: 'dispatcher', scope: AREA })),
          'idempotency-key': `key-${++names}`,
        },
      }),
      status: 403,
      told: { action: 'incident.report', subject: 'incident', after: { lng: 1, lat: 1 } },
    },
    'a contact of a case outside of the own areas': {
      asks: async () => ({
        path: `/api/incidents/${await report()}/contact`,
        payload: { reason: '回访报案人' },
        headers: await as({ role: 'dispatcher', scope: AREA }),
      }),
      status: 404,
      told: { action: 'contact.unmask', after: { reason: '回访报案人', status: 404 } },
    },
  }

  it.each(Object.keys(REFUSALS))('that is refused is told in one row: %s', async (what) => {
    const { asks, status, told } = REFUSALS[what]!
    const { method = 'POST', path, payload, headers } = await asks()
    const [before] = await newest(1)
    const answer = await web.app.inject({ method, url: path, headers, ...(payload && { payload }) })
    expect(answer.statusCode).toBe(status)
    const [last, former] = await newest(2)
    expect(last).toMatchObject({ outcome: 'refused', address: '127.0.0.1', ...told })
    expect(former).toEqual(before)
    for (const secret of ['not the password of anybody', 'a password in the wrong field', 'not this one'])
      expect(JSON.stringify(last)).not.toContain(secret)
  })

  it('that nobody known asks for is no refusal of a right', async () => {
    const before = await newest(1)
    expect((await web.app.inject({ url: '/api/users', headers: { cookie: '' } })).statusCode).toBe(401)
    const foreign = { cookie: '', 'sec-fetch-site': 'cross-site' }
    const url = '/api/users'
    expect((await web.app.inject({ method: 'POST', url, headers: foreign })).statusCode).toBe(401)
    expect(await newest(1)).toEqual(before)
  })

  describe('is shown to the administrator', () => {
    type Page = { items: AuditItem[]; next: string | null }
    const list = async (query: string) => (await ask('GET', `/api/audit?${query}`)).json<Page>()

    it('page by page, the newest first, each once', async () => {
      const whole = (await list('limit=500')).items
      const seen: AuditItem[] = []
      for (let next: string | null = ''; next !== null; ) {
        const page: Page = await list(`limit=7${next && `&cursor=${next}`}`)
        seen.push(...page.items)
        next = page.next
      }
      expect(seen).toEqual(whole)
      expect(whole.length).toBeGreaterThan(30)
    })

    it('by time, who, action, subject and outcome', async () => {
      const all = (await list('limit=500')).items
      const middle = all[Math.floor(all.length / 2)]!
      const expected = async (query: string, passes: (item: AuditItem) => boolean) => {
        const wanted = all.filter(passes)
        expect(wanted.length).toBeGreaterThan(0)
        expect((await list(`limit=500&${query}`)).items).toEqual(wanted)
      }
      await expected(`from=${middle.at}`, ({ at }) => at >= middle.at)
      await expected(`to=${middle.at}`, ({ at }) => at < middle.at)
      await expected(`to=${encodeURIComponent(middle.at.replace('Z', '+00:00'))}`, ({ at }) => at < middle.at)
      await expected('who=simulator', ({ actorName }) => actorName === 'simulator')
      await expected('action=sign-in', ({ action }) => action === 'sign-in')
      await expected('outcome=refused', ({ outcome }) => outcome === 'refused')
      await expected('subject=incident', ({ subject }) => subject.split(' ')[0] === 'incident')
      await expected('subject=incident%201', ({ subject }) => subject === 'incident 1')
    })

    it('and refused for what cannot be read', async () => {
      for (const query of ['cursor=2026-02-30.1', 'cursor=x', 'from=today', 'limit=501', 'outcome=maybe']) {
        const answer = await web.app.inject(`/api/audit?${query}`)
        expect([query, answer.statusCode, answer.json().faults[0].field]).toEqual([
          query,
          400,
          query.split('=')[0],
        ])
      }
    })

    it('as a table that no spreadsheet runs, which is told too', async () => {
      await database.db.transaction(async (tx) => {
        const { recordAudit } = await import('./record.ts')
        await recordAudit(tx, {
          ...systemAsker('=cmd|calc'),
          action: 'incident.report',
          subject: '-1+cmd',
          outcome: 'done',
        })
      })
      const answer = await ask('GET', '/api/audit.csv?outcome=done')
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
      const lines = answer.body.trimEnd().split('\n')
      expect(lines[0]).toBe(
        '\ufeffday,seq,at,actorKind,actorName,actorRole,address,action,subject,outcome,before,after,hash',
      )
      expect(answer.body).toMatch(/system,'=cmd\|calc,,,incident\.report,'-1\+cmd,done,,,[0-9a-f]{64}\n/)
      expect(lines).toHaveLength((await list('limit=500&outcome=done')).items.length + 1)
      expect(await newest(1)).toMatchObject([{ action: 'audit.export', after: { outcome: 'done' } }])
    })
  })
})
