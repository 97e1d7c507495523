import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestDatabase, type TestDatabase } from '../../server/database/test-database.ts'
import { openBrowser, openPage, startServer, type TestServer } from './pages.ts'
import { fillSampleDistrict } from './sample-district.ts'

const LONG = 120_000
/** Levels A and AA of WCAG 2.0, 2.1 and 2.2. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Every screen, and what is there once it is whole. */
const SCREENS = [
  { path: '/', whole: '.right-panel [data-figure="total"]' },
  { path: '/start', whole: '.door' },
  { path: '/made-up', whole: '.made-up section' },
  { path: '/imports', whole: 'main h2, main h1' },
]
const LOOKS = [
  { language: 'zh-CN', theme: 'dark' },
  { language: 'en', theme: 'light' },
]

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

async function faultsOf(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy would refuse that
  await page.evaluate(axe.source)
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

describe.each(LOOKS)('in $language, $theme', ({ language, theme }) => {
  it.each(SCREENS)(
    '$path breaks no rule of WCAG 2.2 AA that a machine can check',
    async ({ path, whole }) => {
      const { page } = await openPage(browser)
      await page.goto(`${server.url}${path}?language=${language}&theme=${theme}`)
      await page.locator(whole).first().waitFor()
      await page.waitForTimeout(500)
      expect(await faultsOf(page)).toEqual([])
      await page.close()
    },
    LONG,
  )
})
