import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import type { Wall } from '../../../domain/wall/wall.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { openBrowser, openPage, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict } from '../../browser-tests/sample-district.ts'
import { apartMs, setClockWrong } from '../../browser-tests/split-wall.ts'

const LONG = 240_000
const SIZE = { width: 480, height: 360 }
/** Of a machine that nobody set */
const WRONG_BY_MS = [0, 3_600_000] as const

let browser: Browser
let made: TestDatabase
let server: TestServer
let parts: [Page, Page]

beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  server = await startServer(made.db, { SIMULATE: '0' })
  browser = await openBrowser()
  parts = [(await openPage(browser, SIZE)).page, (await openPage(browser, SIZE)).page]
  const ready = readyMadeWall('zh-CN')
  const scenes = ready.scenes.slice(0, 2).map((scene) => ({ ...scene, seconds: 5 }))
  const answer = await parts[0].request.post(`${server.url}/api/walls`, {
    data: { name: 'hall', content: { ...ready, scenes, alarms: [], split: { columns: 2, rows: 1 } } },
    headers: { 'idempotency-key': 'hall' },
  })
  const { id } = (await answer.json()) as Wall
  for (const [column, page] of parts.entries()) {
    await setClockWrong(page, WRONG_BY_MS[column]!)
    await page.goto(`${server.url}/wall?wall=${id}&part=${column},0`)
    await page.locator('.wall-map[aria-busy="false"]').waitFor({ timeout: 60_000 })
  }
}, LONG)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await made?.drop()
})

it('shows each machine its own half of one picture', async () => {
  // The same title, as far to the left in the right half as that half lies to the right. The shift against burn-in is
  // shared as soon as both clocks are corrected, and the panels slide there.
  await expect
    .poll(
      async () => {
        const [left, right] = await titles()
        return Math.abs(left!.left - right!.left - SIZE.width)
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toBeLessThan(0.5)
  const [left, right] = await titles()
  expect(left!.width).toBeGreaterThan(1.9 * SIZE.width)
  expect(right!.width).toBeCloseTo(left!.width, 0)
})

const titles = () =>
  Promise.all(
    parts.map((page) =>
      page.locator('.wall-title').evaluate((title) => title.getBoundingClientRect().toJSON() as DOMRect),
    ),
  )

it(
  // By how little is for `npm run bench wall`
  'changes scenes on both at once, though the clock of one is an hour wrong',
  async () => {
    const apart = (await apartMs(parts, 4)).sort((a, b) => a - b)
    expect(apart[1]).toBeLessThan(1_000)
  },
  LONG,
)
