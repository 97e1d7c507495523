// npm run pictures: makes the pictures of the READMEs and of the start page from the demo district.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { Language } from '../domain/district.ts'
import { readyMadeWall } from '../domain/wall/ready-made.ts'
import type { WallContent } from '../domain/wall/wall.ts'
import { makeFirstUsers } from '../server/access/first-users.ts'
import { dissolveAreasFromGrids } from '../server/areas/queries.ts'
import { openDatabase } from '../server/database/connect.ts'
import { seedShown } from '../server/demo/seed-shown.ts'
import { explainEnd } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'
import { openBrowser, openNewBrowser, startServer } from '../web/browser-tests/pages.ts'
import { buildWebWhenStale } from './build-web.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TIME_ZONE = 'Asia/Shanghai'
const DESK = { width: 1920, height: 1080 }
const DOOR = { width: 1280, height: 720 }
/** Drawn in software. */
const LONGEST_WAIT_MS = 120_000
/** Names fade in, and figures come after the map. */
const LABELS_AND_FIGURES_MS = 10_000

interface Picture {
  file: string
  /** CENTRE is that of the district, CHINESE and ENGLISH are walls in these languages */
  path: string
  size: { width: number; height: number }
  mapOnly?: boolean
}

const PICTURES: Picture[] = [
  { file: 'docs/pictures/overview-zh.jpg', path: '/?span=7d&language=zh-CN&theme=light', size: DESK },
  { file: 'docs/pictures/overview-en.jpg', path: '/?span=7d&language=en', size: DESK },
  { file: 'docs/pictures/wall-zh.jpg', path: '/wall?wall=CHINESE', size: DESK },
  { file: 'docs/pictures/wall-en.jpg', path: '/wall?wall=ENGLISH', size: DESK },
  { file: 'web/public/start/wall.jpg', path: '/wall?wall=CHINESE', size: DOOR },
  {
    file: 'web/public/start/planner.jpg',
    path: '/?span=30d&language=zh-CN&theme=light&layers=base,grids,buildings,areas&measure=perHundredHouseholds&at=CENTRE,15.4,20,50',
    size: DOOR,
    mapOnly: true,
  },
  {
    file: 'web/public/start/supervisor.jpg',
    path: '/?span=7d&language=zh-CN&theme=light&layers=base,points,areas,labels&at=CENTRE,15.2,0,0',
    size: DOOR,
    mapOnly: true,
  },
  { file: 'docs/pictures/start-zh.jpg', path: '/start?language=zh-CN&theme=light', size: DOOR },
  { file: 'docs/pictures/start-en.jpg', path: '/start?language=en&theme=light', size: DOOR },
]

const steps = new Steps(process.stdout)
const dataDir = await mkdtemp(join(tmpdir(), 'pictures-'))
try {
  const db = await openDatabase({ databaseUrl: null, dataDir }, { onStep: (step) => steps.begin(step).end() })
  await seedShown(db, steps, { scale: 1, timeZone: TIME_ZONE, dissolveAreas: dissolveAreasFromGrids })
  await makeFirstUsers(db, false)
  const server = await startServer(db, { DISTRICT_TIME_ZONE: TIME_ZONE })
  const cookie = await enter(server.url)
  const named: Record<string, string> = {
    CENTRE: await centreOf(server.url, cookie),
    CHINESE: await makeWall(server.url, cookie, 'zh-CN'),
    ENGLISH: await makeWall(server.url, cookie, 'en'),
  }
  const browser = await openBrowser('full')
  try {
    for (const picture of PICTURES) {
      // The start page shows pictures that were taken just before
      await buildWebWhenStale(steps)
      const path = picture.path.replace(/CENTRE|CHINESE|ENGLISH/, (name) => named[name]!)
      await take(await openNewBrowser(browser, 'zh-CN', cookie), { ...picture, path: server.url + path })
      steps.line(picture.file)
    }
  } finally {
    await browser.close()
    await server.kill()
    await db.close()
  }
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exitCode = 1
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
process.exit()

/** As the administrator of the demo district; answers the cookie. */
async function enter(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/access/sign-in/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'administrator' }),
  })
  return answer.headers.getSetCookie()[0]!.split(';')[0]!
}

/** As the address of the overview has it. */
async function centreOf(url: string, cookie: string): Promise<string> {
  const answer = await fetch(`${url}/api/district`, { headers: { cookie } })
  const { bbox } = (await answer.json()) as { bbox: [number, number, number, number] }
  const [west, south, east, north] = bbox
  return `${((west + east) / 2).toFixed(5)},${((south + north) / 2).toFixed(5)}`
}

/** Of one scene, as bright at any hour. Answers its id. */
async function makeWall(url: string, cookie: string, language: Language): Promise<string> {
  const { night: _, scenes, ...rest } = readyMadeWall(language)
  const content = { ...rest, scenes: scenes.slice(0, 1), alarms: [] } satisfies WallContent
  const answer = await fetch(`${url}/api/walls`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ name: language, content }),
  })
  if (!answer.ok) throw new Error(`The wall was refused (${answer.status}): ${await answer.text()}`)
  return String(((await answer.json()) as { id: number }).id)
}

async function take(page: Page, { file, path, size, mapOnly }: Picture) {
  await page.setViewportSize(size)
  await page.addInitScript(() => localStorage.setItem('guided-look-closed', '1'))
  await page.goto(path)
  await page.locator('.map-view[data-loading="false"], .start').waitFor({ timeout: LONGEST_WAIT_MS })
  if (mapOnly)
    await page.addStyleTag({
      content: '.top-bar, .side, .panel, .legend, .map-controls { display: none !important }',
    })
  await page.waitForTimeout(LABELS_AND_FIGURES_MS)
  const target = join(ROOT, file)
  await mkdir(dirname(target), { recursive: true })
  await page.screenshot({ path: target, type: 'jpeg', quality: 82 })
  await page.context().close()
}
