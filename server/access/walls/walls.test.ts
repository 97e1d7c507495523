import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../app.ts'
import { readConfig } from '../../config.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { signIn } from '../../test-app.ts'

describeOnEachDatabase('a wall', (db) => {
  let app: Awaited<ReturnType<typeof buildApp>>
  let administrator: string
  beforeAll(async () => {
    await db().query(`INSERT INTO areas (code, level, name, geom) VALUES
      ('990101001', 'street', 'own', ST_Multi(ST_MakeEnvelope(1, 1, 2, 2, 4326))),
      ('990101002', 'street', 'other', ST_Multi(ST_MakeEnvelope(2, 1, 3, 2, 4326)))`)
    app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    administrator = await signIn(db())
  })
  afterAll(() => app?.close())

  let keys = 0
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, cookie: string, payload?: object) =>
    app.inject({
      method,
      url: `/api/walls${path}`,
      headers: { cookie, 'idempotency-key': `key ${++keys}` },
      ...(payload && { payload }),
    })
  const cookieOf = (answer: Awaited<ReturnType<typeof ask>>, name: string) =>
    `${name}=${answer.cookies.find((one) => one.name === name)!.value}`
  const showCode = async () => {
    const answer = await ask('POST', '/pairing', '')
    return { code: answer.json().code as string, secret: cookieOf(answer, 'pairing') }
  }
  const pair = (code: string, scope = ['990101001']) =>
    ask('POST', '/devices', administrator, { code, name: 'hall', scope })
  const me = (cookie: string) => app.inject({ url: '/api/access/me', headers: { cookie } })

  it('gets its token once its code was typed in, sees its scope, changes nothing, and goes when revoked', async () => {
    const { code, secret } = await showCode()
    expect((await ask('GET', '/pairing', secret)).json()).toMatchObject({ state: 'waiting', code })
    const paired = await pair(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)}`)
    expect(paired.statusCode).toBe(201)
    const answer = await ask('GET', '/pairing', secret)
    expect(answer.json()).toMatchObject({ state: 'paired' })
    const [token] = answer.cookies.filter(({ name }) => name === 'wall')
    expect(token).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    expect(token!.maxAge).toBeGreaterThan(300 * 86_400)
    const cookie = `wall=${token!.value}`
    expect((await me(cookie)).json()).toMatchObject({ role: 'wall', scope: ['990101001'], name: 'hall' })
    const areas = await app.inject({ url: '/api/areas', headers: { cookie } })
    expect(
      areas.json().features.map((area: { properties: { name: string } }) => area.properties.name),
    ).toEqual(['own'])
    const report = await app.inject({
      method: 'POST',
      url: '/api/incidents',
      headers: { cookie },
      payload: {},
    })
    expect(report.statusCode).toBe(403)
    const [device] = (await ask('GET', '/devices', administrator)).json()
    expect(device.lastSeenAt).not.toBeNull()
    expect((await ask('DELETE', `/devices/${device.id}`, administrator)).statusCode).toBe(204)
    expect((await me(cookie)).statusCode).toBe(401)
  })

  it('shows the same code when the screen is switched on again', async () => {
    const { code, secret } = await showCode()
    const again = await ask('POST', '/pairing', secret)
    expect(again.statusCode).toBe(201)
    expect(again.json()).toMatchObject({ state: 'waiting', code })
  })

  it('gives its token to no screen but the one that shows the code, and once', async () => {
    const { code, secret } = await showCode()
    const other = await showCode()
    await pair(code)
    expect((await ask('GET', '/pairing', other.secret)).json()).toMatchObject({ state: 'waiting' })
    expect((await ask('GET', '/pairing', 'pairing=guess')).json()).toMatchObject({ state: 'expired' })
    expect((await ask('GET', '/pairing', secret)).json()).toMatchObject({ state: 'paired' })
    expect((await ask('GET', '/pairing', secret)).json()).toMatchObject({ state: 'expired' })
    expect((await pair(code)).json().faults[0].field).toBe('code')
  })

  it('ends the session of who paired it in the same browser, and goes on as the wall', async () => {
    const { code, secret } = await showCode()
    const own = await signIn(db(), { role: 'administrator' })
    expect((await pair(code)).statusCode).toBe(201)
    const answer = await ask('GET', '/pairing', `${secret}; ${own}`)
    expect(answer.cookies.find(({ name }) => name === 'session')).toMatchObject({ value: '' })
    expect((await me(own)).statusCode).toBe(401)
    expect((await me(`${own}; ${cookieOf(answer, 'wall')}`)).json()).toMatchObject({ role: 'wall' })
    administrator = await signIn(db())
  })

  it('is paired once for an Idempotency-Key, and listed for a month after it was revoked', async () => {
    const { code } = await showCode()
    const payload = { code, name: 'again', scope: [''] }
    const headers = { cookie: administrator, 'idempotency-key': 'again' }
    const send = () => app.inject({ method: 'POST', url: '/api/walls/devices', headers, payload })
    const [first, second] = [await send(), await send()]
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    const { id } = first.json<{ id: number }>()
    expect(second.json()).toMatchObject({ id })
    const unnamed = { method: 'POST', url: '/api/walls/devices', headers: { cookie: administrator } } as const
    expect((await app.inject({ ...unnamed, payload })).json().faults[0].field).toBe('idempotency-key')
    const isListed = async () =>
      (await ask('GET', '/devices', administrator)).json().some((wall: { id: number }) => wall.id === id)
    await ask('DELETE', `/devices/${id}`, administrator)
    expect(await isListed()).toBe(true)
    await db().query(`UPDATE wall_devices SET revoked_at = now() - interval '31 days' WHERE id = $1`, [id])
    expect(await isListed()).toBe(false)
  })

  it('shows a code for minutes, and of areas that are here', async () => {
    const { code } = await showCode()
    expect((await pair(code, ['990101009'])).json().faults[0].field).toBe('scope')
    await db().query(`UPDATE wall_pairings SET expires_at = now()`)
    expect((await pair(code)).json().faults[0].field).toBe('code')
  })
})
