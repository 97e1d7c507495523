import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { STATUSES, type Status } from '../../domain/incident.ts'
import { makeTestDatabase, type TestDatabase } from '../../server/database/test-database.ts'
import { loseGraphics } from '../browser-tests/lost-graphics.ts'
import {
  openBrowser,
  openPage,
  startServer,
  type TestServer,
  type WatchedPage,
} from '../browser-tests/pages.ts'
import { fillSampleDistrict, SAMPLE } from '../browser-tests/sample-district.ts'
import { oklabOf, type Rgb, rgbOf } from '../ui/colour.ts'
import { MAP_COLOURS, PLACE_OPACITY } from '../ui/map-colours.ts'
import { HEAT, STATUS_COLOURS, type Theme } from '../ui/palettes.ts'

/** For a picture that is drawn in software on a busy machine. */
const WAIT = { timeout: 60_000, interval: 500 }
/** Small, because every pixel is drawn in software; between the panels there is room for all grids. */
const SIZE = { width: 1280, height: 800 }
/** What no panel covers. */
const CLEAR = { left: 440, right: 880, top: 120, bottom: 620 }

/** As an address has it. */
interface At {
  lng: number
  lat: number
  zoom: number
  pitch?: number
}
const MIDDLE: At = {
  lng: SAMPLE.west + 2 * SAMPLE.gridWidth,
  lat: SAMPLE.south + 1.5 * SAMPLE.gridHeight,
  zoom: 13,
}

/** Where the map draws a place, seen from straight above; pixels of the page. */
function pixelOf(at: At, lng: number, lat: number): { x: number; y: number } {
  const world = 512 * 2 ** at.zoom
  const mercator = (degrees: number) => Math.atanh(Math.sin((degrees * Math.PI) / 180)) / (2 * Math.PI)
  return {
    x: SIZE.width / 2 + ((lng - at.lng) / 360) * world,
    y: SIZE.height / 2 - (mercator(lat) - mercator(at.lat)) * world,
  }
}

/** Middles of the grids, by code: none of the sample's buildings stands there. */
const GRIDS = Array.from({ length: SAMPLE.columns * SAMPLE.rows }, (_, n) => {
  const [x, y] = [n % SAMPLE.columns, Math.floor(n / SAMPLE.columns)]
  return {
    code: `${x < 2 ? '330199001001' : '330199001002'}${String(y * 2 + (x % 2) + 1).padStart(3, '0')}`,
    lng: SAMPLE.west + (x + 0.5) * SAMPLE.gridWidth,
    lat: SAMPLE.south + (y + 0.5) * SAMPLE.gridHeight,
  }
})

/** What the page shows, as colours. */
class Picture {
  constructor(
    private readonly pixels: Buffer,
    private readonly width: number,
  ) {}

  at({ x, y }: { x: number; y: number }): Rgb {
    const offset = (Math.round(y) * this.width + Math.round(x)) * 4
    return [this.pixels[offset]!, this.pixels[offset + 1]!, this.pixels[offset + 2]!]
  }

  /** how many pixels within `reach` of a place fulfil a wish */
  count({ x, y }: { x: number; y: number }, reach: number, wanted: (colour: Rgb) => boolean): number {
    let found = 0
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        if (wanted(this.at({ x: x + dx, y: y + dy }))) found++
      }
    }
    return found
  }

  /** how much of light writing is around a place */
  light(middle: { x: number; y: number }): number {
    return this.count(middle, 30, (colour) => oklabOf(colour)[0] > 0.65)
  }
}

const distance = (one: Rgb, other: Rgb) => {
  const [a, b] = [oklabOf(one), oklabOf(other)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
const alike = (one: Rgb, other: Rgb, within = 0.03) => distance(one, other) < within

const mixed = (below: Rgb, above: Rgb, opacity: number) =>
  below.map((part, index) => part + (above[index]! - part) * opacity) as unknown as Rgb

/** The page decodes its own screenshot: nothing here reads PNG. */
async function look(page: Page): Promise<Picture> {
  const png = await page.screenshot({ animations: 'disabled' })
  const pixels = await page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const bytes = context.getImageData(0, 0, image.width, image.height).data
    let text = ''
    for (let start = 0; start < bytes.length; start += 32_768) {
      text += String.fromCharCode(...bytes.subarray(start, start + 32_768))
    }
    return btoa(text)
  }, png.toString('base64'))
  return new Picture(Buffer.from(pixels, 'base64'), SIZE.width)
}

