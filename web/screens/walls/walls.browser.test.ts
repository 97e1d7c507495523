import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import { MOST_PANELS } from '../../../domain/wall/scene.ts'
import { MOST_SCENES } from '../../../domain/wall/schedule.ts'
import type { Steering } from '../../../domain/wall/steering.ts'
import { MOST_PROGRAMMES, MOST_RULES, type Wall } from '../../../domain/wall/wall.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { signIn } from '../../../server/test-app.ts'
import { pairScreen } from '../../../server/test-walls.ts'
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
let page: Page
let errors: string[]
let id: number

beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  server = await startServer(made.db, { SIMULATE: '0' })
  browser = await openBrowser()
  ;({ page, errors } = await openPage(browser))
}, LONG)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await made?.drop()
})

const open = (path: string) => page.goto(`${server.url}${path}${path.includes('?') ? '&' : '?'}language=en`)
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const item = (name: string) => page.locator(`[data-item="${name}"]`)
const boxOf = (name: string) => item(name).getAttribute('data-box')

/** As whoever is signed in on the page. */
function ask<T>(
  method: string,
  path: string,
  body: object | null = null,
  headers: Record<string, string> = {},
): Promise<T> {
  return page.evaluate(
    async ({ method, path, body, headers }) => {
      const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {}
      const text = body && JSON.stringify(body)
      const answer = await fetch(`/api${path}`, { method, body: text, headers: { ...type, ...headers } })
      return answer.json()
    },
    { method, path, body, headers },
  )
}

/** Takes something by its middle and pulls it by shares of the layout. */
async function drag(grip: Locator, across: number, down: number): Promise<void> {
  const from = (await grip.boundingBox())!
  const layout = (await page.locator('.canvas').boundingBox())!
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + across * layout.width, y + down * layout.height, { steps: 4 })
}

