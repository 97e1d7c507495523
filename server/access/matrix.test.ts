import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formatPosition, parsePosition } from '../../domain/live/position.ts'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { ContactBook } from '../contacts/contact-book.ts'
import { ContactKeys } from '../contacts/contact-keys.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { readable } from './test-answers.ts'
import { foreignRows, insertCanaries, removeForeign, targets } from './test-canaries.ts'
import { differentRequests, everybody, findLeaks, send, wrongRights } from './test-matrix.ts'
import { type Operation, operationsOf, tellFromBegin } from './test-requests.ts'

type App = Awaited<ReturnType<typeof buildApp>>
const LONG = 240_000
/** A street, another one of its district, and one of another district. */
const [own, beside, elsewhere] = [targets[0]!, targets[1]!, targets[2]!]

/** Routes that show what only some may see; there may be more, there must not be fewer. */
const LEAST_TELLING = 21

describeOnEachDatabase('every route, for every role', (db, kind) => {
  let dataDir: string
  let app: App
  let operations: Operation[]

  const configOf = () =>
    readConfig({
      LOG_LEVEL: 'silent',
      HOT_MONTHS: '1',
      DATA_DIR: dataDir,
      CONTACT_KEY: Buffer.alloc(32, 5).toString('base64'),
      SIGN_INS_PER_ADDRESS: '100000',
      MAX_EVENT_LOOP_DELAY_MS: '100000',
    })
  const openApp = async () => {
    const opened = await buildApp({ config: configOf(), db: db() })
    await opened.ready()
    await opened.columns.ready
    return opened
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'grid-matrix-'))
    const book = new ContactBook(new ContactKeys(configOf(), kind))
    await insertCanaries(db(), (tx, id, contact) => book.keep(tx, id, contact))
    app = await openApp()
    const here = parsePosition(app.changes.position)!
    tellFromBegin(formatPosition({ ...here, snapshot: { running: [], end: 1n } }))
    operations = operationsOf(app.swagger())
  }, LONG)
  afterAll(async () => {
    await app?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('names the right that it takes', () => {
    expect(operations.filter(({ action }) => !action).map(({ path }) => path)).toEqual([])
  })

  it(
    'lets those in that the table of rights lets in, and nobody else',
    async () => {
      const askers = everybody(db(), own.street)
      expect(await wrongRights(app, operations, askers, own)).toEqual([])
      console.log(
        `${kind}: ${operations.length} routes x ${askers.length} roles and nobody, by the table of rights`,
      )
    },
    LONG,
  )

  it(
    'shows nothing out of scope: in bodies, tiles, streams, errors, tags, or what was kept for others',
    async () => {
      // Of another street, so that an answer kept for it would reach the others
      const neighbour = everybody(db(), beside.street).find(({ role }) => role === 'viewer')!
      const askers = [neighbour, ...everybody(db(), own.street), neighbour]
      const { leaks, asked, telling } = await findLeaks(app, operations, askers, [own, beside, elsewhere])
      expect(leaks).toEqual([])
      expect(telling.size).toBeGreaterThanOrEqual(LEAST_TELLING)
      console.log(`${kind}: ${asked} answers read; ${telling.size} routes tell what only some may see`)
    },
    LONG,
  )

  it(
    'writes nothing out of scope',
    async () => {
      const before = await foreignRows(db(), own.street)
      for (const asker of everybody(db(), own.street)) {
        if (asker.role === 'administrator') continue
        for (const operation of operations.filter(({ method }) => method !== 'GET')) {
          for (const request of differentRequests(operation, [beside, elsewhere])) {
            await send(app, request, await asker.cookie())
          }
        }
      }
      expect(await foreignRows(db(), own.street)).toBe(before)
    },
    LONG,
  )

  it('refuses a case in a street of others by its place, and takes one in the own', async () => {
    const cookie = await everybody(db(), own.street)
      .find(({ role }) => role === 'dispatcher')!
      .cookie()
    const report = (target: typeof own) =>
      app.inject({
        method: 'POST',
        url: '/api/incidents',
        headers: { cookie, 'idempotency-key': `matrix ${target.street}` },
        payload: { categoryCode: '01', lng: target.lng, lat: target.lat },
      })
    const refused = await report(elsewhere)
    expect(refused.statusCode).toBe(403)
    expect(refused.json().faults.map(({ field }: { field: string }) => field)).toEqual(['lng', 'lat'])
    expect(refused.body).not.toContain(elsewhere.street)
    expect((await report(own)).json()).toMatchObject({ gridNow: own.grid })
  })

  it(
    'answers a key out of scope as one that nothing has',
    async () => {
      const absent = {
        ...elsewhere,
        grid: '990109001001001',
        buildingId: 4_071_000_001,
        incidentId: 4_071_000_001,
        alarmId: 4_071_000_001,
      }
      for (const asker of everybody(db(), own.street)) {
        if (asker.role === 'administrator' || asker.role === null) continue
        const cookie = await asker.cookie()
        for (const operation of operations.filter(
          ({ method, path }) =>
            (method === 'GET' && /\{(id|code)\}/.test(path)) || path === '/api/incidents/{id}/contact',
        )) {
          const ask = async (target: typeof own) => {
            const request = differentRequests(operation, [target])[0]!
            const answer = await send(app, request, cookie)
            const keys = [target.grid, target.buildingId, target.incidentId, target.alarmId].map(String)
            const { 'content-length': length, etag, ...headers } = answer.headers
            const text = JSON.stringify([answer.statusCode, headers['content-type'], answer.body])
            return keys.reduce((rest, key) => rest.replaceAll(key, '*'), text)
          }
          expect(await ask(elsewhere)).toBe(await ask(absent))
        }
      }
    },
    LONG,
  )

  it(
    'fails where a route leaks, and where it cannot ask',
    async () => {
      const leaking = await buildApp({
        config: readConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir }),
        db: db(),
      })
      const config = { action: 'map.read' } as const
      const names = async () => (await db().query('SELECT name FROM areas ORDER BY code')).rows
      leaking.get('/api/leak/body', { config }, names)
      leaking.post('/api/leak/written', { config }, names)
      leaking.get('/api/leak/error', { config }, async () => {
        throw Object.assign(new Error((await names()).map((row) => row.name).join()), { statusCode: 409 })
      })
      leaking.get('/api/leak/kept', { config }, async (request, reply) => {
        reply.header('etag', '"same for all"')
        return { scope: request.scope.length, text: request.scope.join().length }
      })
      leaking.get('/api/leak/open', { config: { action: 'public' } }, async () => ({ ok: true }))
      leaking.get(
        '/api/leak/handle',
        { config },
        async ({ db: reader }) => (await reader.query('SELECT name FROM areas ORDER BY code')).rows,
      )
      leaking.get(
        '/api/facilities/:code',
        { config, schema: { params: { type: 'object', properties: { code: { type: 'string' } } } } },
        async () => ({}),
      )
      await leaking.ready()
      try {
        const all = operationsOf(leaking.swagger())
        const route = (path: string) => all.filter((operation) => operation.path === path)
        const askers = everybody(db(), own.street)
        const leaksOf = async (path: string) => (await findLeaks(leaking, route(path), askers, [own])).leaks
        expect((await leaksOf('/api/leak/body'))[0]).toContain('tells CANARY-')
        expect((await leaksOf('/api/leak/written'))[0]).toContain('tells CANARY-')
        expect((await leaksOf('/api/leak/error'))[0]).toContain('tells CANARY-')
        expect((await leaksOf('/api/leak/kept')).join()).toContain('of other content')
        // What forgets the scope but reads through the request's handle meets the second wall, where there is one
        expect((await leaksOf('/api/leak/handle')).length > 0).toBe(kind === 'embedded')
        const taken = route('/api/leak/open').map((operation) => ({
          ...operation,
          action: 'user.manage' as const,
        }))
        expect(await wrongRights(leaking, taken, askers, own)).toContain('GET /api/leak/open as viewer: 200')
        await expect(leaksOf('/api/facilities/{code}')).rejects.toThrow(
          'nothing is known for facilities/code',
        )
      } finally {
        await leaking.close()
      }
    },
    LONG,
  )

  it('keeps what is in no document to those who may have it', async () => {
    const viewer = await everybody(db(), own.street)
      .find(({ role }) => role === 'viewer')!
      .cookie()
    for (const [url, status] of [
      ['/metrics', 403],
      ['/api/openapi.json', 200],
      ['/docs/json', 200],
    ] as const) {
      expect([url, (await app.inject(url)).statusCode]).toEqual([url, 401])
      expect([url, (await app.inject({ url, headers: { cookie: viewer } })).statusCode]).toEqual([
        url,
        status,
      ])
    }
  })

  // Last: it takes out what others must not notice
  it(
    'answers the same whatever else the database holds, to the count',
    async () => {
      const askers = everybody(db(), own.street).filter(
        ({ role }) => role === 'supervisor' || role === 'department-handler',
      )
      const answersOf = async (opened: App) => {
        const answers: Record<string, string> = {}
        for (const asker of askers) {
          const cookie = await asker.cookie()
          for (const operation of operations) {
            if (operation.method !== 'GET' || operation.path === '/api/access/me') continue
            for (const request of differentRequests(operation, [own])) {
              const answer = await send(opened, request, cookie)
              answers[`${asker.role} ${request.url}`] = readable(answer)
            }
          }
        }
        return answers
      }
      const before = await answersOf(app)
      await removeForeign(db(), own.street)
      const alone = await openApp()
      try {
        const after = await answersOf(alone)
        const different = Object.keys(before).filter((key) => before[key] !== after[key])
        expect(different.map((key) => [key, before[key], after[key]])).toEqual([])
        expect(Object.keys(before).length).toBeGreaterThan(100)
      } finally {
        await alone.close()
      }
    },
    LONG,
  )
})
