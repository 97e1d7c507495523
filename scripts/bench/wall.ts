import { readyMadeWall } from '../../domain/wall/ready-made.ts'
import type { Scene } from '../../domain/wall/scene.ts'
import type { SteeringCommand } from '../../domain/wall/steering.ts'
import { dissolveAreasFromGrids } from '../../server/areas/queries.ts'
import { openDatabase } from '../../server/database/connect.ts'
import { seedDemoDistrict } from '../../server/demo/seed.ts'
import { loseGraphics } from '../../web/browser-tests/lost-graphics.ts'
import { openBrowser, openPage } from '../../web/browser-tests/pages.ts'
import { apartMs, setClockWrong } from '../../web/browser-tests/split-wall.ts'
import { type Bench, type BenchContext, belowLimit, type Measure, median } from './measure.ts'
import { LONGEST_WAIT_MS, openWall, picture, type WallBrowser } from './wall-browser.ts'
import { startLoad } from './wall-load.ts'

const DATABASE = 'bench_wall'
/** Two hours at twelve times the district's rate are a day of it; WALL_SOAK_MINUTES asks for less or more. */
const SOAK_MINUTES = Number(process.env.WALL_SOAK_MINUTES ?? 120)
const SPEED = 12
const LOSSES = Number(process.env.WALL_CONTEXT_LOSSES ?? 100)
const SCENE_CHANGES = Number(process.env.WALL_SCENE_CHANGES ?? 500)
const SAMPLE_EVERY_MS = 60_000
const SPLIT_CHANGES = 10
const GLIDE_AND_LABELS_MS = 10_000
/** Until what was steered has reached the page. */
const STEERED_MS = 10_000
const SAME_PICTURES = 4

const FIRST_PICTURE_LIMIT_MS = 5_000
const REDRAW_LIMIT_MS = 2_000
const APART_LIMIT_MS = 100
const GROWTH_LIMIT_MB_AN_HOUR = 0.5
/** Lists grow and shrink by their rows. */
const NODES_LIMIT = 1.1
/** What 500 scenes may leave behind and still be called nothing. */
const SCENES_LIMIT_MB = 5

/** Without its night, which makes pictures darker from ten o'clock on. */
const { night: _, ...READY_MADE } = readyMadeWall('zh-CN')
/** Open cases by number: a picture that does not change as time passes. */
const STILL: Scene = {
  ...READY_MADE.scenes[0]!,
  id: 'still',
  source: { kind: 'incidents', span: 'open' },
  panels: [],
}

/** A wall that is left alone: what it takes to come up, to lose its graphics, to go round, and to stand a day. */
export const bench: Bench = {
  name: 'wall',
  async run(context) {
    await context.dropScratchDatabase(DATABASE)
    const db = await openDatabase({ databaseUrl: await context.scratchDatabase(DATABASE), dataDir: '' })
    try {
      const options = { scale: 1, timeZone: 'Asia/Shanghai', now: new Date() }
      await seedDemoDistrict(db, { ...options, dissolveAreas: dissolveAreasFromGrids })
      const wall = await openWall(db, { ...READY_MADE, scenes: [...READY_MADE.scenes, STILL] })
      context.say(`  first picture ${wall.firstPictureMs} ms after the start of the browser`)
      try {
        const measures: Measure[] = [
          belowLimit('power-on to the first picture', 'ms', [wall.firstPictureMs], FIRST_PICTURE_LIMIT_MS),
        ]
        measures.push(...(await loseContexts(wall, context)))
        measures.push(await splitInTwo(wall))
        measures.push(...(await changeScenes(wall, context)))
        const stop = await startLoad(db, SPEED)
        try {
          measures.push(...(await soak(wall, context)))
        } finally {
          context.say(`  the district wrote ${await stop()} rows meanwhile`)
        }
        return measures
      } finally {
        await wall.close()
      }
    } finally {
      await db.close()
      await context.dropScratchDatabase(DATABASE)
    }
  },
}

async function loseContexts(wall: WallBrowser, context: BenchContext): Promise<Measure[]> {
  const { page } = wall
  await steer(wall, { kind: 'pin', scene: STILL.id })
  await page.locator(`.wall[data-scene="${STILL.id}"]`).waitFor()
  await page.waitForTimeout(GLIDE_AND_LABELS_MS)
  await picture(page)
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.wall-picture')!.style.visibility = 'hidden'
  })
  const before = await stillPicture(wall)
  const redrawnMs: number[] = []
  let equal = 0
  for (let n = 0; n < LOSSES; n++) {
    // What is pinned stands for ten minutes
    await steer(wall, { kind: 'pin', scene: STILL.id })
    const begin = Date.now()
    await loseGraphics(page)
    await picture(page)
    redrawnMs.push(Date.now() - begin)
    const after = await stillPicture(wall)
    if (after.equals(before)) equal += 1
    if ((n + 1) % 10 === 0) context.say(`  ${n + 1} contexts lost, ${equal} pictures equal`)
  }
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.wall-picture')!.style.visibility = ''
  })
  return [
    belowLimit('graphics lost to redrawn', 'ms', redrawnMs, REDRAW_LIMIT_MS),
    belowLimit(`pictures unequal after ${LOSSES} losses`, '+ 1', [LOSSES - equal + 1], 1),
  ]
}

/** The picture once it has been the same for a while: labels fade in, and a busy machine draws late. */
async function stillPicture({ page }: WallBrowser): Promise<Buffer> {
  let last = await page.screenshot()
  for (let same = 0; same < SAME_PICTURES; ) {
    await page.waitForTimeout(500)
    const next = await page.screenshot()
    same = next.equals(last) ? same + 1 : 0
    last = next
  }
  return last
}

