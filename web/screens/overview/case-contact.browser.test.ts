import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { signIn } from '../../../server/test-app.ts'
import { openBrowser, openPage, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict } from '../../browser-tests/sample-district.ts'

const LONG = 120_000
const CONTACT = { name: '王秀兰', phone: '+86 139-1234-5678' }

let made: TestDatabase
let server: TestServer
let browser: Browser
let page: Page
let id: number

beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  const contactKey = Buffer.alloc(32, 4).toString('base64')
  server = await startServer(made.db, { SIMULATE: '0', CONTACT_KEY: contactKey })
  browser = await openBrowser()
  ;({ page } = await openPage(browser))
  const cookie = await signIn(made.db)
  const get = async (path: string) => (await fetch(server.url + path, { headers: { cookie } })).json()
  const [{ lng, lat, categoryCode }] = (await get('/api/incidents?limit=1')).items
  const reported = await fetch(`${server.url}/api/incidents`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': 'contact' },
    body: JSON.stringify({ categoryCode, lng, lat, contact: CONTACT }),
  })
  id = (await reported.json()).id
}, LONG)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await made?.drop()
})

it(
  'shows whom to call by four digits, and whole for who states why',
  async () => {
    await page.goto(`${server.url}/?case=${id}&language=en`)
    await page.getByText('phone ending in 5678').waitFor()
    expect(await page.content()).not.toContain(CONTACT.name)
    await page.getByRole('button', { name: 'Show contact' }).click()
    await page.getByLabel('Why do you need it?').fill('    why ')
    expect(await page.getByRole('button', { name: 'Show contact' }).isDisabled()).toBe(true)
    await page.getByLabel('Why do you need it?').fill('Where exactly is the cover?')
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/contact-reason.png` })
    await page.getByRole('button', { name: 'Show contact' }).click()
    await page.getByText(CONTACT.name).waitFor()
    expect(await page.getByRole('link', { name: CONTACT.phone }).getAttribute('href')).toBe(
      'tel:+8613912345678',
    )
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/contact-whole.png` })
    const { rows } = await made.db.query(`SELECT subject, after FROM audit WHERE action = 'contact.unmask'`)
    expect(rows).toEqual([{ subject: `incident ${id}`, after: { reason: 'Where exactly is the cover?' } }])
    await page.getByRole('button', { name: 'Hide' }).click()
    await page.getByText('phone ending in 5678').waitFor()
    expect(await page.content()).not.toContain(CONTACT.name)
  },
  LONG,
)
