import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectEmbedded } from './database/embedded-directory.ts'
import { connectPostgres } from './database/postgres.ts'
import { makeEmptyPostgres } from './database/test-database.ts'
import { copyEmbeddedTemplate } from './database/test-embedded.ts'
import { addressOf, type ServerProcess, spawnServer } from './test-server-process.ts'

/** For a machine that does much else; alone each takes seconds. */
const LONG = 240_000

let dataDir: string
let children: ChildProcess[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'grid-test-serve-'))
  await copyEmbeddedTemplate(dataDir)
}, LONG)
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

/** `before`: a program that runs the server, with its words. */
function runServer(env: Record<string, string>, before: readonly string[] = []): ServerProcess {
  const run = spawnServer({ DATABASE_URL: '', DATA_DIR: dataDir, ...env }, before)
  children.push(run.child)
  return run
}

async function refusalOf(env: Record<string, string>, before?: readonly string[]): Promise<string> {
  const run = runServer(env, before)
  expect(await run.ended).toBe(1)
  const lines = run.errors().trim().split('\n')
  expect(lines).toHaveLength(1)
  return lines[0]!
}

async function listenSomewhere(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as { port: number }).port }
}

describe('the server', () => {
  it(
    'logs no password, cookie or token, however much it logs',
    async () => {
      const run = runServer({
        LOG_LEVEL: 'trace',
        METRICS_TOKEN: 'hush-metrics-token',
        CAP_TOKEN: 'hush-cap',
      })
      const address = await addressOf(run)
      const oneTime = /password (\S+)/.exec(run.output())![1]!
      const signIn = (password: string) =>
        fetch(`${address}/api/access/sign-in?code=hush-query`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'admin', password }),
        })
      expect((await signIn(oneTime)).status).toBe(400)
      const entered = await fetch(`${address}/api/access/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'admin', password: oneTime }),
      })
      expect(entered.status).toBe(200)
      const [cookie] = entered.headers.getSetCookie()
      const token = /session=([^;]+)/.exec(cookie!)![1]!
      await fetch(`${address}/api/access/me`, { headers: { cookie: `session=${token}` } })
      const figures = { authorization: 'Bearer hush-metrics-token' }
      expect((await fetch(`${address}/metrics`, { headers: figures })).status).toBe(200)
      const warnings = { authorization: 'Bearer hush-cap' }
      expect((await fetch(`${address}/api/cap`, { headers: warnings })).status).toBe(200)
      run.child.kill('SIGTERM')
      expect(await run.ended).toBe(0)
      const logged = run.output() + run.errors()
      expect(logged).toContain('/api/access/me')
      expect(logged).not.toContain(token)
      expect(logged).not.toContain('hush')
      // Once, on the terminal, when it is made
      expect(logged.split(oneTime)).toHaveLength(2)
    },
    LONG,
  )

  it('tells nobody the password of a database that it cannot use', async () => {
    const { server, port } = await listenSomewhere()
    server.close()
    const run = runServer({
      LOG_LEVEL: 'trace',
      DATABASE_URL: `postgres://grid:hush%20hush@127.0.0.1:${port}/nowhere`,
    })
    expect(await run.ended).toBe(1)
    expect(run.output() + run.errors()).not.toContain('hush')
  })

  it(
    'prints its address, says what the embedded database is not, and ends with 0 when told to',
    async () => {
      const run = runServer({})
      const health = `${await addressOf(run)}/api/health`
      // A machine under load may answer first that it is busy
      while ((await fetch(health)).status !== 200) await sleep(200)
      expect(run.output()).toContain('for evaluation, not for production')
      run.child.kill('SIGTERM')
      expect(await run.ended).toBe(0)
      // That the first administrator was made, and what came after, has its head outside of the database
      expect(readFileSync(join(dataDir, 'audit-heads.jsonl'), 'utf8')).toMatch(
        /^\{"day":"[\d-]+","seq":\d+,"hash":/,
      )
      const database = await connectEmbedded(dataDir)
      await database.close()
    },
    LONG,
  )

  it(
    'finishes a running request when it is interrupted, and takes no new one',
    async () => {
      const run = runServer({})
      const address = await addressOf(run)
      // A request whose body comes slowly is a running one
      const slow = fetch(`${address}/api/access/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new ReadableStream({
          async start(controller) {
            controller.enqueue(Buffer.from('{'))
            await sleep(1500)
            controller.enqueue(Buffer.from('}'))
            controller.close()
          },
        }),
        duplex: 'half',
      } as RequestInit)
      await sleep(500)
      run.child.kill('SIGINT')
      run.child.kill('SIGINT')
      await sleep(300)
      // Refused at the door or, a moment earlier, by an answer that says so
      const later = await fetch(`${address}/api/health`).catch(() => null)
      expect(later?.status ?? 503).toBe(503)
      expect((await slow).headers.get('content-type')).toContain('json')
      expect(await run.ended).toBe(0)
    },
    LONG,
  )

  it(
    'may be interrupted while it starts',
    async () => {
      const run = runServer({})
      while (!run.output().includes('Opening')) await sleep(10)
      run.child.kill('SIGINT')
      expect(await run.ended).toBe(0)
      const next = runServer({})
      await addressOf(next)
    },
    LONG,
  )

  it(
    'ends although a request never does',
    async () => {
      const run = runServer({})
      const address = await addressOf(run)
      const endless = fetch(`${address}/api/access/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) }),
        duplex: 'half',
      } as RequestInit)
      await sleep(500)
      run.child.kill('SIGTERM')
      await expect(endless).rejects.toThrow()
      expect(await run.ended).toBe(0)
    },
    LONG,
  )

  it(
    'refuses a port that is taken before it does anything long',
    async () => {
      const { server, port } = await listenSomewhere()
      const refusal = await refusalOf({ PORT: String(port), DATA_DIR: '/nowhere/at/all' })
      expect(refusal).toBe(`Port ${port} is taken: stop what listens there, or set PORT to another number.`)
      server.close()
    },
    LONG,
  )

  it.each([
    [{ HOST: '203.0.113.1' }, /^This machine has no address 203.0.113.1: set HOST/],
    [{ PORT: 'eighty' }, /^PORT=eighty is no whole number/],
    [
      { DATABASE_URL: 'postgres://grid:secret@127.0.0.1:1/grid' },
      /^The database at 127.0.0.1:1\/grid cannot be reached/,
    ],
    [
      { DATA_DIR: '/dev/null/data' },
      /^The data directory \/dev\/null\/data cannot be written .* set DATA_DIR/,
    ],
  ])(
    'refuses %o in one line with the remedy',
    async (env, message) => {
      expect(await refusalOf(env)).toMatch(message)
    },
    LONG,
  )

  it(
    'refuses a directory that another process has, naming it',
    async () => {
      const database = await connectEmbedded(dataDir)
      expect(await refusalOf({})).toBe(
        `${dataDir} is in use by process ${process.pid}: stop it, or set DATA_DIR to another directory.`,
      )
      await database.close()
    },
    LONG,
  )

  it(
    'refuses a database whose migrations were edited since',
    async () => {
      const database = await connectEmbedded(dataDir)
      await database.query(`UPDATE migrations SET checksum = 'other' WHERE name = '0002_grids.sql'`)
      await database.close()
      expect(await refusalOf({})).toMatch(/^migrations\/0002_grids.sql was edited after it ran here: restore/)
    },
    LONG,
  )

  // Also root is refused once it has given this right away
  const mayTryPort80 = existsSync('/usr/bin/setpriv') && firstOpenPort() > 80
  it.skipIf(!mayTryPort80)(
    'refuses a port that is not open to this user',
    async () => {
      const giveAway = ['/usr/bin/setpriv', '--bounding-set', '-net_bind_service', '--']
      expect(await refusalOf({ PORT: '80' }, process.getuid?.() === 0 ? giveAway : [])).toBe(
        'Port 80 is not open to this user: set PORT to a number above 1023.',
      )
    },
    LONG,
  )

  it.skipIf(!process.env.TEST_DATABASE_URL)(
    'says that the disk of the database is full (TEST_DATABASE_URL)',
    async () => {
      const made = await makeEmptyPostgres()
      const database = await connectPostgres(made.url)
      try {
        await database.query(
          `CREATE TABLE migrations (name text COLLATE "C" PRIMARY KEY, checksum text NOT NULL);
           CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
           END $$;
           CREATE TRIGGER full_disk BEFORE INSERT ON migrations FOR EACH ROW EXECUTE FUNCTION full_disk()`,
        )
        expect(await refusalOf({ DATABASE_URL: made.url })).toBe(
          'The disk is full: free some space, then start again.',
        )
      } finally {
        await database.close()
        await made.drop()
      }
    },
    LONG,
  )
})

/** The lowest port that everybody may listen on; 0 where nobody is kept from any. */
function firstOpenPort(): number {
  const setting = '/proc/sys/net/ipv4/ip_unprivileged_port_start'
  return existsSync(setting) ? Number(readFileSync(setting, 'utf8')) : 0
}
