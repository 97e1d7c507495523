import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { hashPassword } from '../../../server/access/password.ts'
import { insertUser } from '../../../server/access/users/queries.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { signIn } from '../../../server/test-app.ts'
import { openBrowser, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict } from '../../browser-tests/sample-district.ts'

const ONCE = 'a password for one use'
const OWN = '点苍山下洱海边的那一条石板路'

let database: TestDatabase
let server: TestServer
let browser: Browser
let page: Page

beforeAll(async () => {
  database = await makeTestDatabase()
  await fillSampleDistrict(database.db)
  server = await startServer(database.db, { DISTRICT_LANGUAGE: 'en', SIMULATE: '0' })
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await database?.drop()
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