/** Two machines, one of which has its clock an hour wrong, show halves of one wall. */
async function splitInTwo(wall: WallBrowser): Promise<Measure> {
  const scenes = READY_MADE.scenes.slice(0, 2).map((scene) => ({ ...scene, seconds: 5 }))
  const content = { ...READY_MADE, scenes, alarms: [], split: { columns: 2, rows: 1 } }
  const { id } = await wall.ask<{ id: number }>('POST', '/api/walls', { name: 'halves', content })
  const browser = await openBrowser('full')
  try {
    const half = async (column: number, wrongByMs: number) => {
      const { page } = await openPage(browser, { width: 480, height: 360 })
      await setClockWrong(page, wrongByMs)
      await page.goto(`${wall.url}/wall?wall=${id}&part=${column},0`)
      await picture(page)
      return page
    }
    const apart = await apartMs([await half(0, 0), await half(1, 3_600_000)], SPLIT_CHANGES)
    const atLeastOne = apart.map((ms) => Math.max(1, ms))
    return belowLimit('halves of a split wall apart', 'ms', atLeastOne, APART_LIMIT_MS)
  } finally {
    await browser.close()
  }
}

const steer = (wall: WallBrowser, command: SteeringCommand) =>
  wall.ask('POST', `/api/walls/${wall.wallId}/steering`, command)

const sceneOf = ({ page }: WallBrowser) => page.locator('.wall').getAttribute('data-scene')

async function changeScenes(wall: WallBrowser, context: BenchContext): Promise<Measure[]> {
  await steer(wall, { kind: 'resume' })
  // What stands by itself may be any scene: read once it does
  await wall.page.waitForTimeout(STEERED_MS)
  const next = async () => {
    const before = await sceneOf(wall)
    await steer(wall, { kind: 'next' })
    await wall.page.locator(`.wall:not([data-scene="${before}"])`).waitFor({ timeout: LONGEST_WAIT_MS })
    await picture(wall.page)
  }
  // Once round first: what is loaded once is no growth
  for (let n = 0; n < 10; n++) await next()
  const before = await wall.memory()
  for (let n = 0; n < SCENE_CHANGES; n++) {
    await next()
    if ((n + 1) % 50 === 0) context.say(`  ${n + 1} scenes, ${(await wall.memory()).heapMb.toFixed(1)} MB`)
  }
  const after = await wall.memory()
  return [
    belowLimit(
      `memory left by ${SCENE_CHANGES} scenes`,
      'MB',
      [Math.max(0.01, after.heapMb - before.heapMb)],
      SCENES_LIMIT_MB,
    ),
  ]
}

interface Sample {
  hours: number
  scene: string
  heapMb: number
  nodes: number
}

/** What is in use, minute by minute, in the second half: what starts up or is compiled as it is used is no leak. */
async function soak(wall: WallBrowser, context: BenchContext): Promise<Measure[]> {
  const samples: Sample[] = []
  const [loads, losses] = [wall.loads(), await wall.contextLosses()]
  const begin = Date.now()
  while (Date.now() - begin < SOAK_MINUTES * 60_000) {
    await wall.page.waitForTimeout(SAMPLE_EVERY_MS)
    const scene = (await sceneOf(wall))!
    const hours = (Date.now() - begin) / 3_600_000
    const { heapMb, nodes } = await wall.memory()
    samples.push({ hours, scene, heapMb, nodes })
    context.say(`  ${(hours * 60).toFixed(0)} min, ${scene}: ${heapMb.toFixed(2)} MB, ${nodes} nodes`)
  }
  const settled = samples.slice(Math.floor(samples.length / 2))
  const scenes = [...new Set(settled.map(({ scene }) => scene))].map((name) =>
    settled.filter(({ scene }) => scene === name),
  )
  return [
    belowLimit(
      `heap growth an hour, ${SOAK_MINUTES} min at ${SPEED} x`,
      'MB',
      [Math.max(0.01, slope(scenes.map((scene) => scene.map(({ hours, heapMb }) => [hours, heapMb]))))],
      GROWTH_LIMIT_MB_AN_HOUR,
    ),
    belowLimit(
      'nodes of a scene, later to earlier',
      'x',
      [Math.max(...scenes.map(growthOfNodes))],
      NODES_LIMIT,
    ),
    belowLimit(
      'reloads and lost contexts',
      '+ 1',
      [wall.loads() - loads + (await wall.contextLosses()) - losses + 1],
      1,
    ),
  ]
}

/** The later half against the earlier one, by the median of each: an alarm or two scenes at once come and go. */
function growthOfNodes(samples: readonly Sample[]): number {
  const half = samples.length >> 1
  const usual = (some: readonly Sample[]) => median(some.map(({ nodes }) => nodes))
  return samples.length < 2 ? 1 : usual(samples.slice(half)) / usual(samples.slice(0, half))
}

type Point = readonly [x: number, y: number]

/** Least squares of one slope for all groups, each of which stands at a height of its own: scenes differ in size. */
function slope(groups: readonly (readonly Point[])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const centred = groups.flatMap((points) => {
    const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
    return points.map(([px, py]): Point => [px - x, py - y])
  })
  const spread = centred.reduce((sum, [x]) => sum + x ** 2, 0)
  return spread === 0 ? 0 : centred.reduce((sum, [x, y]) => sum + x * y, 0) / spread
}