// Each goes on where the one before ended: a second try of one would find what its first left
describe('a wall', { retry: 0 }, () => {
  it(
    'is made of the ready-made scenes and opens in its editor',
    async () => {
      await open('/walls')
      await button('New wall').click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('Hall')
      // Its words are those of the language that is chosen, whatever whoever makes it reads
      await dialog.getByText('中文').click()
      await button('Make it').click()
      await page.waitForURL(/\/walls\/\d+/)
      id = Number(/walls\/(\d+)/.exec(page.url())![1])
      await page.getByText('Saved as version 1').waitFor()
      expect(await page.locator('.scene-choice').count()).toBe(8)

      // The outlines fill what the map keeps in view, as on the wall
      const outlines = (await page.locator('.map-form g').boundingBox())!
      const map = (await item('map').boundingBox())!
      expect(outlines.x).toBeGreaterThan(map.x)
      expect(outlines.y).toBeGreaterThan(map.y)
      expect(outlines.x + outlines.width).toBeLessThan(map.x + map.width)
      expect(outlines.y + outlines.height).toBeLessThan(map.y + map.height)
      expect(Math.max(outlines.width / map.width, outlines.height / map.height)).toBeGreaterThan(0.6)
    },
    LONG,
  )

  it(
    'has panels that are moved and resized by mouse and by keyboard, never over each other',
    async () => {
      await page.locator('[data-scene="heat"]').click()
      expect(await boxOf('trend')).toBe('17,3,7,4')
      await drag(item('trend').locator('.layout-body'), -10 / 24, 0)
      await page.mouse.up()
      expect(await boxOf('trend')).toBe('7,3,7,4')
      await page.getByText('Part of what the map keeps in view is covered by').waitFor()

      await item('trend').locator('.layout-body').focus()
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Shift+ArrowUp')
      expect(await boxOf('trend')).toBe('6,2,8,3')

      await drag(item('trend').locator('[data-x="1"][data-y="1"]'), 6 / 24, 0)
      await page.getByText('Lies over').waitFor()
      expect(await item('trend').getAttribute('data-blocked')).toBe('true')
      await page.mouse.up()
      await page.getByText('would lie over').waitFor()
      expect(await boxOf('trend')).toBe('6,2,8,3')

      await item('trend').locator('.layout-body').focus()
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { name: 'Scene', exact: true }).waitFor()
      // What the keys did is one step, what the mouse did another
      await page.keyboard.press('Control+z')
      expect(await boxOf('trend')).toBe('7,3,7,4')
      await page.keyboard.press('Control+z')
      expect(await boxOf('trend')).toBe('17,3,7,4')
      await page.keyboard.press('Control+Shift+z')
      await page.keyboard.press('Control+Shift+z')
      expect(await boxOf('trend')).toBe('6,2,8,3')
    },
    LONG,
  )

  it(
    'is saved as a new version, and what somebody else saved meanwhile is not overwritten unasked',
    async () => {
      await button('Save').click()
      await page.getByText('Saved as version 2').waitFor()
      const saved = await ask<Wall>('GET', `/walls/${id}`)
      const heat = saved.content.scenes.find((scene) => scene.id === 'heat')!
      expect(heat.panels.find((panel) => panel.id === 'trend')?.box).toEqual({
        x: 6,
        y: 2,
        width: 8,
        height: 3,
      })

      const { content } = saved
      await ask('PUT', `/walls/${id}`, { name: 'Theirs', content }, { 'if-match': '"2"' })
      await page.getByLabel('Name', { exact: true }).fill('Mine')
      await button('Save').click()
      await page.getByText('saved version 3').waitFor()
      await button('Drop mine, load theirs').click()
      await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Theirs')
      await page.getByText('Saved as version 3').waitFor()
    },
    LONG,
  )

  it(
    'is previewed at the scene that is edited, as it is edited, before anything is saved',
    async () => {
      await page.locator('[data-scene="heat"]').click()
      const [preview] = await Promise.all([page.waitForEvent('popup'), button('Preview').click()])
      const wall = preview.frameLocator('iframe')
      const title = page.getByLabel('Title', { exact: true }).first()
      await wall.getByRole('heading', { name: await title.inputValue() }).waitFor()
      await title.fill('Heat of the day')
      await wall.getByRole('heading', { name: 'Heat of the day' }).waitFor()
      await preview.getByText('Shows the draft as it stands in the editor').waitFor()
      await page.locator('[data-scene="deadlines"]').click()
      await wall.locator('.wall[data-scene="deadlines"]').waitFor()
      await page.keyboard.press('Control+z')
      await page.getByText('Saved as version 3').waitFor()
      await page.reload()
      await preview.close()
    },
    LONG,
  )

  it(
    'takes up an old version, and does not let unsaved changes go unasked',
    async () => {
      await page.getByText('Versions', { exact: true }).click()
      await page.locator('[data-version="1"]').click()
      await page.locator('[data-shown="1"]').waitFor()
      await button('Take up this version').click()
      await page.getByText('Not saved').waitFor()

      await page.getByRole('link', { name: 'Grid management' }).click()
      await page.getByText('There are unsaved changes').waitFor()
      await button('Stay').click()
      await button('Save').click()
      await page.getByText('Saved as version 4').waitFor()
      const wall = await ask<Wall>('GET', `/walls/${id}`)
      expect([wall.name, wall.version]).toEqual(['Hall', 4])
    },
    LONG,
  )

  it(
    'is steered by its remote, also on a telephone',
    async () => {
      await page.setViewportSize({ width: 390, height: 844 })
      await open(`/walls/${id}/remote`)
      await page.locator('[data-pin="deadlines"]').click()
      await page.getByText('The scene is pinned').waitFor()
      await page.getByRole('heading', { name: '时限压力' }).waitFor()
      expect(await ask<Steering>('GET', `/walls/${id}/steering`)).toMatchObject({ pinned: 'deadlines' })

      await page.getByRole('combobox').fill('Willow 1')
      await page.locator('.search-hit').first().click()
      await page.getByLabel('Words at the mark').fill('Look here')
      await button('Draw attention').click()
      await page.getByText('Marked: Look here').waitFor()
      await button('Back to normal').click()
      await page.getByText('The scene is pinned').waitFor({ state: 'hidden' })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await page.setViewportSize({ width: 1366, height: 768 })
    },
    LONG,
  )

  it(
    'is not steered by who sees only a part of what its screens see, and says so',
    async () => {
      const screen = await pairScreen(made.db, { name: 'Whole', wallId: id })
      const cookie = await signIn(made.db, { role: 'dispatcher', scope: ['330199001'] })
      const dispatcher = await openNewBrowser(browser, 'en', cookie)
      await dispatcher.goto(`${server.url}/walls/${id}/remote?language=en`)
      await dispatcher.getByText('somebody who sees all of that steers it').waitFor()
      expect(await dispatcher.locator('[data-pin="deadlines"]').isDisabled()).toBe(true)
      await dispatcher.context().close()
      await made.db.query('DELETE FROM wall_devices WHERE id = $1::bigint', [screen.id])
    },
    LONG,
  )

  it(
    'raises alarms that are acknowledged at a desk',
    async () => {
      await made.db.query(
        `INSERT INTO alarms (source, wall_id, rule_id, language, expires_at, title, text, level,
                             place_code, place_name, area_code)
         VALUES ('rule', $1, 'critical', 'en', now() + interval '1 hour', 'Critical case', 'Willow 3', 1,
                 '330199001001003', 'Willow 3', '330199001001')`,
        [id],
      )
      await open('/walls')
      await page.getByText('Alarms in force: 1').waitFor()
      await page.getByText('on Hall').waitFor()

      // Before anything is known nothing is counted
      const { page: slow } = await openPage(browser)
      let letGo = () => {}
      const held = new Promise<void>((resolve) => (letGo = resolve))
      await slow.route(/\/api\/(walls|alarms)$/, async (route) => {
        await held
        await route.fallback()
      })
      await slow.goto(`${server.url}/walls?language=en`)
      const headings = slow.getByRole('heading', { level: 2 })
      await slow.getByText('Paired screens: 0').waitFor()
      expect((await headings.allTextContents()).slice(0, 2)).toEqual(['Alarms in force', 'Walls'])
      letGo()
      await slow.getByText('Alarms in force: 1').waitFor()
      await slow.getByText('Walls: 1').waitFor()
      await slow.close()

      await button('Acknowledge Critical case').click()
      await page.getByText('There is no alarm').waitFor()
    },
    LONG,
  )
})

