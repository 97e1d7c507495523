import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request as plainRequest, type Server } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { makeTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { signIn } from '../test-app.ts'

/** Where Debian puts it, which is not on everybody's path. */
const NGINX = '/usr/sbin/nginx'
const SAMPLE = fileURLToPath(new URL('../../docs/nginx.conf', import.meta.url))
const HOST = 'grid.example'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

describe.skipIf(!existsSync(NGINX))('the sample configuration of nginx', () => {
  let made: TestDatabase
  let app: Awaited<ReturnType<typeof buildApp>>
  let behind: Server
  let nginx: ChildProcess
  let folder: string
  let ports: { http: number; https: number }
  let cookie: string
  /** what the test does itself with a request, in place of the app */
  let instead: ((asked: IncomingMessage, answer: import('node:http').ServerResponse) => void) | null = null

  beforeAll(async () => {
    made = await makeTestDatabase()
    cookie = await signIn(made.db)
    folder = await mkdtemp(join(tmpdir(), 'grid-test-nginx-'))
    const config = readConfig({ LOG_LEVEL: 'silent', DATA_DIR: folder, TRUSTED_PROXIES: '127.0.0.1' })
    app = await buildApp({ config, db: made.db })
    await app.ready()
    await app.columns.ready
    behind = createServer((asked, answer) => {
      if (instead) instead(asked, answer)
      else app.server.emit('request', asked, answer)
    }).listen(0, '127.0.0.1')
    await once(behind, 'listening')
    ports = { http: await freePort(), https: await freePort() }
    execFileSync('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`],
      ...['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')],
    ])
    const site = (await readFile(SAMPLE, 'utf8'))
      .replace('listen 80;', `listen 127.0.0.1:${ports.http};`)
      .replace('listen 443 ssl', `listen 127.0.0.1:${ports.https} ssl`)
      .replace('127.0.0.1:8080', `127.0.0.1:${(behind.address() as AddressInfo).port}`)
      .replaceAll('/etc/ssl/grid.example', folder)
    await writeFile(join(folder, 'grid.conf'), site)
    await writeFile(
      join(folder, 'nginx.conf'),
      `${process.getuid?.() === 0 ? 'user root;' : ''}
       pid ${folder}/pid; error_log ${folder}/error.log; daemon off;
       events {}
       http {
         access_log off;
         ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
         include ${folder}/grid.conf;
       }`,
    )
    nginx = spawn(NGINX, ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], {
      stdio: 'inherit',
    })
    for (;;) {
      if (nginx.exitCode !== null) throw new Error(await readFile(join(folder, 'error.log'), 'utf8'))
      const isThere = await ask('/api/health').then(
        () => true,
        () => false,
      )
      if (isThere) break
      await sleep(50)
    }
  })
  afterAll(async () => {
    if (nginx?.exitCode === null) {
      nginx.kill('SIGTERM')
      await once(nginx, 'exit')
    }
    await app?.close()
    behind?.closeAllConnections()
    behind?.close()
    await made?.drop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  const begin = async (path: string, options: RequestOptions = {}) => {
    const { headers, ...others } = options
    const ca = await readFile(join(folder, 'fullchain.pem'))
    return request({
      host: '127.0.0.1',
      port: ports.https,
      servername: HOST,
      ca,
      path,
      agent: false,
      ...others,
      headers: { host: HOST, ...(headers as Record<string, string>) },
    })
  }
  async function ask(path: string, options: RequestOptions = {}, body?: string | Buffer) {
    const asked = await begin(path, options)
    asked.end(body)
    return answerTo(asked)
  }
  async function answerTo(asked: ReturnType<typeof request>) {
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk)
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }
  }

  it('sends plain requests on to TLS, and browsers never come back without it', async () => {
    const asked = plainRequest({ port: ports.http, path: '/a?b=1', headers: { host: HOST }, agent: false })
    asked.end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.resume()
    expect([answer.statusCode, answer.headers.location]).toEqual([301, `https://${HOST}/a?b=1`])
    const { headers } = await ask('/api/health')
    expect(headers['strict-transport-security']).toMatch(/^max-age=31536000/)
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers.server).toBe('nginx')
  })

  it('speaks TLS 1.2 and newer, and nothing older', async () => {
    const speaks = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
      new Promise((resolve) => {
        const socket = connect(
          {
            port: ports.https,
            host: '127.0.0.1',
            minVersion: version,
            maxVersion: version,
            rejectUnauthorized: false,
            ...(version === 'TLSv1.1' && { ciphers: 'DEFAULT@SECLEVEL=0' }),
          },
          () => {
            resolve(true)
            socket.destroy()
          },
        )
        socket.on('error', () => resolve(false))
      })
    expect(await speaks('TLSv1.3')).toBe(true)
    expect(await speaks('TLSv1.2')).toBe(true)
    expect(await speaks('TLSv1.1')).toBe(false)
  })

  it('passes on who asks, and not what a browser claims; cookies go over TLS alone', async () => {
    const { status, headers } = await ask('/api/walls/pairing', {
      method: 'POST',
      headers: {
        origin: `https://${HOST}`,
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': 'http',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=203.0.113.9',
      },
    })
    expect(status).toBe(201)
    expect(headers['set-cookie']![0]).toMatch(/; Secure/)
    const { rows } = await made.db.query(`SELECT address FROM wall_pairings`)
    expect(rows).toEqual([{ address: '127.0.0.1' }])
    const tiles = await ask('/tiles/grids.json', { headers: { cookie } })
    expect(JSON.parse(tiles.body.toString()).tiles[0]).toMatch(`https://${HOST}/tiles/`)
  })

  it('takes files of more than a page, and passes them on while they come', async () => {
    const text = `name,lng,lat\n${'a,1,1\n'.repeat(600_000)}`
    const boundary = 'boundary'
    const body = `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\n${text}\r\n--${boundary}--\r\n`
    const headers = { cookie, 'content-type': `multipart/form-data; boundary=${boundary}` }
    const sent = await ask('/api/imports/uploads', { method: 'POST', headers }, body)
    expect(sent.status).toBe(201)
    const tooLarge = await ask('/api/incidents', { method: 'POST', headers: { cookie } }, body)
    expect(tooLarge.status).toBe(413)

    const seen = new Promise<void>((resolve) => {
      instead = (asked, answer) => {
        asked.once('data', () => resolve())
        asked.on('end', () => answer.end('all of it'))
        asked.resume()
      }
    })
    const slow = await begin('/api/imports/uploads', { method: 'POST' })
    slow.write('the first half')
    await seen
    slow.end('the second half')
    expect((await answerTo(slow)).body.toString()).toBe('all of it')
    instead = null
  })

  it('passes events on as they come', async () => {
    let end = () => {}
    instead = (_asked, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' })
      answer.write('data: 1\n\n')
      end = () => answer.end('data: 2\n\n')
    }
    const asked = await begin('/api/live')
    asked.end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const [first] = await once(answer, 'data')
    expect(String(first)).toBe('data: 1\n\n')
    end()
    answer.resume()
    await once(answer, 'end')
    instead = null
  })

  it('passes the live stream on, uncompressed and kept by nobody', async () => {
    const asked = await begin('/api/live', { headers: { cookie, 'accept-encoding': 'gzip, br' } })
    asked.end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const [first] = await once(answer, 'data')
    expect(String(first)).toContain('event: hello\n')
    expect(answer.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    expect(answer.headers).not.toHaveProperty('content-encoding')
    asked.destroy()
  })

  it('leaves what is compressed as it is', async () => {
    const asGzip = { headers: { cookie, 'accept-encoding': 'gzip' } }
    const path = '/api/openapi.json'
    const direct = await app.inject({ url: path, ...asGzip })
    const { headers, body } = await ask(path, asGzip)
    expect(headers['content-encoding']).toBe('gzip')
    expect(body.equals(direct.rawPayload)).toBe(true)
  })
})
