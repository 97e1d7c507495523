import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import type { SteeringCommand } from '../../../domain/wall/steering.ts'
import type { Wall } from '../../../domain/wall/wall.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { loseGraphics } from '../../browser-tests/lost-graphics.ts'
import { openBrowser, openPage, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict, SAMPLE } from '../../browser-tests/sample-district.ts'

const LONG = 240_000
/** For a picture that is drawn in software on a busy machine. */
const WAIT = { timeout: 60_000, interval: 250 }
const SIZE = { width: 1280, height: 720 }

let browser: Browser
let made: TestDatabase
let server: TestServer
let page: Page
let errors: string[]
let wall: Wall
const scripts: string[] = []

beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  server = await startServer(made.db, { SIMULATE: '0' })
  browser = await openBrowser()
  const opened = await openPage(browser, SIZE)
  page = opened.page
  errors = opened.errors
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'script') scripts.push(await response.text().catch(() => ''))
  })
  // No alarm comes by itself
  const content = { ...readyMadeWall('zh-CN'), alarms: [] }
  const answer = await page.request.post(`${server.url}/api/walls`, {
    data: { name: 'hall', content },
    headers: { 'idempotency-key': 'hall' },
  })
  expect(answer.status()).toBe(201)
  wall = (await answer.json()) as Wall
  await steer({ kind: 'pin', scene: 'overview' })
  await page.goto(`${server.url}/wall?wall=${wall.id}`)
  await page.locator('.wall .wall-panel').first().waitFor({ timeout: 60_000 })
}, LONG)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await made?.drop()
})

async function steer(data: SteeringCommand) {
  const answer = await page.request.post(`${server.url}/api/walls/${wall.id}/steering`, { data })
  expect(answer.status()).toBe(200)
}

async function pin(scene: string) {
  await steer({ kind: 'pin', scene })
  await page.locator(`.wall[data-scene="${scene}"]`).waitFor({ timeout: 30_000 })
  await page.locator('.wall-map[aria-busy="false"]').waitFor({ timeout: 60_000 })
}

/** What of the texts cannot be read from the back row or whole. */
const faultsOfTexts = () =>
  page.evaluate(() => {
    const zoom = Number(getComputedStyle(document.body).zoom) || 1
    const faults: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('.wall-picture *')) {
      const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
      if (!text) continue
      const pixels = Number.parseFloat(getComputedStyle(element).fontSize) * zoom
      if (pixels < innerHeight / 40) faults.push(`small: ${element.textContent}`)
    }
    for (const body of document.querySelectorAll<HTMLElement>('.wall-panel-body')) {
      const isCut = body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1
      if (isCut) faults.push(`cut: ${body.parentElement?.getAttribute('aria-label')}`)
    }
    for (const credits of document.querySelectorAll<HTMLElement>('.wall-map .map-attribution ul')) {
      const { left, right, bottom } = credits.getBoundingClientRect()
      const isSeen = left >= 0 && right <= innerWidth && bottom <= innerHeight
      if (!isSeen || credits.scrollWidth > credits.clientWidth + 1) faults.push(`cut: ${credits.textContent}`)
    }
    return faults
  })

it(
  'shows every ready-made scene with texts of 1/40 of its height and more, none of them cut',
  async () => {
    for (const { id, panels } of wall.content.scenes) {
      await pin(id)
      await expect.poll(() => page.locator('.wall-panel').count(), WAIT).toBe(panels.length)
      await expect
        .poll(() => page.locator('.wall-figure[data-value]').count(), WAIT)
        .toBe(panels.filter(({ kind }) => kind === 'figure').length)
      expect([id, await faultsOfTexts()]).toEqual([id, []])
    }
    expect(errors).toEqual([])
  },
  LONG,
)

