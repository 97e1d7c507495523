import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../app.ts'
import { readConfig } from '../../config.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { ConfigError } from '../../env.ts'
import { insertUser } from '../users/queries.ts'
import { placeWithin } from './return-place.ts'
import { startIssuer, TestBrowser, type TestPerson } from './test-issuer.ts'

const ROLES = JSON.stringify([
  { group: 'bosses', role: 'administrator' },
  { group: 'desk', role: 'dispatcher', scope: ['990101001'] },
  { group: 'works', role: 'department-handler', scope: [''], department: 'D01' },
])

describeOnEachDatabase("the organisation's own sign-in", (db) => {
  const people: Record<string, TestPerson> = {}
  let issuer: Awaited<ReturnType<typeof startIssuer>>
  let app: Awaited<ReturnType<typeof buildApp>>
  let address: string
  let browser: TestBrowser

  beforeAll(async () => {
    people.s1 = { preferred_username: 'li', name: '李 雷', groups: ['staff', 'desk'] }
    issuer = await startIssuer(people)
    const config = readConfig({ LOG_LEVEL: 'silent', ...issuer.settings, OPENID_ROLES: ROLES })
    app = await buildApp({ config, db: db() })
    address = await app.listen({ host: '127.0.0.1', port: 0 })
    issuer.serve(address)
  })
  afterAll(async () => {
    await app?.close()
    await issuer?.close()
  })
  beforeEach(async () => {
    await db().query(`DELETE FROM users`)
    people.s1 = { preferred_username: 'li', name: '李 雷', groups: ['staff', 'desk'] }
    issuer.sitsThere('s1')
    browser = new TestBrowser()
  })

  const enter = (query = '') => browser.go(`${address}/api/access/open-id${query}`)
  const me = async () => JSON.parse((await browser.go(`${address}/api/access/me`)).body)
  const audited = async () => {
    const { rows } = await db().query<{ action: string; outcome: string }>(
      `SELECT action, outcome FROM audit ORDER BY day DESC, seq DESC LIMIT 2`,
    )
    return rows.map(({ action, outcome }) => `${action} ${outcome}`).reverse()
  }

  it('is offered on the sign-in page', async () => {
    expect(JSON.parse((await browser.go(`${address}/api/access/sign-in`)).body).openId).toBe(true)
  })

  it('makes a user of the groups, brings the browser back to where it was, and is written down', async () => {
    const { at } = await enter('?returnTo=/overview%3Fday%3D3%23map')
    expect(at.href).toBe(`${address}/overview?day=3#map`)
    expect(await me()).toMatchObject({
      name: 'li',
      displayName: '李 雷',
      role: 'dispatcher',
      scope: ['990101001'],
    })
    expect(await audited()).toEqual(['user.create done', 'sign-in done'])
  })

  it('goes by the groups of each sign-in anew', async () => {
    await enter()
    await db().query(`INSERT INTO departments (code, name) VALUES ('D01', 'd') ON CONFLICT DO NOTHING`)
    people.s1!.groups = ['works']
    browser = new TestBrowser()
    await enter()
    expect(await me()).toMatchObject({ name: 'li', role: 'department-handler', departmentCode: 'D01' })
    expect(await audited()).toEqual(['user.change done', 'sign-in done'])
    const { rows } = await db().query(`SELECT id FROM users`)
    expect(rows).toHaveLength(1)
  })

  it('refuses who has no group that means something here, with a sentence', async () => {
    people.s1!.groups = ['staff']
    const { status, body } = await enter()
    expect(status).toBe(403)
    expect(body).toContain('None of the groups')
    expect((await me()).status).toBe(401)
    expect((await audited()).at(-1)).toBe('sign-in refused')
  })

  it('refuses who is shut out here', async () => {
    await enter()
    await db().query(`UPDATE users SET is_disabled = true`)
    browser = new TestBrowser()
    expect((await enter()).status).toBe(403)
  })

  it('never takes over a user of the same name', async () => {
    const wanted = { name: 'Li', displayName: 'another', role: 'viewer', scope: [''] } as const
    const id = await insertUser(db(), { ...wanted, scope: [''], passwordHash: null })
    people.s1!.groups = ['bosses']
    await enter()
    expect(await me()).toMatchObject({
      name: expect.stringMatching(/^li-[0-9a-f]{8}$/),
      role: 'administrator',
    })
    const { rows } = await db().query(`SELECT role FROM users WHERE id = $1::bigint`, [id!])
    expect(rows).toEqual([{ role: 'viewer' }])
  })

  it('takes the answer once, from the browser that began, to the question that it asked', async () => {
    const isBack = (at: URL) => at.pathname.endsWith('/callback')
    const { at } = await browser.go(`${address}/api/access/open-id`, isBack)
    expect((await new TestBrowser().go(at.href)).status).toBe(401)
    const other = new TestBrowser()
    await other.go(`${address}/api/access/open-id`, isBack)
    expect((await other.go(at.href)).status).toBe(401)
    const cookies = new Map(browser.cookies)
    const forged = new URL(at)
    forged.searchParams.set('state', 'another')
    const misled = new TestBrowser()
    for (const [key, value] of cookies) misled.cookies.set(key, value)
    expect((await misled.go(forged.href)).status).toBe(401)
    await browser.go(at.href, ({ pathname }) => pathname === '/')
    expect((await me()).role).toBe('dispatcher')
    // The very same answer again, with the cookie that went with it
    const again = new TestBrowser()
    for (const [key, value] of cookies) again.cookies.set(key, value)
    expect((await again.go(at.href)).status).toBe(401)
  })

  it('answers 503 while the issuer is down, and goes on once it is there', async () => {
    const down = await startIssuer(people)
    const config = readConfig({ LOG_LEVEL: 'silent', ...down.settings, OPENID_ROLES: ROLES })
    const other = await buildApp({ config, db: db() })
    const begin = () => other.inject('/api/access/open-id')
    await down.close()
    const answer = await begin()
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '10'])
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const port = Number(new URL(down.settings.OPENID_ISSUER).port)
    const up = await startIssuer(people, port)
    up.serve('http://localhost')
    expect((await begin()).statusCode).toBe(302)
    await other.close()
    await up.close()
  })
})

