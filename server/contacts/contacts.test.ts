import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { readConfig } from '../config.ts'
import { listDataTables, quoted } from '../database/all-tables.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { ConfigError } from '../env.ts'
import { buildTestApp, signIn } from '../test-app.ts'
import { purgeContacts } from './purge.ts'
import { resealContacts } from './reseal.ts'
import { seal, unseal } from './seal.ts'

const KEY = Buffer.alloc(32, 1).toString('base64')
const NEXT_KEY = Buffer.alloc(32, 2).toString('base64')
const CONTACT = { name: '王秀兰', phone: '+86 139-1234-5678' }
const HIDDEN = [CONTACT.name, '13912345678', '139-1234', '91234']
const LONG = 60_000

type App = Awaited<ReturnType<typeof buildTestApp>>

describeOnEachDatabase('the contact of a reporter', (db, kind) => {
  let dataDir: string
  let app: App
  const open = (env: NodeJS.ProcessEnv) =>
    buildTestApp({ config: readConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir, ...env }), db: db() })
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'contacts-test-'))
    app = await open({ CONTACT_KEY: KEY })
    await db().query(`INSERT INTO areas (code, level, name) VALUES ('990101', 'district', 'd')`)
    await db().query(`INSERT INTO categories (code, name) VALUES ('01', 'c')`)
    await db().query(
      `INSERT INTO grids (code, valid_from, area_code, name, geom)
       VALUES ('990101001001001', '2020-01-01', '990101', 'one', ST_Multi(ST_MakeEnvelope(0, 0, 2, 2, 4326)))`,
    )
  }, LONG)
  afterAll(async () => {
    await app?.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  beforeEach(() => db().query(`DELETE FROM contacts`))

  let keys = 0
  const report = (contact?: object, key = `key-${++keys}`, on = app, headers = {}) =>
    on.inject({
      method: 'POST',
      url: '/api/incidents',
      headers: { 'idempotency-key': key, ...headers },
      payload: { categoryCode: '01', lng: 1, lat: 1, ...(contact && { contact }) },
    })
  const reported = async (contact?: object) => (await report(contact)).json<{ id: number }>().id
  const unmask = (id: number, payload: object = { reason: '回访报案人' }, headers = {}, on = app) =>
    on.inject({ method: 'POST', url: `/api/incidents/${id}/contact`, payload, headers })
  const show = async (id: number, headers = {}) =>
    (await app.inject({ url: `/api/incidents/${id}`, headers })).json<{ contact?: unknown }>()

  it('is masked in every answer, and stands nowhere in the database as it is', async () => {
    const answer = await report(CONTACT)
    expect(answer.statusCode).toBe(201)
    const { id, contact } = answer.json()
    expect(contact).toEqual({ phoneLastFour: '5678' })
    expect(await show(id)).toMatchObject({ contact: { phoneLastFour: '5678' } })
    expect(await show(await reported())).toMatchObject({ contact: null })
    const list = await app.inject('/api/incidents')
    let all = answer.body + list.body
    for (const { name } of await listDataTables(db())) {
      const { rows } = await db().query<{ row: string }>(`SELECT t::text AS row FROM ${quoted(name)} t`)
      all += rows.map(({ row }) => row).join('\n')
    }
    for (const hidden of HIDDEN) {
      expect(all).not.toContain(hidden)
      expect(all).not.toContain(Buffer.from(hidden).toString('hex'))
    }
  })

  it('is shown whole with a reason, which is written down', async () => {
    const id = await reported(CONTACT)
    for (const reason of [undefined, '', 'four', ' a  b ', '     ']) {
      const answer = await unmask(id, reason === undefined ? {} : { reason })
      expect([reason, answer.statusCode, answer.json().faults?.[0].field]).toEqual([reason, 400, 'reason'])
    }
    const answer = await unmask(id, { reason: ' 回访报案人 ' })
    expect(answer.json()).toEqual(CONTACT)
    expect(answer.headers['cache-control']).toBe('no-store')
    const { rows } = await db().query(`SELECT after FROM audit WHERE action = 'contact.unmask'`)
    expect(rows).toEqual([{ after: { reason: '回访报案人' } }])
    expect((await unmask(await reported())).statusCode).toBe(404)
    expect((await unmask(999_999)).statusCode).toBe(404)
  })

  it('is seen by those whom the table of rights names, in their areas', async () => {
    const id = await reported(CONTACT)
    const as = async (role: 'viewer' | 'grid-worker' | 'dispatcher', scope: string) => {
      const headers = { cookie: await signIn(db(), { role, scope: [scope] }) }
      const shown = await show(id, headers)
      return [
        'contact' in shown ? shown.contact : 'not told',
        (await unmask(id, undefined, headers)).statusCode,
      ]
    }
    expect(await as('viewer', '990101')).toEqual(['not told', 403])
    expect(await as('grid-worker', '990101')).toEqual([{ phoneLastFour: '5678' }, 403])
    expect(await as('dispatcher', '990101')).toEqual([{ phoneLastFour: '5678' }, 200])
    expect(await as('dispatcher', '990102')).toEqual(['not told', 404])
  })

  it('belongs to the request that is repeated', async () => {
    const first = await report(CONTACT, 'again')
    expect((await report(CONTACT, 'again')).json().id).toBe(first.json().id)
    expect((await report({ ...CONTACT, phone: '13900000000' }, 'again')).statusCode).toBe(422)
    expect((await report(undefined, 'again')).statusCode).toBe(422)
  })

  it.each([{ phone: '123456' }, { phone: 'call me' }, { name: 'x' }, { phone: '1234567', age: 3 }, {}])(
    'is refused when nobody can be called by it: %j',
    async (contact) => {
      expect((await report(contact)).statusCode).toBe(400)
    },
  )

  it('goes so many days after its case has ended', async () => {
    const [open, fresh, old] = [await reported(CONTACT), await reported(CONTACT), await reported(CONTACT)]
    const close = (id: number, days: number) =>
      db().query(
        `UPDATE incidents SET reported_at = now() - interval '200 days',
                closed_at = now() - make_interval(days => $2::int) WHERE id = $1`,
        [id, days],
      )
    await close(fresh, 89)
    await close(old, 91)
    expect(await purgeContacts(db(), 90)).toBe(1)
    expect(await purgeContacts(db(), 90)).toBe(0)
    const { rows } = await db().query(`SELECT incident_id AS id FROM contacts ORDER BY 1`)
    expect(rows).toEqual([{ id: open }, { id: fresh }])
    const told = await db().query(`SELECT actor_name AS who, after FROM audit WHERE action = 'contact.purge'`)
    expect(told.rows).toEqual([{ who: 'retention', after: { incidents: [old] } }])
    expect(await show(old)).toMatchObject({ contact: null })
  })

  it('opens with a key that was used before, and with no other', async () => {
    const id = await reported(CONTACT)
    const lost = await open({ CONTACT_KEY: NEXT_KEY })
    const answer = await unmask(id, undefined, {}, lost)
    expect([answer.statusCode, answer.json().title]).toEqual([
      409,
      expect.stringContaining('CONTACT_KEY_OLD'),
    ])
    const rotated = await open({ CONTACT_KEY: NEXT_KEY, CONTACT_KEY_OLD: KEY })
    expect((await unmask(id, undefined, {}, rotated)).json()).toEqual(CONTACT)
    const later = (await report(CONTACT, 'rotated', rotated)).json<{ id: number }>().id
    await rotated.close()
    expect((await unmask(later, undefined, {}, lost)).json()).toEqual(CONTACT)
    await lost.close()
  })

  it('is sealed anew after a change of the key, so that the former one can go', async () => {
    const ids = [await reported(CONTACT), await reported({ ...CONTACT, name: '李' })]
    const foreign = await reported(CONTACT)
    const lost = seal(CONTACT, foreign, Buffer.alloc(32, 9))
    await db().query(`UPDATE contacts SET sealed = $2 WHERE incident_id = $1`, [foreign, lost])
    const keys = [NEXT_KEY, KEY].map((key) => Buffer.from(key, 'base64'))
    expect(await resealContacts(db(), keys)).toEqual({ resealed: 2, unopened: 1 })
    expect(await resealContacts(db(), keys)).toEqual({ resealed: 0, unopened: 1 })
    const without = await open({ CONTACT_KEY: NEXT_KEY })
    const names = await Promise.all(
      ids.map(async (id) => (await unmask(id, undefined, {}, without)).json<Contact>().name),
    )
    expect(names).toEqual([CONTACT.name, '李'])
    await without.close()
    const { rows } = await db().query(
      `SELECT subject FROM audit WHERE action = 'contact.reseal' ORDER BY day DESC, seq DESC LIMIT 1`,
    )
    expect(rows).toEqual([{ subject: 'contacts 2' }])
  })

  it('is sealed anew by a server that starts with the former key beside its own', async () => {
    const id = await reported(CONTACT)
    const rotated = await open({ CONTACT_KEY: NEXT_KEY, CONTACT_KEY_OLD: KEY })
    await rotated.ready()
    const isAnew = async () => {
      const { rows } = await db().query<{ sealed: Uint8Array }>(
        `SELECT sealed FROM contacts WHERE incident_id = $1`,
        [id],
      )
      return unseal(rows[0]!.sealed, id, [Buffer.from(NEXT_KEY, 'base64')]) !== null
    }
    await expect.poll(isAnew, { timeout: 10_000 }).toBe(true)
    await rotated.close()
  })

  it.runIf(kind === 'postgresql')('stands behind row security', async () => {
    const id = await reported(CONTACT)
    const seen = async (areas: string[]) =>
      (await db().seenBy({ areas, departmentCode: null }).query(`SELECT incident_id FROM contacts`)).rows
    expect(await seen(['990102'])).toEqual([])
    expect(await seen(['990101'])).toEqual([{ incident_id: id }])
  })

  it.runIf(kind === 'postgresql')('is refused where there is no key, naming the variable', async () => {
    const keyless = await open({})
    const before = await db().query(`SELECT count(*) AS n FROM incidents`)
    const answer = await report(CONTACT, 'keyless', keyless)
    expect([answer.statusCode, answer.json().faults[0].field]).toEqual([409, 'contact'])
    expect(answer.json().faults[0].reason).toContain('CONTACT_KEY_FILE')
    expect((await db().query(`SELECT count(*) AS n FROM incidents`)).rows).toEqual(before.rows)
    expect((await report(undefined, 'keyless', keyless)).statusCode).toBe(201)
    await keyless.close()
  })

  it.runIf(kind === 'embedded')('has a key made for it that only this user can read', async () => {
    const first = await open({})
    const id = (await report(CONTACT, 'made', first)).json<{ id: number }>().id
    await first.close()
    const file = join(dataDir, 'contact.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const again = await open({ CONTACT_KEY: '' })
    expect((await unmask(id, undefined, {}, again)).json()).toEqual(CONTACT)
    await again.close()
    const named = await open({ CONTACT_KEY_FILE: file })
    expect((await unmask(id, undefined, {}, named)).json()).toEqual(CONTACT)
    await named.close()
    expect(Buffer.from(await readFile(file, 'utf8'), 'base64')).toHaveLength(32)
  })
})

describe('a sealed contact', () => {
  const key = new Uint8Array(32).fill(3)
  const contact: Contact = { phone: '13912345678' }

  it('opens for its case with its key, and after no change to any bit', () => {
    const sealed = seal(contact, 12, key)
    expect(unseal(sealed, 12, [new Uint8Array(32), key])).toEqual(contact)
    expect(unseal(sealed, 13, [key])).toBeNull()
    expect(unseal(sealed, 12, [new Uint8Array(32)])).toBeNull()
    expect(seal(contact, 12, key)).not.toEqual(sealed)
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(sealed)
        changed[at]! ^= 1 << bit
        return unseal(changed, 12, [key]) === null
      }),
    )
    for (let length = 0; length < sealed.length; length++) {
      expect(unseal(sealed.subarray(0, length), 12, [key])).toBeNull()
    }
  })
})

it.each([
  [{ CONTACT_KEY: 'short' }, /^CONTACT_KEY holds no key of 32 bytes.+openssl/],
  [{ CONTACT_KEY_OLD: `${KEY},x` }, /^CONTACT_KEY_OLD holds/],
  [{ CONTACT_KEY_FILE: '/nowhere/key' }, /^CONTACT_KEY_FILE=.+cannot be read/],
  [{ CONTACT_KEY: KEY, CONTACT_KEY_FILE: '/nowhere/key' }, /both set/],
  [{ CONTACT_RETENTION_DAYS: '0' }, /^CONTACT_RETENTION_DAYS=0 /],
  [{ AUDIT_RETENTION_DAYS: '179' }, /^AUDIT_RETENTION_DAYS=179 .+180/],
])('the start refuses %j', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigError)
  expect(() => readConfig(env)).toThrow(message)
})

it('no message of the start tells a key', () => {
  const secret = `${KEY}AAAA`
  expect(() => readConfig({ CONTACT_KEY: secret })).toThrow(expect.not.stringContaining(secret) as never)
})