describe('a wall that holds all it can', () => {
  it(
    'takes no more, and says why',
    async () => {
      const content = readyMadeWall('en')
      const scenes = Array.from({ length: MOST_SCENES }, (_, n) => ({ ...content.scenes[0]!, id: `s${n}` }))
      const clock = (n: number) => ({
        kind: 'clock',
        id: `clock-${n}`,
        box: { x: n, y: 0, width: 1, height: 1 },
      })
      const panels = Array.from({ length: MOST_PANELS }, (_, n) => clock(n))
      const programmes = Array.from({ length: MOST_PROGRAMMES }, () => ({ when: {}, scenes: ['s0'] }))
      const alarms = Array.from({ length: MOST_RULES }, (_, n) => ({ ...content.alarms[0]!, id: `r${n}` }))
      const full = { ...content, scenes: [{ ...scenes[0]!, panels }, ...scenes.slice(1)], programmes, alarms }
      const made = await ask<Wall>(
        'POST',
        '/walls',
        { name: 'Full', content: full },
        { 'idempotency-key': 'full' },
      )
      await open(`/walls/${made.id}`)
      for (const [part, name, why] of [
        ['Scenes', /Add scene/, 'A wall holds 50 scenes at most'],
        ['Scenes', 'Copy scene', 'A wall holds 50 scenes at most'],
        ['Scenes', /Add panel/, 'A scene holds 16 panels at most'],
        ['Schedule', /Add a programme/, 'A wall holds 50 programmes at most'],
        ['Alarms', /Add a rule/, 'A wall holds 50 rules at most'],
      ] as const) {
        await page.locator('.editor-bar .ant-segmented').getByText(part, { exact: true }).click()
        const adding = page.locator('.wall-editor').getByRole('button', { name })
        await adding.waitFor()
        expect([await adding.isDisabled(), await adding.getAttribute('title')]).toEqual([true, why])
      }
    },
    LONG,
  )
})

describe('a paired screen', () => {
  it(
    'is watched by picture and figures, and what is wrong with it is said in words',
    async () => {
      const screen = await pairScreen(made.db, { name: 'Left', wallId: id })
      const picture = await page.screenshot({
        type: 'jpeg',
        quality: 20,
        clip: { x: 0, y: 0, width: 160, height: 90 },
      })
      const report = {
        scene: 'heat',
        wallVersion: 4,
        release: 'another',
        width: 3840,
        height: 2160,
        pixelRatio: 1,
        frameRate: 58,
        memoryMb: 312,
        dataAgeSeconds: 4,
        clockOffsetMs: -38,
        contextLosses: 1,
        upSeconds: 60,
        lastError: null,
        thumbnail: picture.toString('base64'),
      }
      const told = await fetch(`${server.url}/api/walls/reports`, {
        method: 'POST',
        headers: { cookie: screen.cookie, 'content-type': 'application/json' },
        body: JSON.stringify(report),
      })
      expect(told.status).toBe(204)
      await open('/walls')
      const card = page.locator('[data-wall="Left"]')
      await card.getByText('In contact').waitFor()
      const fact = (name: string) => card.locator(`[data-fact="${name}"] dd`)
      await expect.poll(() => fact('scene').textContent()).toBe('近24小时案件热力')
      expect(await fact('frameRate').textContent()).toBe('58 a second')
      expect(await card.locator('.troubles li').allTextContents()).toEqual([
        ' Graphics were lost and came back',
        ' Runs another release than the server',
      ])
      const shown = card.getByRole('img', { name: 'What stands on Left' })
      expect(await shown.getAttribute('src')).toContain(`/reports/${screen.id}/thumbnail`)

      await card.getByRole('combobox').click()
      await page.locator('.ant-select-dropdown:visible').getByText('Ready-made scenes').click()
      await expect
        .poll(async () => (await made.db.query('SELECT wall_id FROM wall_devices')).rows)
        .toEqual([{ wall_id: null }])
    },
    LONG,
  )

  it(
    'is judged by the server’s clock, whatever the clock of the desk says',
    async () => {
      const { page: fast } = await openPage(browser)
      await fast.addInitScript(() => {
        const now = Date.now
        Date.now = () => now() + 90_000
      })
      await fast.goto(`${server.url}/walls?language=en`)
      // What the desk's own clock says is corrected by the first answer of the stream
      await fast.locator('[data-wall="Left"][data-contact="live"]').waitFor()
      await fast.close()
    },
    LONG,
  )

  it('left no error behind', () => {
    // A conflict is an answer of its own kind, which the browser logs too
    expect(errors.filter((error) => !error.includes('412'))).toEqual([])
  })
})
