import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import {
  openBrowser,
  openPage,
  startServer,
  type TestServer,
  type WatchedPage,
} from '../../browser-tests/pages.ts'
import { fillSampleDistrict, SAMPLE } from '../../browser-tests/sample-district.ts'

const WAIT_MS = 30_000

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** The number that a figure on the screen stands for. */
async function figure(page: Page, name: string): Promise<number> {
  return Number(await page.locator(`.right-panel [data-figure="${name}"]`).getAttribute('data-value'))
}

async function figures(page: Page) {
  return {
    total: await figure(page, 'total'),
    open: await figure(page, 'open'),
    overdue: await figure(page, 'overdue'),
  }
}

const barValues = (page: Page, label: string) =>
  page
    .locator(`.right-panel ul[aria-label="${label}"] > li`)
    .evaluateAll((items) =>
      Object.fromEntries(
        items.map((item) => [item.getAttribute('data-key'), Number(item.getAttribute('data-value'))]),
      ),
    ) as Promise<Record<string, number>>

const sum = (values: Record<string, number>) =>
  Object.values(values).reduce((total, value) => total + value, 0)

/** First and last second of the span on the screen, seconds after 1970. */
async function spanOf(page: Page): Promise<[from: number, to: number]> {
  const text = await page.locator('[data-span]').getAttribute('data-span')
  return text!.split('-').map(Number) as [number, number]
}

const settled = (page: Page) =>
  page.locator('.right-panel [data-figure="total"]').waitFor({ timeout: WAIT_MS })

async function chip(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
}

