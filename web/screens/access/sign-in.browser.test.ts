import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { WallDevice } from '../../../domain/access/wall-device.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import type { WatchedWall } from '../../../domain/wall/report.ts'
import type { WallContent } from '../../../domain/wall/wall.ts'
import { hashPassword } from '../../../server/access/password.ts'
import { insertUser } from '../../../server/access/users/queries.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { signIn } from '../../../server/test-app.ts'
import { openBrowser, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict } from '../../browser-tests/sample-district.ts'
import { troublesOf } from '../../walls/watch/troubles.ts'

const ONCE = 'a password for one use'
const OWN = '点苍山下洱海边的那一条石板路'

let dataDir: string
let database: TestDatabase
let server: TestServer
let browser: Browser
let page: Page

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'grid-sign-in-'))
  database = await makeTestDatabase()
  await fillSampleDistrict(database.db)
  server = await startServer(database.db, {
    DISTRICT_LANGUAGE: 'en',
    SIMULATE: '0',
    DATA_DIR: dataDir,
  })
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await database?.drop()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  // Somebody else's browser: nobody is signed in there
  page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  return () => page.context().close()
})

it('asks who it is, asks for a password of one’s own, and shows the page that was asked for', async () => {
  const passwordHash = await hashPassword(ONCE)
  await insertUser(database.db, {
    name: 'li',
    displayName: 'Li',
    role: 'viewer',
    scope: [''],
    passwordHash,
  })
  await page.goto(`${server.url}/start?language=en`)
  await page.getByLabel('User name').fill('li')
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor()
  await page.getByLabel('Password', { exact: true }).fill(ONCE)
  await page.keyboard.press('Enter')
  await page.getByLabel('Password now').fill(ONCE)
  await page.getByLabel('New password').fill('short')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: 'Shorter than 12' }).waitFor()
  await page.getByLabel('New password').fill(OWN)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Start' }).waitFor()
  expect(await page.locator('a[href*="/imports"]').count()).toBe(0)
  await page.locator('.account').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('User name').waitFor()
}, 60_000)

it('signs out who has gone away, however much the page asks for by itself', async () => {
  const [name, value] = (await signIn(database.db)).split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: server.url }])
  const setIdle = (minutes: number) =>
    database.db.query(`UPDATE sessions SET last_seen_at = now() - make_interval(mins => $1::int)`, [minutes])
  const idleMinutes = async () => {
    const { rows } = await database.db.query<{ n: number }>(
      `SELECT round(extract(epoch FROM now() - max(last_seen_at)) / 60) AS n FROM sessions`,
    )
    return rows[0]!.n
  }
  await setIdle(50)
  await page.goto(`${server.url}/users?language=en`)
  await page.getByRole('heading', { name: 'Users' }).first().waitFor()
  await page.waitForResponse((answer) => answer.url().includes('/api/users') && answer.ok(), {
    timeout: 45_000,
  })
  expect(await idleMinutes()).toBe(50)
  const [told] = await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/presence')),
    page.keyboard.press('Tab'),
  ])
  expect(told.status()).toBe(204)
  expect(await idleMinutes()).toBe(0)
  await setIdle(61)
  await page.getByLabel('User name').waitFor({ timeout: 45_000 })
}, 120_000)

