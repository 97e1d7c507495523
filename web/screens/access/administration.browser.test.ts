import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AuditEntry, recordAudit } from '../../../server/audit/record.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { openBrowser, openPage, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict } from '../../browser-tests/sample-district.ts'

const LONG = 120_000

let browser: Browser
let made: TestDatabase
let server: TestServer
let page: Page
let errors: string[]

beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  await made.db.query(
    `INSERT INTO departments (code, name, name_en) VALUES ('D1', '城市管理局', 'City management')`,
  )
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
const row = (name: string) => page.locator('tr').filter({ has: page.getByRole('rowheader', { name }) })
const screenOf = (name: string) => page.locator(`[data-wall="${name}"]`)
const dialog = () => page.getByRole('dialog')
/** The control of a dialog's field; what is said under it. */
const field = (label: string) => dialog().getByLabel(label, { exact: true })
const under = (label: string) =>
  dialog().locator('.ant-form-item', { has: page.getByText(label, { exact: true }) })

async function choose(label: string, option: string): Promise<void> {
  await field(label).click()
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
}

async function confirm(what: string): Promise<void> {
  await page.locator('.ant-popconfirm:visible').getByRole('button', { name: what, exact: true }).click()
}

const post = (path: string, body: object, cookie = '') =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { cookie, ...(Object.keys(body).length > 0 && { 'content-type': 'application/json' }) },
    ...(Object.keys(body).length > 0 && { body: JSON.stringify(body) }),
  })

describe('the page of users', () => {
  let password = ''
  beforeAll(() => open('/users'), LONG)

  it(
    'adds a user with role, department and areas, and shows the password once',
    async () => {
      await button('Add user').first().click()
      await field('User name').fill('li lei')
      await field('Shown name').fill('李雷')
      await choose('Role', 'Department handler')
      await dialog().getByText('Chosen areas').click()
      await dialog().getByRole('button', { name: 'Add user' }).click()
      // Each complaint stands at its own field
      await under('User name').getByText('holds no blanks').waitFor()
      await under('Department').getByText('needs a department').waitFor()
      await under('May see').getByText('Choose at least one area').waitFor()

      await field('User name').fill('test-administrator')
      await choose('Department', 'City management')
      await dialog().getByLabel('Chosen areas', { exact: true }).last().click()
      await page.keyboard.type('Plum')
      await page.locator('.ant-select-dropdown:visible').getByText('Plum', { exact: true }).click()
      await page.keyboard.press('Escape')
      await dialog().getByRole('button', { name: 'Add user' }).click()
      await under('User name').getByText('Somebody has this user name').waitFor()

      await field('User name').fill('lilei')
      await dialog().getByRole('button', { name: 'Add user' }).click()
      await page.getByText('shown only this once').waitFor()
      password = (await page.getByRole('status', { name: 'One-time password' }).textContent()) ?? ''
      expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/)
      await button('I have it, close').click()
      await row('lilei').getByText('City management').waitFor()
      expect(await row('lilei').textContent()).toMatch(
        /李雷\s*Department handler\s*Plum\s*City management\s*0\s*never\s*Active/,
      )
      expect(await page.content()).not.toContain(password)

      const signedIn = await post('/api/access/sign-in', { name: 'lilei', password })
      expect(await signedIn.json()).toMatchObject({ scope: ['330199001002'], mustChangePassword: true })
    },
    LONG,
  )

  it(
    'changes a user, ends sessions, shuts out and lets in again, each after a confirmation',
    async () => {
      await button('Change lilei').click()
      await choose('Role', 'Viewer')
      await dialog().getByText('Everything', { exact: true }).click()
      await dialog().getByRole('button', { name: 'Save' }).click()
      await row('lilei').getByRole('cell', { name: 'Everything' }).waitFor()
      expect(await row('lilei').textContent()).toMatch(/ViewerEverything1\d{4}-/)

      await button('End sessions lilei').click()
      await confirm('End sessions')
      await row('lilei').getByRole('cell', { name: '0', exact: true }).waitFor()

      await button('Shut out lilei').click()
      await confirm('Shut out')
      await row('lilei').getByRole('cell', { name: 'Shut out', exact: true }).waitFor()
      expect((await post('/api/access/sign-in', { name: 'lilei', password })).status).toBe(401)

      await button('Let in lilei').click()
      await confirm('Let in')
      await row('lilei').getByRole('cell', { name: 'Active', exact: true }).waitFor()
      await button('New password lilei').click()
      await confirm('New password')
      const next = await page.getByRole('status', { name: 'One-time password' }).textContent()
      expect(next).not.toBe(password)
      await button('I have it, close').click()
      expect((await post('/api/access/sign-in', { name: 'lilei', password: next })).status).toBe(200)
    },
    LONG,
  )

  it(
    'keeps the last administrator, and does not let one lock himself out',
    async () => {
      const own = row('test-administrator')
      await own.getByText('you', { exact: true }).waitFor()
      expect(await own.getByRole('button').allInnerTexts()).toEqual(['Change', 'End sessions'])
      await button('Change test-administrator').click()
      await choose('Role', 'Viewer')
      await dialog().getByRole('button', { name: 'Save' }).click()
      await button('Change my rights').click()
      await dialog().getByRole('alert').getByText('the last administrator').waitFor()
    },
    LONG,
  )
})