describe('the overview of a district', () => {
  let made: TestDatabase
  let server: TestServer
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    made = await makeTestDatabase()
    await fillSampleDistrict(made.db)
    server = await startServer(made.db)
  }, 240_000)
  afterAll(async () => {
    await server?.kill()
    await made?.drop()
  })
  beforeEach(async () => {
    watched = await openPage(browser)
    page = watched.page
  })
  afterEach(async () => {
    // A request that a test answers may be on its way still
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.close()
    expect(watched.foreign).toEqual([])
  })

  async function open(query = ''): Promise<void> {
    await page.goto(`${server.url}/?${query}`)
    await settled(page)
  }

  interface Conditions {
    category?: string[]
    status?: string[]
    level?: number[]
    grid?: string
  }

  async function countBySql(
    [from, to]: [number, number],
    { category, status, level, grid }: Conditions = {},
  ) {
    const { rows } = await made.db.query<{ total: number; open: number; overdue: number }>(
      `SELECT count(*) AS total,
              count(*) FILTER (WHERE closed_at IS NULL) AS open,
              count(*) FILTER (WHERE closed_at IS NULL AND due_at < now()) AS overdue
         FROM incidents JOIN categories ON categories.code = category_code
        WHERE reported_at >= to_timestamp($1) AND reported_at < to_timestamp($2)
          AND ($3::text[] IS NULL OR categories.code = ANY ($3::text[]) OR parent_code = ANY ($3::text[]))
          AND ($4::text[] IS NULL OR status = ANY ($4::text[]))
          AND ($5::int[] IS NULL OR level = ANY ($5::int[]))
          AND ($6::text IS NULL OR grid_now = $6)`,
      [from, to, category ?? null, status ?? null, level ?? null, grid ?? null],
    )
    return rows[0]!
  }

  it('counts what SQL counts, for every time span', async () => {
    await open('language=en')
    for (const name of ['Today', '24 h', '7 d', '30 d']) {
      await page.getByText(name, { exact: true }).click()
      await page.locator('.right-panel[data-behind="false"]').waitFor()
      await expect.poll(() => figures(page)).toEqual(await countBySql(await spanOf(page)))
    }
    const { total } = await countBySql(await spanOf(page))
    expect(total).toBeGreaterThan(250)
    expect(watched.errors).toEqual([])
  })

  it('narrows every number alike by category, status and level, to what SQL counts', async () => {
    await open('language=en&span=30d')
    const span = await spanOf(page)
    const conditions: Conditions = {}
    const steps: [() => Promise<void>, Conditions][] = [
      [
        () => page.getByRole('treeitem', { name: 'City appearance' }).locator('.ant-tree-checkbox').click(),
        { category: ['01'] },
      ],
      [() => chip(page, 'Ordinary'), { level: [3] }],
      [() => chip(page, 'Minor'), { level: [3, 4] }],
      [() => chip(page, 'Reported'), { status: ['reported'] }],
      [() => chip(page, 'Closed'), { status: ['reported', 'closed'] }],
    ]
    let before = (await figures(page)).total
    for (const [step, added] of steps) {
      await step()
      Object.assign(conditions, added)
      const expected = await countBySql(span, conditions)
      await expect.poll(() => figures(page)).toEqual(expected)
      expect(expected.total).not.toBe(before)
      before = expected.total
      expect(await figure(page, 'trend')).toBe(expected.total)
      expect(sum(await barValues(page, 'By status'))).toBe(expected.total)
      expect(sum(await barValues(page, 'By category'))).toBe(expected.total)
    }
    // The map colours the same cases: grids' counts and those outside of all grids
    const densest = sum(await barValues(page, 'Densest: District'))
    expect(densest).toBe(0)
    await page.goto(`${page.url()}&by=district`)
    await settled(page)
    const outside = Number(
      (await page
        .locator('.legend-note')
        .textContent({ timeout: 1000 })
        .catch(() => '0'))!.replace(/\D/g, ''),
    )
    expect(sum(await barValues(page, 'Densest: District')) + outside).toBe(before)
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect.poll(() => figures(page)).toEqual(await countBySql(span))
  })

  it('shows the same picture after a reload and to somebody the address is sent to', async () => {
    await open('language=en')
    await page.getByText('30 d', { exact: true }).click()
    await chip(page, 'Dispatched')
    await chip(page, 'Heat')
    await page.getByText('Equal interval').click()
    await page.locator('.right-panel button.bar').first().click()
    await page.locator('.grid-head').waitFor()
    await expect.poll(() => page.url()).toMatch(/[?&]at=/)
    const zoomInAddress = () => Number(new URL(page.url()).searchParams.get('at')!.split(',')[2])
    const zoom = zoomInAddress()
    await page.locator('.map-parent canvas').first().focus()
    await page.keyboard.press('+')
    await expect.poll(zoomInAddress, { timeout: WAIT_MS }).toBe(zoom + 1)
    const address = page.url()
    const picture = () =>
      page.evaluate(() => ({
        pressed: [...document.querySelectorAll('[aria-pressed="true"]')].map((one) => one.textContent),
        panel: document.querySelector('.grid-head')?.textContent,
        figures: [...document.querySelectorAll('[data-figure]')].map((one) => one.getAttribute('data-value')),
        legend: document.querySelector('.legend')?.textContent,
      }))
    const before = await picture()
    expect(before.panel).toContain('3301990010')
    await page.reload()
    await page.locator('.grid-head').waitFor()
    await expect.poll(picture).toEqual(before)
    expect(page.url()).toBe(address)
    await page.goBack()
    await page.locator('.grid-head').waitFor({ state: 'detached' })
  })

  it('switches language and theme, and keeps both in the address', async () => {
    await open()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.locator('body').textContent()).toContain('案件总数')
    await page.getByText('EN', { exact: true }).click()
    await expect.poll(() => page.locator('body').textContent()).toContain('Total cases')
    expect(await page.title()).toBe('Grid management')
    const texts = await page.locator('.top-bar, .left-panel, .right-panel, .map-corner').allTextContents()
    expect(texts.join(' ').replace('中文', '')).not.toMatch(/\p{Script=Han}/u)
    await page.getByRole('button', { name: 'Switch to the light theme' }).click()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
    const { searchParams } = new URL(page.url())
    expect([searchParams.get('language'), searchParams.get('theme')]).toEqual(['en', 'light'])
  })

  it('says that the connection is lost, keeps the picture, and recovers by itself', async () => {
    await open('language=en&span=30d')
    const before = await figures(page)
    const notice = page.getByRole('alert')
    expect(await notice.count()).toBe(0)
    await server.kill()
    try {
      await expect
        .poll(() => notice.textContent(), { timeout: WAIT_MS })
        .toContain('Connection lost, retrying')
      expect(await notice.textContent()).toMatch(/picture of \d\d:\d\d:\d\d/)
      expect(await figures(page)).toEqual(before)
      const bar = await page.locator('.top-bar').evaluate((one) => one.scrollWidth - one.clientWidth)
      expect(bar).toBe(0)
    } finally {
      await server.restart()
    }
    await notice.waitFor({ state: 'detached', timeout: WAIT_MS })
    await page.locator('.freshness').waitFor()
    expect(await figures(page)).toEqual(before)
  })

  it('asks again for what a busy server turned away', async () => {
    let turnedAway = 0
    await page.route('**/api/incidents.arrow*', (route) => {
      turnedAway += 1
      return turnedAway === 1 ? route.fulfill({ status: 503, body: '{}' }) : route.continue()
    })
    await open('language=en&span=30d')
    expect(await figures(page)).toEqual(await countBySql(await spanOf(page)))
    expect(turnedAway).toBe(2)
  })

  it('shows a case that is written meanwhile, once the page is looked at again', async () => {
    await open('language=en&span=30d')
    const before = await figures(page)
    await made.db.query(
      `INSERT INTO incidents (number, category_code, geom, grid_now, area_code, reported_at)
       SELECT 'LATE', '03', ST_PointOnSurface(geom), code, area_code, now() - interval '1 minute'
         FROM grids WHERE code = '330199001002002' AND valid_to IS NULL`,
    )
    try {
      await expect
        .poll(
          async () => {
            await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
            return (await figures(page)).total
          },
          { timeout: 60_000, interval: 1000 },
        )
        .toBe(before.total + 1)
    } finally {
      await made.db.query(`DELETE FROM incidents WHERE number = 'LATE'`)
    }
  })

  it('finds grids, communities, buildings and cases, and flies there', async () => {
    await open('language=en')
    const search = page.getByRole('combobox', { name: 'Search grids, communities, buildings, cases' })
    for (const [text, kind, option] of [
      ['柳浪3', 'grid', '330199001001003'],
      ['Plum', 'area', '330199001002'],
      ['湖滨路77', 'building', '湖滨路77号'],
      ['S000123', 'incident', 'S000123'],
    ] as const) {
      const { searchParams: before } = new URL(page.url())
      await search.fill(text)
      const hit = page.locator(`.search-hit[data-kind="${kind}"]`, { hasText: option }).first()
      await hit.click()
      await expect.poll(() => new URL(page.url()).searchParams.get('at')).not.toBe(before.get('at'))
      if (kind === 'building') {
        const panel = page.getByRole('complementary', { name: 'Building details' })
        await panel.getByRole('heading', { name: option }).waitFor()
        expect(await panel.locator('.details-facts').textContent()).toContain('24')
        await page.reload()
        await panel.getByRole('button', { name: /^(Willow|Plum) \d$/ }).waitFor()
      }
      const [lng, lat] = new URL(page.url()).searchParams.get('at')!.split(',').map(Number)
      expect(lng).toBeGreaterThan(120.13)
      expect(lat).toBeGreaterThan(30.23)
    }
    await search.fill('no such thing')
    expect(await page.locator('.search-note', { hasText: 'Nothing found' }).textContent()).toContain(
      'cases by number',
    )
  })

  it("opens a grid's panel with its figures, trend, categories, last cases and history", async () => {
    const grid = '330199001001001'
    await open(`language=en&span=30d&grid=${grid}`)
    await page.locator('.cases-table tbody tr').first().waitFor()
    const expected = await countBySql(await spanOf(page), { grid })
    expect(await figures(page)).toEqual(expected)
    expect(await figure(page, 'trend')).toBe(expected.total)
    expect(sum(await barValues(page, 'By category'))).toBe(expected.total)
    await page.locator('.time-bars canvas').waitFor()
    const { rows } = await made.db.query<{ number: string }>(
      `SELECT number FROM incidents WHERE grid_now = $1 ORDER BY reported_at DESC, id DESC LIMIT 10`,
      [grid],
    )
    const listed = await page
      .locator('.cases-table tbody tr')
      .evaluateAll((all) => all.map((row) => row.getAttribute('data-number')))
    expect(listed).toEqual(rows.map(({ number }) => number).slice(0, expected.total))
    const history = page.locator('.grid-history li')
    expect(await history.count()).toBe(2)
    expect(await history.first().textContent()).toContain('2025-03-01 – today')
    expect(await history.last().textContent()).toContain('From the start – 2025-03-01')
    expect(await page.locator('.grid-head').textContent()).toContain('Sample District · Lakeside · Willow')
    await page.getByRole('button', { name: 'Close grid details' }).click()
    expect(await figures(page)).toEqual(await countBySql(await spanOf(page)))
  })

  it('shows what cases are narrowed by, and takes a condition away by its mark', async () => {
    await open('language=en&span=30d&category=01&status=closed&level=3')
    const span = await spanOf(page)
    const marks = page.locator('.active-filter')
    expect(await marks.allTextContents()).toEqual(['Closed', 'Ordinary', 'City appearance'])
    await page.getByRole('button', { name: 'Remove the filter City appearance' }).click()
    await expect.poll(() => figures(page)).toEqual(await countBySql(span, { status: ['closed'], level: [3] }))
    expect(await marks.count()).toBe(2)
  })

  it('opens a case with its number and steps, goes on to its grid, and leaves by Escape', async () => {
    const { rows } = await made.db.query<{ id: number; number: string; grid: string; steps: number }>(
      `SELECT id, number, grid_now AS grid,
              (SELECT count(*) FROM transitions WHERE incident_id = incidents.id) AS steps
         FROM incidents WHERE grid_now IS NOT NULL ORDER BY steps DESC, id LIMIT 1`,
    )
    const { id, number, grid, steps } = rows[0]!
    await open('language=en&span=30d')
    await page.goto(`${page.url()}&case=${id}`)
    await page.locator('.case-head', { hasText: number }).waitFor({ timeout: WAIT_MS })
    await expect.poll(() => page.locator('.case-steps li').count()).toBe(steps)
    await page.locator('.case-facts button.link').click()
    await page.locator('.grid-head', { hasText: grid }).waitFor()
    await page.reload()
    await page.locator('.grid-head', { hasText: grid }).waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('Escape')
    await page.locator('.grid-head').waitFor({ state: 'detached' })
    await settled(page)
  })

  it('names departments in the steps of a case, in both languages', async () => {
    await made.db.query(
      `INSERT INTO departments (code, name, name_en) VALUES ('D05', '市政养护中心', 'Road maintenance')`,
    )
    const { rows } = await made.db.query<{ id: number }>(
      `UPDATE incidents SET department_code = 'D05'
        WHERE id = (SELECT id FROM incidents WHERE status = 'reported' ORDER BY reported_at LIMIT 1)
        RETURNING id`,
    )
    await made.db.query(
      `INSERT INTO transitions (incident_id, at, actor, from_status, to_status)
       VALUES ($1, now(), 'D05', 'reported', 'filed'), ($1, now(), 'simulator', 'filed', 'dispatched')`,
      [rows[0]!.id],
    )
    await made.db.query(
      `UPDATE incidents SET title = (SELECT name FROM categories WHERE code = category_code) WHERE id = $1`,
      [rows[0]!.id],
    )
    for (const [language, name, simulator] of [
      ['en', 'Road maintenance', 'Simulator'],
      ['zh-CN', '市政养护中心', '模拟器'],
    ] as const) {
      await open(`language=${language}&span=30d&layers=none`)
      await page.goto(`${page.url()}&case=${rows[0]!.id}`)
      await page.locator('.case-steps', { hasText: name }).waitFor({ timeout: WAIT_MS })
      await page.locator('.case-facts', { hasText: name }).waitFor()
      expect(await page.locator('.right-panel').textContent()).not.toContain('D05')
      expect(await page.locator('.case-steps').textContent()).toContain(simulator)
      // The title says the category once more: it stands in the head already
      expect(await page.locator('.case-title').count()).toBe(0)
    }
  })

  it('tells of a place under the pointer and pressed what it is, where, and whom to call', async () => {
    const at = { lng: SAMPLE.west + 0.5 * SAMPLE.gridWidth, lat: SAMPLE.south + 0.5 * SAMPLE.gridHeight }
    await made.db.query(
      `INSERT INTO places (external_id, type, name, name_en, address, phone, grid_code, area_code, geom)
       VALUES ('P1', 'shelter', '柳浪避难场所', 'Willow Shelter', '湖滨路 7 号', '0571-8888 0000',
               '330199001001001', '330199001001', ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326))`,
      [at.lng, at.lat],
    )
    await open(`language=en&span=30d&layers=places&at=${at.lng},${at.lat},17,0,0`)
    expect(await page.locator('.place-key li').allTextContents()).toEqual(['RShelter'])
    const middle = { x: 683, y: 384 }
    const card = page.locator('.hover-card[data-kind="place"]')
    let moved = 0
    await expect
      .poll(
        async () => {
          await page.mouse.move(middle.x + (moved++ % 2), middle.y)
          return card.count()
        },
        { timeout: WAIT_MS },
      )
      .toBe(1)
    for (const told of ['Willow Shelter', 'Shelter', '湖滨路 7 号', '0571-8888 0000']) {
      expect(await card.textContent()).toContain(told)
    }
    await page.mouse.click(middle.x, middle.y)
    const panel = page.locator('.right-panel')
    await panel.getByRole('heading', { name: 'Willow Shelter' }).waitFor()
    expect(await panel.getByRole('link', { name: '0571-8888 0000' }).getAttribute('href')).toBe(
      'tel:057188880000',
    )
    expect(await panel.textContent()).toContain('湖滨路 7 号')
    await page.reload()
    await panel.getByRole('heading', { name: 'Willow Shelter' }).waitFor()
    await panel.getByRole('button', { name: 'Willow 1' }).click()
    await page.locator('.grid-head', { hasText: 'Willow 1' }).waitFor()
    await page.getByRole('combobox', { name: /grid/i }).first().fill('Willow Shelter')
    await page.locator('.search-hit[data-kind="place"]').click()
    await panel.getByRole('heading', { name: 'Willow Shelter' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.grid-head', { hasText: 'Willow 1' }).waitFor()
    await made.db.query('DELETE FROM places')
  })

  it('is drawn twice as large where a wall has four times the pixels', async () => {
    await page.setViewportSize({ width: 3840, height: 2160 })
    await open('language=en&span=30d&layers=none')
    const box = async (name: string) => (await page.locator(name).boundingBox())!
    expect((await box('.top-bar')).height).toBe(104)
    expect((await box('.map-view')).width).toBe(3840)
    const panel = await box('.right-panel')
    expect(panel.x + panel.width).toBeGreaterThan(3800)
    expect(
      await page
        .locator('.map-canvas canvas')
        .first()
        .evaluate((one: HTMLCanvasElement) => one.width),
    ).toBe(3840)
  })

  it('tells of the grid under the pointer, and opens it on a click', async () => {
    // The middle of the map is the middle of the grid
    await open('language=en&span=30d&at=120.146,30.245,14.5,0,0&layers=grids')
    await page.locator('.map-view[data-condition="ready"]').waitFor({ timeout: WAIT_MS })
    const card = page.locator('.hover-card')
    await expect
      .poll(
        async () => {
          await page.mouse.move(680, 384)
          await page.mouse.move(683, 384)
          return card.isVisible()
        },
        { timeout: WAIT_MS, interval: 500 },
      )
      .toBe(true)
    const expected = await countBySql(await spanOf(page), { grid: '330199001001001' })
    expect(await card.textContent()).toContain('Willow 1')
    expect(Number(await card.locator('[data-figure="hover-cases"]').getAttribute('data-value'))).toBe(
      expected.total,
    )
    await page.mouse.click(683, 384)
    await page.locator('.grid-head', { hasText: '330199001001001' }).waitFor()
  })

  it('can be used with the keyboard alone', async () => {
    await open('language=en&span=30d')
    const { total } = await figures(page)
    await page.keyboard.press('/')
    await page.keyboard.type('33019900100100')
    await page.locator('.search-hit').nth(2).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.grid-head', { hasText: '330199001001002' }).waitFor()
    // The panel has taken the focus: the next stop is its close button
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Close grid details',
    )
    const outlined = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)
    expect(outlined).not.toBe('none')
    await page.keyboard.press('Enter')
    await page.locator('.grid-head').waitFor({ state: 'detached' })
    await page.locator('.chip', { hasText: 'Closed' }).focus()
    await page.keyboard.press('Space')
    await expect.poll(async () => (await figures(page)).total).toBeLessThan(total)
  })

  it('says so where a span holds no case, and goes to where there are some', async () => {
    await open('language=en&from=2012-01-01T00:00:00Z&to=2012-02-01T00:00:00Z')
    const notice = page.locator('[data-notice="empty"]')
    await notice.waitFor()
    expect(await notice.textContent()).toContain('No cases in this time')
    await notice.getByRole('button', { name: 'Go to where there is data' }).click()
    await expect.poll(async () => (await figures(page)).total).toBeGreaterThan(50)
    await notice.waitFor({ state: 'detached' })
  })

  it('takes a span of whole days from the calendar, on the clock of the district', async () => {
    await open('language=en')
    await page.getByRole('button', { name: 'Custom' }).click()
    const inputs = page.locator('.custom-days input')
    const day = (daysAgo: number) =>
      new Date(Date.now() - daysAgo * 86_400_000).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })
    await inputs.nth(0).fill(day(12))
    await inputs.nth(0).press('Enter')
    await inputs.nth(1).fill(day(10))
    await inputs.nth(1).press('Enter')
    const midnight = (text: string) => Date.parse(`${text}T00:00:00+08:00`) / 1000
    await expect.poll(() => spanOf(page)).toEqual([midnight(day(12)), midnight(day(9))])
    await page.locator('.right-panel[data-behind="false"]').waitFor()
    await expect.poll(() => figures(page)).toEqual(await countBySql(await spanOf(page)))
    expect((await figures(page)).total).toBe(30)
  })

  it('says so where there is no such page, and leads back', async () => {
    await page.goto(`${server.url}/nosuch?language=en`)
    await page.locator('a[href^="/?"]').click()
    await settled(page)
  })

  it('takes any garbage in an address for the defaults', async () => {
    await open(
      'at=a,b&layers=%00&by=moon&measure=&classes=9&count=-1&span=1y&status=nope&level=17&theme=pink&language=fr',
    )
    expect((await figures(page)).total).toBeGreaterThan(50)
    expect(watched.errors).toEqual([])
  })

  it.each([
    [1920, 1080],
    [1366, 768],
  ])('cuts and overlaps nothing at %i x %i', async (width, height) => {
    for (const language of ['zh-CN', 'en']) {
      await page.setViewportSize({ width, height })
      await open(`language=${language}&span=30d`)
      const cut = await page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            '.top-bar *, .left-panel *, .right-panel *, .map-corner *',
          ),
        ]
          .filter(
            (one) => one.children.length === 0 && one.textContent?.trim() && !one.closest('.visually-hidden'),
          )
          .filter(
            (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline',
          )
          .map((one) => one.textContent),
      )
      expect(cut).toEqual([])
      const boxes = await Promise.all(
        ['.top-bar', '.left-panel', '.right-panel', '.map-corner', '.map-controls'].map((name) =>
          page.locator(name).first().boundingBox(),
        ),
      )
      for (const [n, box] of boxes.entries()) {
        expect(box!.x).toBeGreaterThanOrEqual(0)
        expect(box!.x + box!.width).toBeLessThanOrEqual(width)
        expect(box!.y + box!.height).toBeLessThanOrEqual(height)
        for (const other of boxes.slice(n + 1)) {
          const apart =
            box!.x + box!.width <= other!.x ||
            other!.x + other!.width <= box!.x ||
            box!.y + box!.height <= other!.y ||
            other!.y + other!.height <= box!.y
          expect(apart).toBe(true)
        }
      }
      const bar = await page.locator('.top-bar').evaluate((one) => one.scrollWidth - one.clientWidth)
      expect(bar).toBe(0)
    }
  })

  it.each(['zh-CN', 'en'])(
    'keeps the account menu of a long name in sight at 1366 x 768 beside all marks, in %s',
    async (language) => {
      await page.setViewportSize({ width: 1366, height: 768 })
      const change = (path: string, changed: (answer: { database: object }) => object) =>
        page.route(path, async (route) => {
          const response = await route.fetch()
          // What has not changed since comes without a body
          if (!response.ok()) return route.fulfill({ response })
          const answer = await response.json()
          await route.fulfill({ response, json: { ...answer, ...changed(answer) } })
        })
      await change('**/api/district', ({ database }) => ({
        demo: true,
        demoMixed: true,
        database: { ...database, evaluation: true },
      }))
      await change('**/api/access/me', () => ({ displayName: 'Bartholomew Featherstonehaugh' }))
      await open(`language=${language}&span=30d`)
      await page.locator('.account').focus()
      const box = (await page.locator('.account').boundingBox())!
      expect(box.x + box.width).toBeLessThanOrEqual(1366)
      expect(await page.locator('.overview').evaluate((one) => one.scrollLeft)).toBe(0)
      expect(
        await page.locator('.top-bar').evaluate((one) => one.scrollWidth - one.clientWidth),
      ).toBeLessThanOrEqual(0)
    },
  )
})

