import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importsOf } from '../../../scripts/real-cities.ts'
import { dissolveAreasFromGrids } from '../../../server/areas/queries.ts'
import type { Queryable } from '../../../server/database/database.ts'
import { makeTestDatabase, type TestDatabase } from '../../../server/database/test-database.ts'
import { checkCoverage } from '../../../server/grids/queries.ts'
import { importFiles } from '../../../server/imports/import-files.ts'
import { openBrowser, openPage, startServer, type TestServer } from '../../browser-tests/pages.ts'
import { fillSampleDistrict, SAMPLE } from '../../browser-tests/sample-district.ts'

const LONG = 240_000
const WAIT = { timeout: 60_000 }
const CASES = 1500
const realData = process.env.REAL_DATA_DIR ?? ''

let browser: Browser
let folder = ''
beforeAll(async () => {
  browser = await openBrowser()
  folder = await mkdtemp(join(tmpdir(), 'imports-browser-test-'))
}, LONG)
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

const send = (page: Page, file: string) => page.locator('input[type=file]').setInputFiles(file)

async function choose(page: Page, control: string, text: string): Promise<void> {
  await page.locator(`${control} .ant-select`).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

const check = (page: Page) => page.getByRole('button', { name: 'Check', exact: true }).click()
const begin = (page: Page) => page.getByRole('button', { name: 'Import', exact: true }).click()
const ended = (page: Page, state: string) => page.locator(`.job[data-state="${state}"]`).waitFor(WAIT)

async function counts(page: Page): Promise<Record<string, number>> {
  const all = await page
    .locator('.job [data-count]')
    .evaluateAll((items) =>
      items.map((item) => [item.getAttribute('data-count'), Number(item.getAttribute('data-value'))]),
    )
  return Object.fromEntries(all)
}

/** All that an import writes, but for what the database numbers and stamps itself; a row a line. */
async function contents(db: Queryable): Promise<Record<string, string>> {
  const statements = {
    areas: `SELECT code, level, name, parent_code, geom::text FROM areas ORDER BY code`,
    grids: `SELECT code, valid_from, valid_to, area_code, name, needs_repair, geom::text FROM grids ORDER BY code`,
    categories: `SELECT code, parent_code, name, kind FROM categories ORDER BY code`,
    departments: `SELECT code, name FROM departments ORDER BY code`,
    incidents: `SELECT number, category_code, level, intake, title, address, department_code, geom::text, grid_at_report,
            grid_now, area_code, reported_at, status, due_at, closed_at
       FROM incidents ORDER BY number`,
    transitions: `SELECT number, at, actor, from_status, to_status, transitions.due_at, reason
       FROM transitions JOIN incidents ON incidents.id = incident_id ORDER BY number, at, transitions.id`,
  }
  const all: Record<string, string> = {}
  for (const [table, sql] of Object.entries(statements)) {
    const { rows } = await db.query(sql)
    all[table] = rows.map((row) => JSON.stringify(row)).join('\n')
  }
  return all
}

describe.skipIf(!existsSync(realData))("Boston's dirty files (needs REAL_DATA_DIR)", () => {
  let byWeb: TestDatabase
  let byCommand: TestDatabase
  let server: TestServer
  let cases = ''

  beforeAll(async () => {
    byWeb = await makeTestDatabase()
    byCommand = await makeTestDatabase()
    server = await startServer(byWeb.db, {
      DATA_DIR: join(folder, 'web'),
      GRID_CODE_SCHEME: 'free',
      DISTRICT_LANGUAGE: 'en',
      SIMULATE: '0',
    })
    cases = join(folder, 'boston_311.csv.gz')
    await firstRows(join(realData, 'boston', 'boston_311_2015.csv.gz'), cases)
  }, LONG)
  afterAll(async () => {
    await server?.kill()
    await byWeb?.drop()
    await byCommand?.drop()
  })

  async function importByCommand(): Promise<void> {
    const config = {
      dataDir: join(folder, 'command'),
      timeZone: 'Asia/Shanghai',
      language: 'en',
      gridCodeScheme: 'free',
    } as const
    const parts = { db: byCommand.db, config, dissolveAreas: dissolveAreasFromGrids, checkCoverage }
    for (const options of await importsOf('boston', realData)) {
      if (options.kind === 'grids') await importFiles(parts, options)
      if (options.kind === 'incidents') await importFiles(parts, { ...options, files: [cases] })
    }
  }

  it(
    'come through the web as they do by the command line, are corrected next to the field, and can be undone',
    async () => {
      await importByCommand()
      const { page, errors } = await openPage(browser)
      await page.goto(`${server.url}/imports?language=en`)

      await send(page, join(realData, 'boston', 'Precincts.geojson.gz'))
      await page.locator('[data-option="crs"] .field-fault').waitFor(WAIT)
      await choose(page, '[data-field="code"]', 'WARD_PRECINCT')
      await page.locator('[data-option="crs"] input').fill('EPSG:2249')
      await page.locator('.place-preview canvas').waitFor(WAIT)
      await page.locator('[data-option="codePrefix"] input').fill('B')
      await page.locator('[data-option="areaLength"] input').fill('2')
      await check(page)
      await ended(page, 'refused')
      expect(await page.locator('[data-option="toleranceM"] .field-fault').textContent()).toContain(
        'wider than',
      )
      await page.locator('.findings button').first().click()
      expect(await page.locator('.place-preview').getAttribute('data-focus')).toBe('0')
      await page.locator('[data-option="toleranceM"] input').fill('5')
      await check(page)
      await ended(page, 'checked')
      expect(await counts(page)).toMatchObject({ inserted: 255, rowsRejected: 0 })
      await begin(page)
      await ended(page, 'done')

      await send(page, cases)
      await page.locator('[data-option="timeZone"]').waitFor(WAIT)
      await choose(page, '[data-option="timeZone"]', 'America/New_York')
      const values = page.locator('[data-option="values"]')
      await values.getByRole('button', { name: 'Add' }).click()
      await choose(page, '[data-option="values"]', 'Came in by')
      await values.getByPlaceholder('in the file').fill('Maximo Integration')
      await values.getByPlaceholder('means').fill('superior')
      await check(page)
      await ended(page, 'checked')
      expect((await counts(page)).inserted).toBe(CASES)
      await begin(page)
      await ended(page, 'done')
      const [web, command] = [await contents(byWeb.db), await contents(byCommand.db)]
      for (const table of Object.keys(command)) expect(web[table]).toBe(command[table])
      expect(web.incidents).toContain('superior')

      const row = page.locator('.past-imports tr[data-import]').first()
      await row.getByRole('button', { name: 'Undo' }).click()
      await page.locator('.ant-popconfirm').getByRole('button', { name: 'Undo' }).click()
      await page.locator('.past-imports tr[data-state="undone"]').waitFor(WAIT)
      expect((await byWeb.db.query(`SELECT 1 FROM incidents LIMIT 1`)).rows).toEqual([])
      expect(errors).toEqual([])
      await page.close()
    },
    LONG,
  )
})

/** The header and the first cases of the file, packed again. */
async function firstRows(from: string, to: string): Promise<void> {
  const packed = createGzip()
  const written = finished(packed.pipe(createWriteStream(to)))
  let rows = 0
  for await (const line of createInterface({ input: createReadStream(from).pipe(createGunzip()) })) {
    packed.write(`${line}\n`)
    if (++rows > CASES) break
  }
  packed.end()
  await written
}

describe('the import screen', () => {
  let made: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    made = await makeTestDatabase()
    await fillSampleDistrict(made.db)
    server = await startServer(made.db, { DATA_DIR: join(folder, 'sample'), SIMULATE: '0', DEMO: '0' })
  }, LONG)
  afterAll(async () => {
    await server?.kill()
    await made?.drop()
  })

  const put = async (name: string, text: string) => {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }
  const caseFile = (place: string) =>
    `编号,类别,上报时间,备注,经度,纬度\nX1,暴露垃圾,2025-05-01 08:00,甲,${place}\nX2,暴露垃圾,昨天,乙,${place}\n`
  const inside = `${SAMPLE.west + 0.001},${SAMPLE.south + 0.001}`

  it(
    'refuses a file that it cannot take in a sentence, before and after it is sent',
    async () => {
      const { page } = await openPage(browser)
      await page.goto(`${server.url}/imports?language=zh-CN`)
      await send(page, await put('a.docx', 'x'))
      await expect
        .poll(() => page.getByRole('alert').textContent(), WAIT)
        .toContain('无法识别 a.docx 的扩展名')
      await send(page, await put('a.geojson', '<html></html>'))
      await expect.poll(() => page.getByRole('alert').textContent(), WAIT).toContain('内容与扩展名不符')
      expect(await page.getByRole('button', { name: '导入', exact: true }).isDisabled()).toBe(true)
      await page.close()
    },
    LONG,
  )

  it(
    'goes on after it was loaded again, names rejected rows with field and reason, and remembers columns',
    async () => {
      const { page, errors } = await openPage(browser)
      await page.goto(`${server.url}/imports?language=zh-CN`)
      await send(page, await put('案件.csv', caseFile(inside)))
      await page.locator('[data-field="number"]').waitFor(WAIT)
      await page.getByRole('button', { name: '检查', exact: true }).click()
      await ended(page, 'checked')
      await page.reload()
      await ended(page, 'checked')
      expect(await counts(page)).toEqual({ inserted: 1, updated: 0, unchanged: 0, rowsRejected: 1 })
      expect(await page.locator('.reject-table tbody tr').textContent()).toMatch(
        /^2X2上报时间时间无法识别.*「时间格式」/,
      )
      await choose(page, '[data-field="title"]', '备注')
      await page.getByText('设置已更改').waitFor(WAIT)
      await page.getByRole('button', { name: '导入', exact: true }).click()
      await ended(page, 'done')
      await send(page, await put('又.csv', caseFile(inside).replaceAll('X', 'Y')))
      await page.getByText('已沿用上次导入相同列的文件时的设置').waitFor(WAIT)
      expect(await page.locator('[data-field="title"]').textContent()).toContain('备注')
      expect(errors).toEqual([])
      await page.close()
    },
    LONG,
  )

  it(
    'says that a file lies elsewhere, and looks again when the order of coordinates is changed',
    async () => {
      const { page } = await openPage(browser)
      await page.goto(`${server.url}/imports?language=zh-CN`)
      await send(page, await put('远.csv', caseFile('100.5,25.5').replaceAll('编号', '案件号')))
      await page.getByText('文件范围不在本区内').waitFor(WAIT)
      await page.getByRole('button', { name: '检查', exact: true }).click()
      await page.getByRole('alert').getByText('所有记录都在全部网格之外').waitFor(WAIT)
      const systems = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) [role="option"]')
      await page.locator('[data-option="crs"] input').fill('bd')
      await page.locator('.ant-select-item-option', { hasText: 'bd09' }).waitFor(WAIT)
      expect(await page.locator('.ant-select-item-option').count()).toBe(1)
      await page.keyboard.press('Enter')
      await expect.poll(() => systems.count()).toBe(0)
      const [lng, lat] = inside.split(',')
      await send(page, await put('反.csv', caseFile(`${lat},${lng}`).replaceAll('编号', '案件编号')))
      await page.locator('[data-option="swapAxes"] .field-fault').waitFor(WAIT)
      await page.locator('[data-option="swapAxes"] input').check()
      await page.locator('[data-option="swapAxes"] .field-fault').waitFor({ ...WAIT, state: 'detached' })
      await page.locator('.place-preview canvas').waitFor(WAIT)
      await page.close()
    },
    LONG,
  )
})