it('counts what the database counts', async () => {
  await pin('overview')
  const { rows } = await made.db.query<{ open: number; overdue: number }>(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE due_at < now())::int AS overdue
       FROM incidents WHERE closed_at IS NULL`,
  )
  for (const figure of ['open', 'overdue'] as const) {
    const shown = page.locator(`[data-figure="${figure}"]`)
    await expect.poll(async () => Number(await shown.getAttribute('data-value')), WAIT).toBe(rows[0]![figure])
  }
})

it('loads nothing that desks are made of', () => {
  expect(scripts.length).toBeGreaterThan(2)
  expect(scripts.filter((text) => text.includes('ant-btn') || text.includes('.anticon')).length).toBe(0)
})

it(
  // How soon is for `npm run bench wall`
  'draws the same picture again after a lost WebGL context, names included',
  async () => {
    await pin('streets')
    // After a glide names can stand a fraction of a pixel elsewhere than on a map that begins there
    await page.reload()
    await page.locator('.wall[data-scene="streets"]').waitFor()
    const still = async () => {
      let before = ''
      await expect
        .poll(async () => {
          const now = (await page.screenshot({ clip: MIDDLE })).toString('base64')
          const same = now === before
          before = now
          return same
        }, WAIT)
        .toBe(true)
      return before
    }
    await page.locator('.map-view[data-loading="false"]').waitFor({ timeout: 60_000 })
    await page.locator('.wall-map[aria-busy="false"]').waitFor({ timeout: 60_000 })
    // Grids are coloured once cases, grids and areas are there
    await page.locator('.wall-key .wall-ramp').first().waitFor({ timeout: 60_000 })
    const before = await still()
    await loseGraphics(page)
    await page.locator('.map-view[data-condition="ready"][data-loading="false"]').waitFor({ timeout: 60_000 })
    const { differing } = await difference(before, await still())
    // Glyphs stand elsewhere in the new atlas, which moves the edges of letters by a shade
    expect(differing).toBeLessThan(0.001)
  },
  LONG,
)

/** Of two PNG in base64: the share of pixels that differ to the eye. */
const difference = (one: string, other: string) =>
  page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (picture) => {
          const image = new Image()
          image.src = `data:image/png;base64,${picture}`
          await image.decode()
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
          context.drawImage(image, 0, 0)
          return context.getImageData(0, 0, image.width, image.height).data
        }),
      )
      let differing = 0
      for (let place = 0; place < a!.length; place += 4) {
        const by = Math.max(
          ...[0, 1, 2].map((channel) => Math.abs(a![place + channel]! - b![place + channel]!)),
        )
        if (by > 16) differing++
      }
      return { differing: (4 * differing) / a!.length }
    },
    [one, other],
  )

/** Between the panels of the streets' scene, above the key. */
const MIDDLE = { x: 400, y: 90, width: 480, height: 480 }

it(
  'brings an alarm to the front until somebody acknowledges it',
  async () => {
    await made.db.query('DELETE FROM alarms')
    const { rows } = await made.db.query<{ id: number }>(
      `INSERT INTO alarms (source, wall_id, rule_id, language, expires_at, title, text, level,
                           place_code, place_name, area_code, geom)
       VALUES ('rule', $1, 'test', 'zh-CN', now() + interval '10 minutes', '特急案件', '井盖破损', 1,
               '', '', '330199001001', ST_SetSRID(ST_MakePoint($2, $3), 4326))
       RETURNING id`,
      [wall.id, SAMPLE.west + 0.01, SAMPLE.south + 0.01],
    )
    const banner = page.locator(`.wall-alarm[data-alarm="${rows[0]!.id}"]`)
    await banner.waitFor({ timeout: 20_000 })
    expect(await banner.textContent()).toContain('井盖破损')
    expect(await page.locator('.wall-mark[data-kind="alarm"]').count()).toBe(1)
    const answer = await page.request.post(`${server.url}/api/alarms/${rows[0]!.id}/acknowledgement`)
    expect(answer.status()).toBe(200)
    await banner.waitFor({ state: 'detached', timeout: 20_000 })
  },
  LONG,
)

it(
  'shows a place that somebody points at',
  async () => {
    await steer({ kind: 'point', lng: SAMPLE.west + 0.02, lat: SAMPLE.south + 0.01, text: '集合点' })
    await page.locator('.wall-mark span', { hasText: '集合点' }).waitFor({ timeout: 20_000 })
    await steer({ kind: 'resume' })
    await page.locator('.wall-mark[data-kind="point"]').waitFor({ state: 'detached', timeout: 20_000 })
  },
  LONG,
)

it(
  'keeps its picture while the server is gone, says so, and comes back by itself',
  async () => {
    await pin('overview')
    const open = await page.locator('[data-figure="open"]').getAttribute('data-value')
    await server.kill()
    await page.locator('.wall[data-lost="true"]').waitFor({ timeout: 30_000 })
    expect(await page.locator('[data-figure="open"]').getAttribute('data-value')).toBe(open)
    await server.restart()
    await page.locator('.wall[data-lost="false"]').waitFor({ timeout: 30_000 })
    expect(await page.locator('.wall-panel').count()).toBeGreaterThan(4)
  },
  LONG,
)

it(
  'grows old over a midnight without the server, with all that it showed',
  async () => {
    const { page: night } = await openPage(browser, SIZE)
    await night.clock.install()
    await night.goto(`${server.url}/wall?wall=${wall.id}&preview=1&scene=overview`)
    const figure = night.locator('[data-figure="open"]')
    // Loaded, and rolled to its number
    await expect.poll(() => figure.getAttribute('data-value'), WAIT).not.toBeNull()
    const open = await figure.getAttribute('data-value')
    await server.kill()
    try {
      await night.locator('.wall[data-lost="true"]').waitFor({ timeout: 60_000 })
      await night.clock.fastForward('24:00:00')
      await night.locator('.wall[data-stale="true"]').waitFor({ timeout: 30_000 })
      // Tries that fail take nothing away either
      for (let look = 0; look < 4; look++) {
        expect(await figure.getAttribute('data-value')).toBe(open)
        await night.clock.runFor(2_000)
        await sleep(200)
      }
      expect(await night.locator('.wall').getAttribute('data-stale')).toBe('true')
    } finally {
      await server.restart()
    }
    await night.locator('.wall[data-stale="false"]').waitFor({ timeout: 60_000 })
    await night.close()
  },
  LONG,
)
