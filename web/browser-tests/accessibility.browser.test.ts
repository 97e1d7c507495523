import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readyMadeWall } from '../../domain/wall/ready-made.ts'
import { recordAudit } from '../../server/audit/record.ts'
import { makeTestDatabase, type TestDatabase } from '../../server/database/test-database.ts'
import { openBrowser, openNewBrowser, openPage, startServer, type TestServer } from './pages.ts'
import { fillSampleDistrict, SAMPLE } from './sample-district.ts'

const LONG = 120_000
/** Levels A and AA of WCAG 2.0, 2.1 and 2.2. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const LOOKS = ['zh-CN', 'en'].flatMap((language) => ['dark', 'light'].map((theme) => ({ language, theme })))

/** Both languages and both themes in half the time, for pages made of what the others are made of. */
const OPPOSITE_LOOKS = LOOKS.filter(({ language, theme }) => (language === 'en') === (theme === 'light'))

/** Of what follows no choice of its reader's. */
const WALL_LOOK = [{ language: 'en', theme: 'dark' }]
const WALL = {
  ...readyMadeWall('en'),
  programmes: [{ when: { weekdays: [1, 2], from: '08:00', to: '18:00' }, scenes: ['overview', 'heat'] }],
}

let browser: Browser
let made: TestDatabase
let server: TestServer

beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  await made.db.query(
    `INSERT INTO places (external_id, type, name, name_en, address, phone, geom)
     VALUES ('P1', 'shelter', '避难场所', 'Shelter', '湖滨路 7 号', '0571-8888 0000',
             ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326))`,
    [SAMPLE.west + SAMPLE.gridWidth, SAMPLE.south + SAMPLE.gridHeight],
  )
  await made.db.query(
    `INSERT INTO wall_devices (name, scope, paired_by, last_seen_at, revoked_at) VALUES
       ('Hall', '{""}', 'Zhou', now(), NULL), ('Desk', '{330199001}', 'Zhou', '2025-01-01', NULL)`,
  )
  await made.db.query(
    `WITH wall AS (INSERT INTO walls (version) VALUES (1) RETURNING id)
     INSERT INTO wall_versions (wall_id, version, name, content, changed_by)
     SELECT id, 1, 'Hall', $1::jsonb, 'Zhou' FROM wall`,
    [JSON.stringify(WALL)],
  )
  await made.db.transaction((tx) =>
    recordAudit(tx, {
      actor: { kind: 'user', id: 1, name: 'zhou', role: 'administrator' },
      address: '10.0.0.7',
      action: 'user.change',
      subject: 'user wang',
      outcome: 'refused',
      before: { role: 'viewer' },
      after: { role: 'planner' },
    }),
  )
  server = await startServer(made.db, { SIMULATE: '0' })
  browser = await openBrowser()
}, LONG)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await made?.drop()
})

