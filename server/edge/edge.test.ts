import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { makeTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { ConfigError } from '../env.ts'
import { signIn } from '../test-app.ts'

type App = Awaited<ReturnType<typeof buildApp>>

let made: TestDatabase
beforeAll(async () => {
  made = await makeTestDatabase()
})
afterAll(() => made?.drop())

/** The app with these settings, closed again. */
async function withApp(
  env: Record<string, string>,
  test: (app: App, administrator: string) => Promise<void>,
) {
  const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent', ...env }), db: made.db })
  try {
    await app.columns.ready
    await test(app, await signIn(made.db))
  } finally {
    await app.close()
  }
}

type Answer = Awaited<ReturnType<App['inject']>>
function expectProblem(answer: Answer, status: number) {
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json().status).toBe(status)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
}

describe('too many requests', () => {
  it('from an address are refused before anything else, and those of others are not', async () => {
    await withApp({ REQUESTS_PER_ADDRESS: '3' }, async (app) => {
      const ask = (remoteAddress: string) => app.inject({ url: '/api/grids', remoteAddress })
      for (let i = 0; i < 3; i++) expect((await ask('192.0.2.1')).statusCode).toBe(401)
      expectProblem(await ask('192.0.2.1'), 429)
      expect((await ask('192.0.2.2')).statusCode).toBe(401)
      for (let i = 0; i < 3; i++) await ask(`2001:db8::${i}`)
      expectProblem(await ask('2001:db8::4'), 429)
    })
  })

  it('of a user are refused wherever they come from, and nobody else is', async () => {
    await withApp({ REQUESTS_PER_USER: '3' }, async (app, cookie) => {
      const ask = (who: string, i: number) =>
        app.inject({ url: '/api/areas', headers: { cookie: who }, remoteAddress: `192.0.2.${i}` })
      for (let i = 0; i < 3; i++) expect((await ask(cookie, i)).statusCode).toBe(200)
      expectProblem(await ask(cookie, 4), 429)
      expect((await ask(await signIn(made.db, { role: 'viewer' }), 4)).statusCode).toBe(200)
    })
  })

  it('to get in are refused sooner: by password, by pairing, under any name', async () => {
    await withApp({ SIGN_INS_PER_ADDRESS: '3' }, async (app) => {
      const attempt = (name: string) =>
        app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { name, password: 'x' } })
      expect((await attempt('a')).statusCode).toBe(401)
      expect((await attempt('b')).statusCode).toBe(401)
      expect((await app.inject({ method: 'POST', url: '/api/walls/pairing' })).statusCode).toBe(201)
      expectProblem(await attempt('c'), 429)
      expect((await app.inject('/api/health')).statusCode).toBe(200)
    })
  })
})

describe('more to do than can be done', () => {
  it('is answered 503 with the time to wait; whoever watches the server is answered, and all are after it', async () => {
    await withApp({ MAX_EVENT_LOOP_DELAY_MS: '5' }, async (app, cookie) => {
      const ask = (url: string) => app.inject({ url, headers: { cookie } })
      let isBusy = true
      const keepBusy = () => {
        const until = Date.now() + 50
        while (Date.now() < until);
        if (isBusy) setImmediate(keepBusy)
      }
      keepBusy()
      let answer = await ask('/api/grids')
      while (answer.statusCode === 200) {
        await sleep(50)
        answer = await ask('/api/grids')
      }
      expectProblem(answer, 503)
      for (const url of ['/api/health', '/api/ready', '/metrics']) {
        expect((await ask(url)).statusCode).toBe(200)
      }
      isBusy = false
      while ((await ask('/api/grids')).statusCode === 503) await sleep(200)
    })
  })
})

describe('behind a proxy', () => {
  const forwarded = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'grid.example',
  }
  const pair = (app: App, remoteAddress: string) =>
    app.inject({ method: 'POST', url: '/api/walls/pairing', headers: forwarded, remoteAddress })
  const lastAddress = async () => {
    const { rows } = await made.db.query<{ address: string }>(
      `SELECT address FROM wall_pairings ORDER BY expires_at DESC LIMIT 1`,
    )
    return rows[0]!.address
  }

  it('that is trusted, addresses are those of the askers and cookies go over TLS alone', async () => {
    await withApp({ TRUSTED_PROXIES: '10.0.0.0/8' }, async (app) => {
      const answer = await pair(app, '10.1.2.3')
      expect(answer.cookies[0]).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax' })
      expect(await lastAddress()).toBe('203.0.113.9')
    })
  })

  it('that is not, nobody says who they are', async () => {
    for (const networks of ['', '10.0.0.0/8']) {
      await withApp({ TRUSTED_PROXIES: networks }, async (app) => {
        const answer = await pair(app, '192.0.2.7')
        expect(answer.cookies[0]!.secure).toBeFalsy()
        expect(await lastAddress()).toBe('192.0.2.7')
      })
    }
  })

  it('what somebody claims before the proxy does not count', async () => {
    await withApp({ TRUSTED_PROXIES: '10.0.0.0/8', REQUESTS_PER_ADDRESS: '2' }, async (app) => {
      const ask = (claimed: string) =>
        app.inject({
          url: '/api/health',
          remoteAddress: '10.1.2.3',
          headers: { 'x-forwarded-for': `${claimed}, 203.0.113.9` },
        })
      await ask('198.51.100.1')
      await ask('198.51.100.2')
      expectProblem(await ask('198.51.100.3'), 429)
    })
  })

  it.each(['everybody', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.1 10.0.0.2'])(
    'refuses TRUSTED_PROXIES=%s',
    (networks) => {
      expect(() => readConfig({ TRUSTED_PROXIES: networks })).toThrow(ConfigError)
    },
  )
})

