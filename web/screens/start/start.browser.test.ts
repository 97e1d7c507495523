import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { serveStartPage } from '../../../server/start-page/start-page.ts'
import {
  openBrowser,
  openNewBrowser,
  openPage,
  startServer,
  type TestServer,
} from '../../browser-tests/pages.ts'
import { fillSampleDistrict } from '../../browser-tests/sample-district.ts'

const LONG = 120_000

let browser: Browser
let made: TestDatabase
let server: TestServer

beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  server = await startServer(made.db, { SIMULATE: '0' })
  browser = await openBrowser()
}, LONG)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await made?.drop()
})

it(
  'shows three doors with pictures, and what the database holds',
  async () => {
    const { page, errors, foreign } = await openPage(browser, { width: 1366, height: 768 })
    await page.goto(`${server.url}/start?language=en`)
    await page.locator('.door').nth(2).waitFor()
    expect(await page.locator('.door').count()).toBe(3)
    const pictures = await page
      .locator('.door img')
      .evaluateAll((images) =>
        Promise.all(
          (images as HTMLImageElement[]).map((image) => image.decode().then(() => image.naturalWidth)),
        ),
      )
    expect(pictures.every((width) => width > 600)).toBe(true)
    const { rows } = await made.db.query<{ n: number }>('SELECT count(*) AS n FROM incidents')
    const shown = await page.locator('.data-state dd').allInnerTexts()
    expect(shown).toContain(rows[0]!.n.toLocaleString('en'))
    expect(errors).toEqual([])
    expect(foreign).toEqual([])
    await page.close()
  },
  LONG,
)

it(
  'opens the ready-made wall by its door',
  async () => {
    const { page, errors } = await openPage(browser)
    await page.goto(`${server.url}/start?language=en`)
    await page.locator('.door').first().click()
    await page.locator('.wall[data-scene] .wall-panel').first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/wall')
    expect(errors).toEqual([])
    await page.close()
  },
  LONG,
)

it.each(['planner', 'supervisor'])(
  'opens what the door of the %s promises',
  async (user) => {
    const { page, errors } = await openPage(browser)
    await page.goto(`${server.url}/start?language=en&theme=light`)
    const door = page.locator('.door').nth(['wall', 'planner', 'supervisor'].indexOf(user))
    await door.click()
    await page.locator('.right-panel [data-figure="total"]').waitFor()
    const query = new URL(page.url()).searchParams
    expect(query.get('language')).toBe('en')
    expect(query.get('theme')).toBe('light')
    if (user === 'planner') expect(query.get('measure')).toBe('perHundredHouseholds')
    if (user === 'supervisor') {
      const figure = (name: string) =>
        page.locator(`.right-panel [data-figure="${name}"]`).getAttribute('data-value')
      const { rows } = await made.db.query<{ n: number }>(
        'SELECT count(*) AS n FROM incidents WHERE closed_at IS NULL',
      )
      expect(Number(await figure('total'))).toBe(rows[0]!.n)
      expect(await figure('open')).toBe(await figure('total'))
    }
    expect(errors).toEqual([])
    await page.close()
  },
  LONG,
)

it(
  'leads who has never been here to the start page, then beside each part of the overview, inside of the window',
  async () => {
    const page = await openNewBrowser(browser, 'en-GB')
    await page.setViewportSize({ width: 1366, height: 768 })
    await page.goto(`${server.url}/`)
    await page.getByRole('heading', { name: 'Supervisor' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/start')
    await page.goto(`${server.url}/`)
    const guide = page.locator('.ant-tour')
    await guide.getByText('The whole district').waitFor()
    for (const part of ['.map-frame', '.left-panel', '.span-picker', '.right-panel', '.search']) {
      await page.locator(`${part}[data-looked-at]`).waitFor()
      expect(await page.locator('[data-looked-at]').count()).toBe(1)
      await expect
        .poll(async () => {
          const card = (await guide.boundingBox())!
          const told = (await page.locator(part).boundingBox())!
          const apart =
            card.x >= told.x + told.width ||
            card.x + card.width <= told.x ||
            card.y >= told.y + told.height ||
            card.y + card.height <= told.y
          const inside =
            card.x >= 0 && card.y >= 0 && card.x + card.width <= 1366 && card.y + card.height <= 768
          return inside && (apart || part === '.map-frame')
        })
        .toBe(true)
      if (part === '.left-panel') {
        // Nothing lies over the rest of the screen
        await page.getByText('中文', { exact: true }).click()
        await guide.getByText('图层与筛选').waitFor()
      }
      await guide.locator('.ant-tour-next-btn').click()
    }
    await guide.waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('.right-panel [data-figure="total"]').waitFor()
    expect(await guide.count()).toBe(0)
    await page.context().close()
  },
  LONG,
)

it(
  'leaves an address that says what to show as it is, and remembers the language and theme that were chosen',
  async () => {
    const page = await openNewBrowser(browser, 'fr-FR')
    const looks = () =>
      page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme])
    const subject = page.locator('.made-up section').first()
    await page.goto(`${server.url}/made-up`)
    await subject.waitFor()
    // A language that there is none of: that of the district
    expect(await looks()).toEqual(['zh-CN', 'dark'])
    await page.getByText('EN', { exact: true }).click()
    await page.getByRole('button', { name: 'Switch to the light theme' }).click()
    await page.goto(`${server.url}/?layers=none`)
    const total = page.locator('.right-panel [data-figure="total"]')
    await total.waitFor()
    expect(await looks()).toEqual(['en', 'light'])
    expect(await page.locator('.ant-tour').count()).toBe(0)
    await page.getByRole('button', { name: 'Switch to the dark theme' }).click()
    await expect.poll(looks).toEqual(['en', 'dark'])
    await page.goto(`${server.url}/made-up?language=zh-CN&theme=light`)
    await subject.waitFor()
    expect(await looks()).toEqual(['zh-CN', 'light'])

    // Nobody sits at a wall: its address and its district alone say how it looks
    await page.route('**/api/access/me', async (route) => {
      const answer = await route.fetch()
      if (!answer.ok()) return route.fulfill({ response: answer })
      await route.fulfill({ json: { ...(await answer.json()), role: 'wall' } })
    })
    await page.goto(`${server.url}/`)
    await total.waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await looks()).toEqual(['zh-CN', 'dark'])
    expect(await page.locator('.ant-tour').count()).toBe(0)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.context().close()
  },
  LONG,
)