async function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(async (rules) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: rules,
    })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id} (${help}): ${html.slice(0, 160)} ${failureSummary ?? ''}`,
      ),
    )
  }, RULES)
}

/** What axe finds on the page as it stands, in each of `looks`: loading it once for all is much faster. */
async function faultsInEveryLook(page: Page, looks = LOOKS): Promise<Record<string, string[]>> {
  // Evaluated, not added as a script: the page's own policy would refuse that
  await page.evaluate(axe.source)
  const found: Record<string, string[]> = {}
  for (const { language, theme } of looks) {
    await page.evaluate(
      ([language, theme]) => {
        const address = new URL(location.href)
        address.searchParams.set('language', language!)
        address.searchParams.set('theme', theme!)
        history.replaceState(history.state, '', address)
      },
      [language, theme],
    )
    await page.locator(`html[lang="${language}"][data-theme="${theme}"]`).waitFor({ state: 'attached' })
    // A colour on its way to another one has neither's contrast
    await page.waitForTimeout(250)
    const faults = await faultsOf(page)
    if (faults.length > 0) found[`${language} ${theme}`] = faults
  }
  return found
}

const idOfCase = async () => {
  const { rows } = await made.db.query<{ id: number }>('SELECT max(id) AS id FROM incidents')
  return rows[0]!.id
}
const idOfPlace = async () => {
  const { rows } = await made.db.query<{ id: number }>('SELECT id FROM places')
  return rows[0]!.id
}
const idOfWall = async () => {
  const { rows } = await made.db.query<{ id: number }>('SELECT min(id) AS id FROM walls')
  return rows[0]!.id
}
const CASES = `number,category,reported,lng,lat
A1,Rubbish,2025-05-01 10:00:00,${SAMPLE.west + 0.01},${SAMPLE.south + 0.01}
A2,Rubbish,no time at all,${SAMPLE.west + 0.01},${SAMPLE.south + 0.01}
`

/** Screens and what stands open on them, and what is there once it is whole. */
const SCREENS: { what: string; path: () => Promise<string> | string; whole: string; looks?: typeof LOOKS }[] =
  [
    {
      what: 'the overview, with filters at work',
      path: () => '/?span=30d&layers=points,places&at=120.152,30.25,15,0,0&status=closed&category=01',
      whole: '.active-filter',
    },
    {
      what: 'a case',
      path: async () => `/?span=30d&layers=none&case=${await idOfCase()}`,
      whole: '.case-steps li',
    },
    { what: 'a grid', path: () => '/?span=30d&layers=none&grid=330199001001001', whole: '.grid-history li' },
    {
      what: 'a place',
      path: async () => `/?span=30d&layers=none&place=${await idOfPlace()}`,
      whole: '.details-facts',
    },
    { what: 'the start page', path: () => '/start', whole: '.door' },
    { what: 'what is made up', path: () => '/made-up', whole: '.made-up section' },
    { what: 'the users', path: () => '/users', whole: '[data-user]', looks: OPPOSITE_LOOKS },
    { what: 'the walls', path: () => '/walls', whole: '[data-wall]', looks: OPPOSITE_LOOKS },
    {
      what: 'the editor of a wall',
      path: async () => `/walls/${await idOfWall()}`,
      whole: '.layout-item',
      looks: OPPOSITE_LOOKS,
    },
    {
      what: 'the settings of a wall',
      path: async () => `/walls/${await idOfWall()}?part=wall`,
      whole: '.wide-form',
      looks: OPPOSITE_LOOKS,
    },
    {
      what: 'the alarms of a wall',
      path: async () => `/walls/${await idOfWall()}?part=alarms`,
      whole: '.rule',
      looks: OPPOSITE_LOOKS,
    },
    {
      what: 'the schedule of a wall',
      path: async () => `/walls/${await idOfWall()}?part=programmes`,
      whole: '.when-fields',
      looks: OPPOSITE_LOOKS,
    },
    {
      what: 'the versions of a wall',
      path: async () => `/walls/${await idOfWall()}?part=versions`,
      whole: '.version-choice',
      looks: OPPOSITE_LOOKS,
    },
    {
      what: 'the preview of a wall',
      path: async () => `/walls/${await idOfWall()}/preview`,
      whole: '.preview-room iframe',
      looks: OPPOSITE_LOOKS,
    },
    {
      what: 'a wall',
      path: async () => `/wall?wall=${await idOfWall()}`,
      whole: '.wall-panel',
      looks: WALL_LOOK,
    },
    { what: 'a screen to be paired', path: () => '/pair', whole: '.pairing-code', looks: OPPOSITE_LOOKS },
    {
      what: 'the remote of a wall',
      path: async () => `/walls/${await idOfWall()}/remote`,
      whole: '.remote-scenes',
      looks: OPPOSITE_LOOKS,
    },
    { what: 'the audit', path: () => '/audit', whole: '.difference ins', looks: OPPOSITE_LOOKS },
    { what: 'the empty import desk', path: () => '/imports', whole: '.drop-zone' },
  ]

describe('breaks no rule of WCAG 2.2 AA that a machine can check, in either language and theme', () => {
  it.each(SCREENS)(
    '$what',
    async ({ path, whole, looks }) => {
      const { page } = await openPage(browser)
      await page.goto(server.url + (await path()))
      await page.locator(whole).first().waitFor()
      expect(await faultsInEveryLook(page, looks)).toEqual({})
      await page.close()
    },
    LONG,
  )

  it(
    'the guided look',
    async () => {
      const page = await openNewBrowser(browser, 'en-US')
      await page.addInitScript(() => localStorage.setItem('start-page-seen', '1'))
      await page.goto(`${server.url}/`)
      await page.locator('.ant-tour').getByText('The whole district').waitFor()
      expect(await faultsInEveryLook(page)).toEqual({})
      await page.context().close()
    },
    LONG,
  )

  it(
    'the form of a user, with what is wrong in it',
    async () => {
      const { page } = await openPage(browser)
      await page.goto(`${server.url}/users?language=en`)
      await page.getByRole('button', { name: 'Add user' }).click()
      await page.getByText('Chosen areas').click()
      await page.getByRole('button', { name: 'Add user' }).last().click()
      await page.getByText('Choose at least one area').waitFor()
      expect(await faultsInEveryLook(page, OPPOSITE_LOOKS)).toEqual({})
      await page.close()
    },
    LONG,
  )

  it(
    'the import desk with a file in it, checked and imported',
    async () => {
      const { page } = await openPage(browser)
      await page.goto(`${server.url}/imports?language=en`)
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'cases.csv', mimeType: 'text/csv', buffer: Buffer.from(CASES) })
      await page.locator('.column-table').waitFor()
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      await page.locator('.job[data-state="checked"] .reject-table td').first().waitFor()
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.locator('.job[data-state="done"]').waitFor()
      await page.locator('.past-imports td').first().waitFor()
      expect(await faultsInEveryLook(page)).toEqual({})
      await page.close()
    },
    LONG,
  )

  it(
    'the empty database, and a server that is gone',
    async () => {
      const empty = await makeTestDatabase()
      const bare = await startServer(empty.db, { SIMULATE: '0', DEMO: '0' })
      const { page } = await openPage(browser)
      await page.goto(bare.url)
      await page.locator('.import-steps').waitFor()
      expect(await faultsInEveryLook(page)).toEqual({})
      await page.goto(`${bare.url}/start`)
      await page.locator('.door').first().waitFor()
      await page.route('**/api/**', (route) => route.abort())
      await page.getByRole('alert').waitFor()
      expect(await faultsInEveryLook(page)).toEqual({})
      await page.close()
      await bare.kill()
      await empty.drop()
    },
    LONG,
  )
})