describe('where somebody goes after the sign-in', () => {
  const own = 'https://grid.example'
  it.each([
    ['/overview?x=1#y', '/overview?x=1#y'],
    [undefined, '/'],
    ['//evil.example/a', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/..//evil.example', '/'],
    ['http://grid.example/a', '/'],
    ['https://grid.example/a', '/a'],
  ])('%s leads to %s', (wanted, place) => {
    expect(placeWithin(own, wanted)).toBe(place)
  })
})

describe('settings of the own sign-in', () => {
  const whole = {
    OPENID_ISSUER: 'https://id.example',
    OPENID_CLIENT_ID: 'grid',
    OPENID_CLIENT_SECRET: 'hush',
    OPENID_ROLES: ROLES,
  }
  it.each([
    ['OPENID_ISSUER', 'http://id.example'],
    ['OPENID_CLIENT_ID', ''],
    ['OPENID_CLIENT_SECRET', ''],
    ['OPENID_ROLES', ''],
    ['OPENID_ROLES', 'desk=dispatcher'],
    ['OPENID_ROLES', '[]'],
    ['OPENID_ROLES', '[{"group":"a","role":"king","scope":[""]}]'],
    ['OPENID_ROLES', '[{"group":"a","role":"viewer"}]'],
    ['OPENID_ROLES', '[{"group":"a","role":"administrator","scope":["1"]}]'],
    ['OPENID_ROLES', '[{"group":"a","role":"department-handler","scope":[""]}]'],
    ['OPENID_ROLES', '[{"group":"a","role":"viewer","scope":[""],"department":"D"}]'],
    ['OPENID_CLIENT_SECRET_FILE', '/nowhere'],
  ])('refuses %s=%s by its name, and tells no secret', (name, value) => {
    expect(readConfig(whole).openId).toMatchObject({ groupsClaim: 'groups' })
    const read = () => readConfig({ ...whole, [name]: value })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(new RegExp(`^${name.replace('_FILE', '')}.+: .+`))
    expect(read).not.toThrow(/hush/)
  })
})
