import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WallDevice } from '../../../domain/access/wall-device.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import type { WatchedWall } from '../../../domain/wall/report.ts'
import type { WallContent } from '../../../domain/wall/wall.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { signIn } from '../../../server/test-app.ts'
import { loseGraphics } from '../../browser-tests/lost-graphics.ts'
import { openBrowser, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict } from '../../browser-tests/sample-district.ts'
import { troublesOf } from '../../walls/watch/troubles.ts'

const SIZE = { width: 1366, height: 768 }

let dataDir: string
let database: TestDatabase
let server: TestServer
let browser: Browser
let page: Page
/** of an administrator */
let cookie: string
let device: WallDevice

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'grid-paired-'))
  database = await makeTestDatabase()
  await fillSampleDistrict(database.db)
  server = await startServer(database.db, {
    DISTRICT_LANGUAGE: 'en',
    SIMULATE: '0',
    DATA_DIR: dataDir,
  })
  cookie = await signIn(database.db)
  browser = await openBrowser()
  // One screen through all of it, where nobody is signed in
  page = await (await browser.newContext({ viewport: SIZE })).newPage()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await database?.drop()
  await rm(dataDir, { recursive: true, force: true })
})

let keys = 0
async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${server.url}/api/walls${path}`, {
    method,
    headers: {
      ...{ cookie, 'idempotency-key': `key ${++keys}` },
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(answer.ok).toBe(true)
  return (answer.status === 204 ? null : await answer.json()) as T
}

/** Which page is open, and of which part of a split wall. */
function where(): (string | null)[] {
  const { pathname, searchParams } = new URL(page.url())
  return [pathname, searchParams.get('part')]
}

it('becomes a wall once an administrator has typed its code in', async () => {
  await page.goto(`${server.url}/pair?language=en&part=1,0`)
  const code = await page.locator('.pairing-code').textContent()
  device = await ask<WallDevice>('POST', '/devices', { code, name: 'Hall', scope: ['330199001'] })
  await page.locator('.wall').waitFor({ timeout: 30_000 })
  expect(where()).toEqual(['/wall', '1,0'])
})

it('is that wall again when its kiosk starts, which asks for no second code', async () => {
  const codes: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/pairing')) codes.push(request.url())
  })
  await page.goto(`${server.url}/pair?language=en&part=1,0`)
  await page.locator('.wall').waitFor({ timeout: 30_000 })
  expect([where(), codes]).toEqual([['/wall', '1,0'], []])
})

it('shows its kiosk every few seconds that it lives', async () => {
  const signOfLife = async () => / grid-wall (\d+)$/.exec(await page.title())?.[1]
  await expect.poll(signOfLife, { timeout: 15_000 }).toBeDefined()
  const first = await signOfLife()
  await expect.poll(signOfLife, { timeout: 15_000 }).not.toBe(first)
})

it('is of the release of the server that gave its page', async () => {
  const reports = () => ask<WatchedWall[]>('GET', '/reports')
  await expect.poll(async () => (await reports()).length, { timeout: 30_000 }).toBe(1)
  const troubles = troublesOf(device, (await reports())[0], await releaseNow(), Date.now() / 1000)
  expect(troubles).not.toContain('otherRelease')
})

it('sends a picture of its map with what it tells', async () => {
  const picture = async () => {
    const answer = await fetch(`${server.url}/api/walls/reports/${device.id}/thumbnail`, {
      headers: { cookie },
    })
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : Buffer.alloc(0)
  }
  await expect.poll(async () => (await picture()).length, { timeout: 30_000 }).toBeGreaterThan(0)
  const [width, height, colours] = await page.evaluate(
    async (jpeg) => {
      const image = new Image()
      image.src = `data:image/jpeg;base64,${jpeg}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d')!
      context.drawImage(image, 0, 0)
      const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)
      return [image.width, image.height, new Set(pixels).size]
    },
    (await picture()).toString('base64'),
  )
  expect(width! / height!).toBeCloseTo(SIZE.width / SIZE.height, 1)
  // A canvas that was read too late is of one colour
  expect(colours).toBeGreaterThan(50)
})

it('names the place of a warning that it sees a part of, in as many lines as fit', async () => {
  await database.db.query(
    `INSERT INTO alarms (source, cap_message, language, expires_at, title, text, level, place_code, place_name, area_code)
     VALUES ('cap', 'a', 'en', now() + interval '1 hour', repeat('Storm ', 30), repeat('Stay inside. ', 150), 1,
             '330199', 'The whole district', '330199')`,
  )
  const banner = page.locator('.wall-alarm')
  await banner.waitFor({ timeout: 20_000 })
  expect(await banner.getByRole('heading', { level: 3 }).textContent()).toBe('The whole district')
  expect((await banner.boundingBox())!.height).toBeLessThan(SIZE.height / 2)
})