let browser: Browser
let made: TestDatabase
let server: TestServer
beforeAll(async () => {
  made = await makeTestDatabase()
  await fillSampleDistrict(made.db)
  server = await startServer(made.db)
  browser = await openBrowser()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.kill()
  await made?.drop()
})

describe('the map', () => {
  let watched: WatchedPage
  let page: Page
  beforeEach(async () => {
    watched = await openPage(browser, SIZE)
    page = watched.page
  })
  afterEach(async () => {
    await page.close()
    expect(watched.foreign).toEqual([])
  })

  /** Canvases of maps that are still kept by something after a collection. */
  async function mapsInMemory(): Promise<number> {
    const session = await page.context().newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    const { result: canvas } = await session.send('Runtime.evaluate', {
      expression: 'HTMLCanvasElement.prototype',
    })
    const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: canvas.objectId! })
    const { result: count } = await session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration:
        'function () { return this.filter(({ className }) => className === "maplibregl-canvas").length }',
      returnByValue: true,
    })
    await session.detach()
    return count.value
  }

  async function open(layers: string, at: At, more = ''): Promise<void> {
    const camera = [at.lng, at.lat, at.zoom, 0, at.pitch ?? 0].join()
    await page.goto(`${server.url}/?${more}&language=en&span=30d&layers=${layers}&at=${camera}`)
    await page.locator('.map-view[data-condition="ready"]').waitFor(WAIT)
    await page.locator('.right-panel [data-figure="total"]').waitFor(WAIT)
  }

  /** The colours of the legend from many to few, and how many places each stands for. */
  const legend = () =>
    page.locator('.legend-classes tbody tr').evaluateAll((rows) =>
      rows.map((row) => ({
        colour: getComputedStyle(row.querySelector('.legend-swatch i')!)
          .backgroundColor.match(/\d+/g)!
          .map(Number),
        places: Number(row.getAttribute('data-places')),
      })),
    ) as unknown as Promise<{ colour: Rgb; places: number }[]>

  async function casesByGrid(): Promise<Map<string, number>> {
    const span = await page.locator('[data-span]').getAttribute('data-span')
    const { rows } = await made.db.query<{ code: string; cases: number }>(
      `SELECT grid_now AS code, count(*) AS cases FROM incidents
        WHERE reported_at >= to_timestamp($1) AND reported_at < to_timestamp($2) AND grid_now IS NOT NULL
        GROUP BY grid_now`,
      span!.split('-').map(Number),
    )
    return new Map(rows.map(({ code, cases }) => [code, cases]))
  }

  /** The number of the legend's class that each grid is painted in; -1: in none of them. */
  async function paintedClasses(theme: Theme, at: At): Promise<number[]> {
    const classes = await legend()
    const ground = rgbOf(MAP_COLOURS[theme].ground)
    const picture = await look(page)
    return GRIDS.map(({ lng, lat }) => {
      const seen = picture.at(pixelOf(at, lng, lat))
      return classes.findIndex(({ colour }) => alike(seen, mixed(ground, colour, PLACE_OPACITY)))
    })
  }

  it("paints every grid in its class's colour, in both themes, without fetching a tile anew", async () => {
    await open('grids', MIDDLE)
    const cases = await casesByGrid()
    const mostFirst = GRIDS.map(({ code }) => cases.get(code) ?? 0)
    const check = async (theme: Theme) => {
      await expect.poll(async () => (await paintedClasses(theme, MIDDLE)).includes(-1), WAIT).toBe(false)
      const classes = await paintedClasses(theme, MIDDLE)
      const legendPlaces = (await legend()).map(({ places }) => places)
      expect(legendPlaces.map((_, number) => classes.filter((one) => one === number).length)).toEqual(
        legendPlaces,
      )
      for (const [one, number] of classes.entries()) {
        for (const [other, otherNumber] of classes.entries()) {
          if (number < otherNumber) expect(mostFirst[one]).toBeGreaterThan(mostFirst[other]!)
        }
      }
    }
    await check('dark')
    const tiles: string[] = []
    page.on('request', (request) => request.url().includes('/tiles/') && tiles.push(request.url()))
    await page.getByText('Equal interval').click()
    await check('dark')
    await page.getByRole('button', { name: 'Switch to the light theme' }).click()
    await check('light')
    expect(tiles.filter((url) => url.endsWith('.mvt'))).toEqual([])
    expect(watched.errors).toEqual([])
  })

  it('paints communities, streets and hexagons too', async () => {
    for (const by of ['community', 'street', 'hexagon']) {
      await open('grids', MIDDLE, `by=${by}`)
      await expect
        .poll(async () => (await paintedClasses('dark', MIDDLE)).filter((number) => number >= 0).length, WAIT)
        .toBeGreaterThanOrEqual(by === 'hexagon' ? 3 : GRIDS.length)
    }
  })

  it('draws heat where the cases are, and none without it', async () => {
    const warmth = async () => {
      const picture = await look(page)
      let warm = 0
      for (let x = CLEAR.left; x < CLEAR.right; x += 2) {
        for (let y = CLEAR.top; y < CLEAR.bottom; y += 2) {
          const [red, green, blue] = picture.at({ x, y })
          if (red > 60 && red > green + 25 && red + 40 > blue) warm++
        }
      }
      return warm
    }
    await open('none', MIDDLE)
    expect(await warmth()).toBe(0)
    await open('heat', MIDDLE)
    await expect.poll(warmth, WAIT).toBeGreaterThan(500)
    expect(
      await page.locator('.legend-ramp').evaluate((ramp) => getComputedStyle(ramp).backgroundImage),
    ).toContain(`rgb(${rgbOf(HEAT.dark[0]!).join(', ')})`)
  })

  it('gathers cases into clusters that hold them all, and opens one on a click', async () => {
    await open('points', { ...MIDDLE, zoom: 8 })
    const total = Number(await page.locator('.right-panel [data-figure="total"]').getAttribute('data-value'))
    const card = page.locator('.hover-card[data-kind="cluster"]')
    const { x, y } = pixelOf({ ...MIDDLE, zoom: 8 }, SAMPLE.west + 0.02, MIDDLE.lat)
    await expect
      .poll(async () => {
        await page.mouse.move(x - 3, y)
        await page.mouse.move(x, y)
        return card.isVisible()
      }, WAIT)
      .toBe(true)
    expect(await card.textContent()).toContain(String(total))
    await page.mouse.click(x, y)
    await expect
      .poll(() => Number(new URL(page.url()).searchParams.get('at')!.split(',')[2]), WAIT)
      .toBeCloseTo(10, 1)
  })

  it("draws single cases close up, in their status's colour, and tells which it is", async () => {
    await open('points', { ...MIDDLE, zoom: 15 })
    const span = (await page.locator('[data-span]').getAttribute('data-span'))!.split('-').map(Number)
    const { rows } = await made.db.query<{ status: Status; lng: number; lat: number }>(
      `SELECT status, ST_X(geom) AS lng, ST_Y(geom) AS lat FROM incidents
        WHERE reported_at >= to_timestamp($1) AND reported_at < to_timestamp($2)`,
      span,
    )
    const at = { ...MIDDLE, zoom: 15 }
    const inView = rows
      .map((row) => ({ ...row, ...pixelOf(at, row.lng, row.lat) }))
      .filter(({ x, y }) => x > CLEAR.left && x < CLEAR.right && y > CLEAR.top && y < CLEAR.bottom)
    const alone = inView.filter((one) =>
      inView.every((other) => other === one || Math.hypot(one.x - other.x, one.y - other.y) > 30),
    )
    expect(alone.length).toBeGreaterThan(4)
    const coloured = async () => {
      const picture = await look(page)
      return alone.filter((one) => {
        const colour = rgbOf(STATUS_COLOURS.dark[one.status])
        return picture.count(one, 9, (seen) => alike(seen, colour, 0.06)) > 5
      }).length
    }
    await expect.poll(coloured, WAIT).toBe(alone.length)
    expect(new Set(alone.map(({ status }) => status)).size).toBeGreaterThan(1)
    const shown = await page.locator('.legend-statuses li').count()
    expect(shown).toBeLessThanOrEqual(STATUSES.length + 1)
    const card = page.locator('.hover-card[data-kind="incident"]')
    await page.mouse.move(alone[0]!.x - 2, alone[0]!.y)
    await page.mouse.move(alone[0]!.x, alone[0]!.y)
    await card.waitFor(WAIT)
    const number = card.locator('[data-figure="hover-number"]')
    await expect.poll(() => number.textContent(), WAIT).toMatch(/^S\d{6}$/)
    await page.mouse.click(alone[0]!.x, alone[0]!.y)
    await page.locator('.case-head', { hasText: (await number.textContent())! }).waitFor(WAIT)
  })

  it('raises buildings by their height when tilted, and lays them flat seen from above', async () => {
    const { rows } = await made.db.query<{ lng: number; lat: number; north: number }>(
      `SELECT ST_X(ST_Centroid(geom)) AS lng, ST_Y(ST_Centroid(geom)) AS lat, ST_YMax(geom::box3d) AS north
         FROM buildings ORDER BY id LIMIT 1`,
    )
    const { lng, lat } = rows[0]!
    const middle = { x: SIZE.width / 2, y: SIZE.height / 2 }
    // 18 m stand 34 pixels high at this zoom, the footprint reaches 18 pixels to the north when tilted
    const above = { x: middle.x, y: middle.y - 34 }
    const ground = rgbOf(MAP_COLOURS.dark.ground)
    const seen = async () => {
      const picture = await look(page)
      return { building: !alike(picture.at(middle), ground), above: !alike(picture.at(above), ground) }
    }
    await open('buildings', { lng, lat, zoom: 17, pitch: 60 })
    await expect.poll(seen, WAIT).toEqual({ building: true, above: true })
    await open('none', { lng, lat, zoom: 17, pitch: 60 })
    await expect.poll(seen, WAIT).toEqual({ building: false, above: false })
    await open('buildings', { lng, lat, zoom: 17 })
    // From above the footprint reaches 33 pixels to the north
    const flat = async () => {
      const picture = await look(page)
      return [20, 45].map((north) => !alike(picture.at({ ...middle, y: middle.y - north }), ground))
    }
    await expect.poll(flat, WAIT).toEqual([true, false])
  })

  it('writes Chinese names with its own font', async () => {
    const fonts: string[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.woff2') && response.ok()) fonts.push(response.url())
    })
    const at = { lng: GRIDS[5]!.lng, lat: GRIDS[5]!.lat, zoom: 15 }
    await open('grids,labels', at, 'language=zh-CN')
    const middle = pixelOf(at, at.lng, at.lat)
    await expect.poll(async () => (await look(page)).light(middle), WAIT).toBeGreaterThan(60)
    expect(fonts.length).toBeGreaterThan(0)
    await open('grids', at)
    await expect.poll(async () => (await look(page)).light(middle), WAIT).toBe(0)
  })

  it('comes back with all it showed after the graphics device was lost', async () => {
    await open('grids,points', MIDDLE)
    const painted = async () => (await paintedClasses('dark', MIDDLE)).filter((number) => number >= 0).length
    await expect.poll(painted, WAIT).toBeGreaterThan(4)
    const before = await painted()
    await loseGraphics(page)
    await expect.poll(() => page.locator('.map-canvas canvas.maplibregl-canvas').count(), WAIT).toBe(1)
    await page.locator('.map-view[data-condition="ready"]').waitFor(WAIT)
    await expect.poll(painted, WAIT).toBe(before)
  })

  it('keeps nothing of the maps before when the next ones lose their graphics before they have begun', async () => {
    await open('grids,points', MIDDLE)
    await page.evaluate(() => {
      let left = 2
      new MutationObserver((records, observer) => {
        for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
          const canvas = (node as Element).querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas')
          if (!canvas || left === 0) continue
          canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext()
          left -= 1
          if (left > 0) continue
          observer.disconnect()
          document.documentElement.dataset.lostAgain = 'yes'
        }
      }).observe(document.querySelector('.map-canvas')!, { childList: true, subtree: true })
    })
    await loseGraphics(page)
    await page.locator('html[data-lost-again]').waitFor({ state: 'attached', ...WAIT })
    await page.locator('.map-view[data-condition="ready"][data-loading="false"]').waitFor(WAIT)
    await expect.poll(mapsInMemory, WAIT).toBe(1)
    expect(watched.errors).toEqual([])
  })

  it('is whole after graphics were lost, and given back, while another page was shown', async () => {
    await open('grids,points', MIDDLE)
    const painted = async () => (await paintedClasses('dark', MIDDLE)).filter((number) => number >= 0).length
    await expect.poll(painted, WAIT).toBeGreaterThan(4)
    const before = await painted()
    const graphics = await page.evaluateHandle(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.map-canvas canvas.maplibregl-canvas')!
      canvas.dataset.lost = 'yes'
      return canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!
    })
    await page.evaluate(() => history.pushState(null, '', '/imports'))
    await page.locator('.map-view').waitFor({ state: 'detached', ...WAIT })
    await graphics.evaluate(async (context) => {
      context.loseContext()
      await new Promise((resolve) => setTimeout(resolve, 100))
      context.restoreContext()
      await new Promise((resolve) => setTimeout(resolve, 100))
    })
    await page.goBack()
    await page.locator('.map-canvas canvas.maplibregl-canvas:not([data-lost])').waitFor(WAIT)
    await page.locator('.map-view[data-condition="ready"][data-loading="false"]').waitFor(WAIT)
    await expect.poll(painted, WAIT).toBe(before)
  })

  it('says that there are no graphics, and comes once there are', async () => {
    await page.addInitScript(() => {
      const given = HTMLCanvasElement.prototype.getContext
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...words: unknown[]) {
        return words[0] === 'webgl2' && !('givesGraphics' in window)
          ? null
          : given.apply(this, words as never)
      } as typeof given
    })
    await page.goto(`${server.url}/?language=en`)
    await page.locator('.map-view[data-condition="impossible"]').waitFor(WAIT)
    expect(await page.locator('.map-message').textContent()).toContain('WebGL')
    await page.evaluate(() => Object.assign(window, { givesGraphics: true }))
    await page.locator('.map-view[data-condition="ready"]').waitFor(WAIT)
  })

  it('says when tiles do not come, and has them once they do', async () => {
    await page.route('**/tiles/grids/**', (route) => route.abort())
    await open('grids', MIDDLE)
    await page.locator('.map-message').waitFor(WAIT)
    expect(await page.locator('.map-message').textContent()).toContain('tiles')
    await page.unroute('**/tiles/grids/**')
    await expect.poll(async () => (await paintedClasses('dark', MIDDLE)).includes(-1), WAIT).toBe(false)
    await page.locator('.map-message').waitFor({ state: 'detached', ...WAIT })
  })

  it('turns, tilts and goes back north by its buttons, and writes where it looks into the address', async () => {
    await open('none', MIDDLE)
    const camera = () => new URL(page.url()).searchParams.get('at')!.split(',').map(Number)
    await page.getByRole('button', { name: 'Tilt' }).click()
    await expect.poll(() => camera()[4], WAIT).toBeGreaterThan(40)
    await page.locator('.map-canvas canvas').focus()
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => camera()[3], WAIT).not.toBe(0)
    await page.getByRole('button', { name: 'North up' }).click()
    await expect.poll(() => camera()[3], WAIT).toBe(0)
    await page.getByRole('button', { name: 'Straight down' }).click()
    await expect.poll(() => camera()[4], WAIT).toBe(0)
    expect(await page.locator('.map-scale').textContent()).toMatch(/^\d+ k?m$/)
  })
})