describe('the overview of an empty database', () => {
  it('says how to import, and shows the map once grids are there', async () => {
    const made = await makeTestDatabase()
    const server = await startServer(made.db)
    const { page, foreign } = await openPage(browser)
    try {
      await page.goto(`${server.url}/?language=en`)
      await page.getByText('There are no grids in the database yet').waitFor()
      await page.getByText('npm run import -- grids FILE').waitFor()
      expect(
        await page.getByRole('link', { name: 'Import files in the browser' }).getAttribute('href'),
      ).toContain('/imports')
      await page.getByText('中文', { exact: true }).click()
      await page.getByText('数据库里还没有网格').waitFor()
      await fillSampleDistrict(made.db)
      // Coming back to the page asks anew at once
      await expect
        .poll(
          async () => {
            await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
            return page.locator('.overview').count()
          },
          { timeout: 90_000, interval: 1000 },
        )
        .toBe(1)
      await settled(page)
      expect(foreign).toEqual([])
    } finally {
      await page.close()
      await server.kill()
      await made.drop()
    }
  }, 240_000)
})

describe('the overview of a district whose cases are all old', () => {
  it('shows the last 30 days that have data, and says so', async () => {
    const made = await makeTestDatabase()
    await fillSampleDistrict(made.db)
    await made.db.query(
      `UPDATE incidents SET reported_at = reported_at - interval '11 years', closed_at = closed_at - interval '11 years'`,
    )
    const server = await startServer(made.db)
    const { page } = await openPage(browser)
    try {
      await page.goto(`${server.url}/?language=en`)
      await page.locator('[data-notice="latest"]').waitFor({ timeout: WAIT_MS })
      expect(await page.locator('[data-notice="latest"]').textContent()).toContain(
        'the last 30 days with data',
      )
      expect((await figures(page)).total).toBeGreaterThan(250)
      await page.getByText('7 d', { exact: true }).click()
      await page.locator('[data-notice="empty"]').waitFor()
      await page.getByRole('button', { name: 'Go to where there is data' }).click()
      await expect.poll(async () => (await figures(page)).total).toBeGreaterThan(250)
    } finally {
      await page.close()
      await server.kill()
      await made.drop()
    }
  }, 240_000)
})