it('shows an image that was missing once it is there', async () => {
  const { id: wallId } = await ask<{ id: number }>('POST', '', {
    name: 'with an image',
    content: contentWithImage(),
  })
  await ask('PATCH', `/devices/${device.id}`, { wallId })
  const missing = page.getByText('This image is missing')
  const image = page.locator('.wall-image')
  await missing.waitFor({ timeout: 40_000 })
  expect(await image.isVisible()).toBe(false)
  await mkdir(join(dataDir, 'wall-images'), { recursive: true })
  await writeFile(join(dataDir, 'wall-images/crest.png'), await page.screenshot())
  await image.waitFor({ timeout: 60_000 })
  expect(await missing.count()).toBe(0)
})

it('has its map while the server is gone, even on new graphics', async () => {
  await server.kill()
  try {
    await page.locator('.wall[data-lost="true"]').waitFor({ timeout: 30_000 })
    await loseGraphics(page)
    await page
      .locator('.wall .map-view[data-condition="ready"][data-loading="false"]')
      .waitFor({ timeout: 60_000 })
    expect(await page.locator('.wall-map .map-message').count()).toBe(0)
  } finally {
    await server.restart()
  }
  await page.locator('.wall[data-lost="false"]').waitFor({ timeout: 30_000 })
})

it('loads the pages of another release once, between two scenes', async () => {
  await loadPagesOfRelease(OLDER)
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  const { wallId } = (await ask<WallDevice[]>('GET', '/devices')).find(({ id }) => id === device.id)!
  const scene = () => page.locator('.wall').getAttribute('data-scene')
  const next = async () => {
    const before = await scene()
    await ask('POST', `/${wallId}/steering`, { kind: 'next' })
    await expect.poll(scene, { timeout: 30_000 }).not.toBe(before)
  }
  await page.waitForTimeout(3_000)
  expect(loads).toBe(0)
  await page.unrouteAll({ behavior: 'wait' })
  await next()
  await expect.poll(() => loads, { timeout: 30_000 }).toBe(1)
  await page.locator(`script[src*="${await releaseNow()}"]`).waitFor({ state: 'attached' })
  await page.locator('.wall-map[aria-busy="false"]').waitFor({ timeout: 60_000 })
  await next()
  await page.waitForTimeout(3_000)
  expect(loads).toBe(1)
})

it('offers itself to be paired again, by itself, when it is revoked', async () => {
  await ask('DELETE', `/devices/${device.id}`)
  await page.getByText('This screen was revoked').waitFor({ timeout: 30_000 })
  await page.locator('.pairing-code').waitFor({ timeout: 30_000 })
  expect(where()).toEqual(['/pair', '1,0'])
})

function contentWithImage(): WallContent {
  const { scenes, ...content } = readyMadeWall('en')
  const panels: WallContent['scenes'][number]['panels'] = [
    { id: 'crest', kind: 'image', image: 'crest.png', box: { x: 0, y: 0, width: 4, height: 4 } },
  ]
  return { ...content, alarms: [], programmes: [], scenes: [{ ...scenes[0]!, panels }, scenes[1]!] }
}

const OLDER = 'OldPages'

/** Opens the wall as a server of that release gave it: the entry of its pages bears that name. */
async function loadPagesOfRelease(older: string): Promise<void> {
  const now = await releaseNow()
  const renamed = (text: string) => text.replaceAll(`-${now}.js`, `-${older}.js`)
  await page.route(/\/wall(\?|$)|\/assets\/.*\.js$/, async (route) => {
    const answer = await route.fetch({ url: route.request().url().replace(older, now) })
    const headers = { ...answer.headers(), 'cache-control': 'no-store' }
    await route.fulfill({ response: answer, headers, body: renamed(await answer.text()) })
  })
  await page.reload()
  await page.locator('.wall-map[aria-busy="false"]').waitFor({ timeout: 60_000 })
  await page.locator(`script[src*="${older}"]`).waitFor({ state: 'attached' })
}

/** As the live stream names it. */
async function releaseNow(): Promise<string> {
  const { body } = await fetch(`${server.url}/api/live`, { headers: { cookie } })
  let text = ''
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    const [, release] = /"release":"([^"]+)"/.exec(text) ?? []
    if (release !== undefined) return release
  }
  throw new Error(`the stream has ended without a release: ${text}`)
}