it('turns a screen into a wall once an administrator has typed its code in, and back when it is revoked', async () => {
  await page.goto(`${server.url}/pair?language=en&part=1,0`)
  const code = (await page.locator('.pairing-code').textContent())!
  const cookie = await signIn(database.db)
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${server.url}/api/walls/devices${path}`, {
      method,
      headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const paired = await ask('POST', '', { code, name: 'Hall', scope: ['330199001'] })
  expect(paired.status).toBe(201)
  await page.locator('.wall').waitFor({ timeout: 30_000 })
  const where = () => {
    const { pathname, searchParams } = new URL(page.url())
    return [pathname, searchParams.get('part')]
  }
  expect(where()).toEqual(['/wall', '1,0'])
  // As a kiosk that starts again, which asks for no second code
  const codes: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/pairing')) codes.push(request.url())
  })
  await page.goto(`${server.url}/pair?language=en&part=1,0`)
  await page.locator('.wall').waitFor({ timeout: 30_000 })
  expect([where(), codes]).toEqual([['/wall', '1,0'], []])
  // What its kiosk looks for: another title every few seconds
  const signOfLife = async () => / grid-wall (\d+)$/.exec(await page.title())?.[1]
  await expect.poll(signOfLife, { timeout: 15_000 }).toBeDefined()
  const first = await signOfLife()
  await expect.poll(signOfLife, { timeout: 15_000 }).not.toBe(first)
  // A page that the server gave this minute is of the server's release
  const list = async <T>(path: string) =>
    (await (await fetch(`${server.url}/api/walls/${path}`, { headers: { cookie } })).json()) as T[]
  const reports = () => list<WatchedWall>('reports')
  await expect.poll(async () => (await reports()).length, { timeout: 30_000 }).toBe(1)
  const [device] = await list<WallDevice>('devices')
  const troubles = troublesOf(device!, (await reports())[0], await releaseNow(cookie), Date.now() / 1000)
  expect(troubles).not.toContain('otherRelease')
  // A warning of others, of more than this screen sees and longer than it can show
  await database.db.query(
    `INSERT INTO alarms (source, cap_message, language, expires_at, title, text, level, place_code, place_name, area_code)
     VALUES ('cap', 'a', 'en', now() + interval '1 hour', repeat('Storm ', 30), repeat('Stay inside. ', 150), 1,
             '330199', 'The whole district', '330199')`,
  )
  const banner = page.locator('.wall-alarm')
  await banner.waitFor({ timeout: 20_000 })
  expect(await banner.getByRole('heading', { level: 3 }).textContent()).toBe('The whole district')
  expect((await banner.boundingBox())!.height).toBeLessThan(768 / 2)
  // Another wall is chosen for it, with an image that comes later
  const wall = await fetch(`${server.url}/api/walls`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': 'with an image' },
    body: JSON.stringify({ name: 'with an image', content: contentWithImage() }),
  })
  expect(wall.status).toBe(201)
  await ask('PATCH', `/${device!.id}`, { wallId: (await wall.json()).id })
  const image = page.locator('.wall-image')
  await page.getByText('This image is missing').waitFor({ timeout: 40_000 })
  expect(await image.isVisible()).toBe(false)
  await mkdir(join(dataDir, 'wall-images'), { recursive: true })
  await writeFile(join(dataDir, 'wall-images/crest.png'), await page.screenshot())
  await image.waitFor({ timeout: 60_000 })
  expect(await page.getByText('This image is missing').count()).toBe(0)
  await ask('DELETE', `/${(await paired.json()).id}`)
  // By itself, with a code to be paired again by
  await page.getByText('This wall was revoked').waitFor({ timeout: 30_000 })
  await page.locator('.pairing-code').waitFor({ timeout: 30_000 })
  expect(where()).toEqual(['/pair', '1,0'])
}, 240_000)

function contentWithImage(): WallContent {
  const { scenes, ...content } = readyMadeWall('en')
  const panels: WallContent['scenes'][number]['panels'] = [
    { id: 'crest', kind: 'image', image: 'crest.png', box: { x: 0, y: 0, width: 4, height: 4 } },
  ]
  return { ...content, alarms: [], programmes: [], scenes: [{ ...scenes[0]!, panels }] }
}

/** As the live stream names it. */
async function releaseNow(cookie: string): Promise<string> {
  const { body } = await fetch(`${server.url}/api/live`, { headers: { cookie } })
  let text = ''
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    const [, release] = /"release":"([^"]+)"/.exec(text) ?? []
    if (release !== undefined) return release
  }
  throw new Error(`the stream has ended without a release: ${text}`)
}