it(
  'tells of the demo district what is made up, and never of real data that it is',
  async () => {
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/start?language=en`)
    await page.locator('.data-state').waitFor()
    expect(await page.getByText('made-up demonstration district').count()).toBe(0)
    await made.db.query('INSERT INTO demo_district (scale, lived_until) VALUES (1, now())')
    await page.reload()
    await page.getByRole('link', { name: 'What is made up?' }).click()
    await page.getByText('no place, resident or case in it is real').waitFor()
    await page.goto(`${server.url}/imports?language=en`)
    await page.getByRole('alert').getByText('npm run reset').waitFor()
    await made.db.query('DELETE FROM demo_district')
    await page.close()
  },
  LONG,
)

it.each([
  { path: '/start', whole: '.door' },
  { path: '/made-up', whole: '.made-up section' },
  { path: '/imports', whole: '.drop-zone' },
])(
  '$path says that the server is gone, before and after it could show anything, and goes on by itself',
  async ({ path, whole }) => {
    const { page } = await openPage(browser)
    await page.route('**/api/district', (route) => route.abort())
    await page.goto(`${server.url}${path}?language=en`)
    await page.getByRole('alert').getByText('Connection lost').waitFor()
    await page.unroute('**/api/district')
    await page.locator(whole).first().waitFor()

    await page.route('**/api/**', (route) => route.abort())
    await page.getByRole('alert').getByText('Connection lost').waitFor()
    expect(await page.locator(whole).first().isVisible()).toBe(true)
    await page.unroute('**/api/**')
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.close()
  },
  LONG,
)

it(
  'says in the language of the page that the server refused, and asks again when told to',
  async () => {
    const { page } = await openPage(browser)
    const problem = { type: 'about:blank', title: 'The server could not answer.', status: 500 }
    await page.route('**/api/district', (route) => route.fulfill({ status: 500, json: problem }))
    await page.goto(`${server.url}/start?language=zh-CN`)
    const said = await page.getByRole('alert').textContent()
    expect(said).toContain('服务器无法应答')
    expect(said).not.toMatch(/[a-z]{4}/i)
    await page.unroute('**/api/district')
    await page.getByRole('button', { name: '重试' }).click()
    await page.locator('.door').first().waitFor()
    await page.close()
  },
  LONG,
)

it.each([
  { isFirst: true, lead: 'The first start takes about a minute' },
  { isFirst: false, lead: 'The database is being opened' },
])(
  'while it starts, says that this is the first start only when it is ($isFirst)',
  async ({ isFirst, lead }) => {
    const steps = [{ what: { en: 'Opening', 'zh-CN': '打开' }, detail: '', seconds: 1, done: false }]
    const starting = await serveStartPage({ host: '127.0.0.1', port: 0 }, () => ({ isFirst, steps }))
    const { page, errors } = await openPage(browser)
    await page.goto(`http://127.0.0.1:${starting.port}/?language=en`)
    await page.getByText('Opening', { exact: true }).waitFor()
    expect(await page.locator('#lead').textContent()).toContain(lead)
    for (let done = 0; done < 30; done++) steps.unshift({ ...steps[0]!, done: true })
    await expect
      .poll(async () => {
        const running = (await page.locator('li.running').boundingBox())!
        const isShown = await page.locator('li').count()
        return isShown === 31 && running.y + running.height < 768
      })
      .toBe(true)
    expect((await page.locator('#note').boundingBox())!.y).toBeLessThan(768)
    expect(errors).toEqual([])
    await page.close()
    await starting.close()
  },
  LONG,
)