describe('every answer', () => {
  it('forbids scripts of others and frames, and tells no other site where somebody came from', async () => {
    await withApp({}, async (app, cookie) => {
      for (const url of ['/api/health', '/api/grids', '/api/nothing', '/docs/', '/docs/static/index.html']) {
        const { headers } = await app.inject({ url, headers: { cookie } })
        const policy = String(headers['content-security-policy'])
        expect(policy).toContain("script-src 'self';")
        expect(policy).toContain("frame-ancestors 'self'")
        expect(policy).toContain("object-src 'none'")
        expect(headers).toMatchObject({
          'referrer-policy': 'no-referrer',
          'permissions-policy': expect.stringContaining('camera=()'),
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
        })
        expect(headers).not.toHaveProperty('access-control-allow-origin')
      }
    })
  })

  it('of the page that describes the API holds no script of its own', async () => {
    await withApp({}, async (app, cookie) => {
      const { body } = await app.inject({ url: '/docs/', headers: { cookie } })
      const scripts = body.match(/<script[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(0)
      for (const script of scripts) expect(script).toContain('src=')
      expect(body).not.toMatch(/\son[a-z]+=/)
    })
  })

  it('about people is kept by no browser, and no other by caches between', async () => {
    await withApp({}, async (app, cookie) => {
      const kept = async (url: string) =>
        (await app.inject({ url, headers: { cookie } })).headers['cache-control']
      expect(await kept('/api/access/me')).toBe('no-store')
      for (const url of [
        '/api/users',
        '/api/%75sers',
        '/api/audit.csv',
        '/api/walls/devices',
        '/api/nothing',
      ]) {
        expect([url, await kept(url)]).toEqual([url, 'no-store'])
      }
      expect(await kept('/tiles/grids.json')).toBe('private, no-cache')
      expect(await kept('/api/areas')).toBe('private, no-cache')
    })
  })
})

describe('what is no HTTP is refused as everything else', () => {
  it.each([
    ['a greeting', 'hello\r\n\r\n', 400],
    [
      'two lengths',
      'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
    ],
    ['headers without an end', `GET / HTTP/1.1\r\nhost: a\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s', async (_name, sent, status) => {
    const answer = await answerTo(sent)
    expect(answer).toMatch(`HTTP/1.1 ${status} `)
    expect(answer).toContain('application/problem+json')
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ status })
  })

  it('does not repeat what was sent', async () => {
    const answer = await answerTo('TRACE / HTTP/1.1\r\nhost: a\r\nx-own: mine\r\nconnection: close\r\n\r\n')
    expect(answer).toMatch('HTTP/1.1 404 ')
    expect(answer).not.toContain('mine')
  })

  async function answerTo(sent: string): Promise<string> {
    let answer = ''
    await withApp({}, async (app) => {
      await app.listen({ host: '127.0.0.1', port: 0 })
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
      socket.write(sent)
      for await (const chunk of socket) answer += chunk
    })
    return answer
  }
})

describe('the figures', () => {
  it('are for administrators, and for who has the token', async () => {
    await withApp({ METRICS_TOKEN: 'a token for figures' }, async (app, cookie) => {
      const ask = async (headers: Record<string, string>, url = '/metrics') =>
        (await app.inject({ url, headers })).statusCode
      expect(await ask({})).toBe(401)
      expect(await ask({ cookie: await signIn(made.db, { role: 'viewer' }) })).toBe(403)
      expect(await ask({ cookie })).toBe(200)
      expect(await ask({ authorization: 'Bearer a token for figures' })).toBe(200)
      expect(await ask({ authorization: 'Bearer another' })).toBe(401)
      expect(await ask({ authorization: 'Bearer a token for figures' }, '/api/grids')).toBe(401)
    })
    await withApp({}, async (app) => {
      const answer = await app.inject({ url: '/metrics', headers: { authorization: 'Bearer null' } })
      expect(answer.statusCode).toBe(401)
    })
  })
})