describe('the page of walls', () => {
  it(
    'pairs the screen whose code is typed in, tells when it was last heard from, and revokes it',
    async () => {
      const pairing = await post('/api/walls/pairing', {})
      const { code } = (await pairing.json()) as { code: string }
      const screen = pairing.headers.getSetCookie()[0]!.split(';')[0]!
      await open('/walls')
      await page.getByText('No screen is paired yet').waitFor()
      await page.getByLabel('Pairing code').fill('AB')
      await button('Pair').click()
      await page.getByText('six letters and digits.').last().waitFor()
      await page.getByText('State a name.').waitFor()
      await page.getByLabel('Pairing code').fill('ABC ABC')
      await page.getByLabel('Name').fill('Hall')
      await button('Pair').click()
      await page.getByText('No screen shows this code').waitFor()

      await page.getByLabel('Pairing code').fill(`${code.slice(0, 3).toLowerCase()}-${code.slice(3)}`)
      await page.getByText('Chosen areas').click()
      await page.getByLabel('Chosen areas', { exact: true }).last().click()
      await page.locator('.ant-select-dropdown:visible').getByText('Sample District', { exact: true }).click()
      await page.keyboard.press('Escape')
      await button('Pair').click()
      await page.getByText('"Hall" is paired').waitFor()
      expect(await screenOf('Hall').textContent()).toMatch(
        /Not heard from yet.*Ready-made scenes.*Sample District/,
      )

      const paired = await fetch(`${server.url}/api/walls/pairing`, { headers: { cookie: screen } })
      expect(await paired.json()).toMatchObject({ state: 'paired' })
      const wall = paired.headers
        .getSetCookie()
        .find((one) => one.startsWith('wall='))!
        .split(';')[0]!
      const ask = () => fetch(`${server.url}/api/access/me`, { headers: { cookie: wall } })
      expect((await ask()).status).toBe(200)
      await open('/walls')
      await screenOf('Hall').getByText('In contact').waitFor()
      expect(await screenOf('Hall').textContent()).toMatch(
        /seconds? ago.*Paired by test-administrator.*127\.0\.0\.1/,
      )

      await made.db.query(`UPDATE wall_devices SET last_seen_at = now() - interval '3 hours'`)
      await open('/walls')
      await screenOf('Hall').getByText('Lost contact').waitFor()
      expect(await screenOf('Hall').textContent()).toContain('3 hours ago')

      await button('Revoke Hall').click()
      await confirm('Revoke')
      await page.getByText('No screen is paired at present').waitFor()
      expect((await ask()).status).toBe(401)
      await button('Show revoked (1)').click()
      await screenOf('Hall').getByText('Revoked').waitFor()
    },
    LONG,
  )
})

describe('the page of the audit', () => {
  const told = (more: Partial<AuditEntry>) =>
    made.db.transaction((tx) =>
      recordAudit(tx, {
        actor: { kind: 'user', id: 1, name: 'zhou', role: 'supervisor' },
        address: '10.0.0.7',
        action: 'incident.advance',
        subject: 'incident 7',
        outcome: 'done',
        ...more,
      }),
    )
  const lines = () => page.locator('.audit-table tbody tr')

  it(
    'finds the contacts that were seen whole, with the reason, and exports what it shows',
    async () => {
      await told({ before: { status: 'filed' }, after: { status: 'dispatched' } })
      await told({ action: 'contact.unmask', after: { reason: 'Where exactly is it?' } })
      await open('/audit')
      await lines().first().waitFor()
      expect(await lines().nth(1).textContent()).toMatch(
        /Status\s*−\s*before:\s*Filed\s*\+\s*after:\s*Dispatched/,
      )
      await button('Contacts seen whole').click()
      await page.getByText('Rows shown: 1').waitFor({ state: 'attached' })
      expect(await lines().allInnerTexts()).toEqual([
        expect.stringMatching(
          /zhou\s*Supervisor\s*10\.0\.0\.7\s*See contact whole\s*Case 7\s*Done\s*Reason.*Where exactly is it\?/s,
        ),
      ])
      expect(new URL(page.url()).searchParams.get('action')).toBe('contact.unmask')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByText('Export CSV').click(),
      ])
      const table = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/)
      expect(table).toHaveLength(2)
      expect(table[1]).toContain('Where exactly is it?')
    },
    LONG,
  )

  it(
    'filters by who, span and outcome as its address says, and goes on page by page',
    async () => {
      await told({
        actor: { kind: 'nobody', id: null, name: '', role: null },
        action: 'sign-in',
        outcome: 'refused',
      })
      for (let n = 0; n < 101; n++) await told({ subject: `incident ${n}` })
      await open('/audit?who=zhou')
      await page.getByText('Rows shown: 100').waitFor({ state: 'attached' })
      await button('More rows').click()
      await page.getByText('Rows shown: 103').waitFor({ state: 'attached' })
      expect(await button('More rows').count()).toBe(0)
      await button('Refusals').click()
      await lines().getByText('Not signed in').first().waitFor()
      expect(await page.locator('tr[data-outcome="done"]').count()).toBe(0)
      await open('/audit?last=2020-01-01')
      await page.getByText('Nothing passes these filters').waitFor()
    },
    LONG,
  )
})

it('none of these pages logs an error of its own', () => {
  // What was refused on purpose above is logged by the browser itself
  expect(errors.filter((error) => !/Failed to load resource.*(400|409)/.test(error))).toEqual([])
})
