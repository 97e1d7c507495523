import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'

const run = promisify(execFile)
const KIOSK = fileURLToPath(new URL('../docs/kiosk/', import.meta.url))
const VERIFY = '/usr/bin/systemd-analyze'
/** Shows its life as pages of ours do, faster, until it hangs. */
const pageOf = (hangsAfterMs: number) => `<!doctype html><title>大屏</title><script>
  let n = 0
  const timer = setInterval(() => { document.title = '大屏 | grid-wall ' + ++n }, 200)
  setTimeout(() => { while (true); }, ${hangsAfterMs})
</script>`
const FOR_LONG = 1_000_000

let directory: string
let server: Server
let port: number
let asked: string[]
let kiosk: ChildProcess | undefined
/** what pages are answered with, beside the question whether the server is there; null: nothing */
let answer: { status: number; page: string } | null

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kiosk-'))
  asked = []
  answer = { status: 200, page: pageOf(FOR_LONG) }
  server = createServer((request, response) => {
    asked.push(request.url!)
    if (request.url === '/api/health') response.end('{}')
    else if (answer)
      response.writeHead(answer.status, { 'content-type': 'text/html; charset=utf-8' }).end(answer.page)
    else request.socket.destroy()
  })
  port = await freePort()
})
afterEach(async () => {
  const gone = kiosk && kiosk.exitCode === null && new Promise((resolve) => kiosk!.once('exit', resolve))
  kiosk?.kill('SIGTERM')
  await gone
  server.closeAllConnections()
  server.close()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port: free } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return free
}

async function start(): Promise<void> {
  kiosk = spawn(join(KIOSK, 'grid-wall'), {
    env: {
      ...process.env,
      HOME: directory,
      GRID_WALL_URL: `http://127.0.0.1:${port}`,
      GRID_WALL_PROFILE: join(directory, 'profile'),
      GRID_WALL_BROWSER: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      GRID_WALL_FLAGS: '--headless --no-sandbox',
      GRID_WALL_DEBUG_PORT: String(await freePort()),
      GRID_WALL_LOOK_EVERY_S: '1',
    },
    stdio: 'ignore',
  })
}

const listen = () => new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
const wasShown = () => expect.poll(() => asked.includes('/pair'), { timeout: 30_000 }).toBe(true)

it('waits for the server, keeps its profile, and offers no restoring after a power cut', async () => {
  await mkdir(join(directory, 'profile/Default'), { recursive: true })
  const preferences = join(directory, 'profile/Default/Preferences')
  await writeFile(preferences, '{"profile":{"exit_type":"Crashed","exited_cleanly":false}}')
  await start()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(await readFile(preferences, 'utf8')).toContain('"Crashed"')
  await listen()
  await wasShown()
  expect(await readFile(preferences, 'utf8')).not.toContain('"exit_type":"Crashed","exited_cleanly":false')
  expect(existsSync(join(directory, 'profile/Local State'))).toBe(true)
})

const isLeftAlone = (ms: number) =>
  new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(true), ms)
    kiosk!.once('exit', () => {
      clearTimeout(timer)
      resolve(false)
    })
  })
const exitCode = () => new Promise((resolve) => kiosk!.once('exit', resolve))

it('starts anew when there is no page although the server answers', async () => {
  answer = null
  await listen()
  await start()
  await wasShown()
  expect(await exitCode()).toBe(1)
})

it('starts anew when a proxy answers in place of the server', async () => {
  answer = { status: 502, page: '<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>' }
  await listen()
  await start()
  await wasShown()
  expect(await exitCode()).toBe(1)
})

it('leaves a page alone that lives, and starts anew once it hangs', async () => {
  answer = { status: 200, page: pageOf(15_000) }
  await listen()
  await start()
  await wasShown()
  // Twice as long as it is patient
  expect(await isLeftAlone(12_000)).toBe(true)
  expect(await exitCode()).toBe(1)
})

it.runIf(existsSync(VERIFY))('has a unit that systemd can read', async () => {
  const unit = join(directory, 'grid-wall.service')
  const text = await readFile(join(KIOSK, 'grid-wall.service'), 'utf8')
  // The programs it starts stand on the machine of a wall, not on this one
  await writeFile(unit, text.replace(/^ExecStart=.*$/m, 'ExecStart=/bin/sh'))
  const { stderr } = await run(VERIFY, ['verify', '--man=no', unit])
  expect(stderr.split('\n').filter((line) => line.includes('grid-wall'))).toEqual([])
})
