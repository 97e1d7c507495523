import type { CDPSession, Page } from 'playwright-core'
import type { Database } from '../../server/database/database.ts'
import { signIn } from '../../server/test-app.ts'
import { openBrowser, startServer, type TestServer } from '../../web/browser-tests/pages.ts'

const SIZE = { width: 1920, height: 1080 }
const LONGEST_WAIT_MS = 120_000

/** A paired wall in a browser, and whoever steers it. */
export interface WallBrowser {
  page: Page
  wallId: number
  /** milliseconds from asking for the page to its first whole picture */
  firstPictureMs: number
  /** the page was loaded so many times */
  loads(): number
  contextLosses(): Promise<number>
  /** MB in use after a collection, and nodes of the document */
  memory(): Promise<{ heapMb: number; nodes: number }>
  /** as an administrator */
  ask<T>(method: string, path: string, body?: object): Promise<T>
  close(): Promise<void>
}

/** Starts the server over `db`, pairs a wall by its code and shows it. */
export async function openWall(db: Database): Promise<WallBrowser> {
  const server = await startServer(db, { SIMULATE: '0' })
  const administrator = await signIn(db)
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(server.url + path, {
      method,
      headers: {
        cookie: administrator,
        'idempotency-key': crypto.randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return (answer.status === 204 ? null : await answer.json()) as T
  }
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'no-preference' })
  const page = await context.newPage()
  const { id: wallId } = await ask<{ id: number }>('POST', '/api/walls', { name: 'bench' })
  await pair(page, server, ask, wallId)
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  const begin = Date.now()
  await page.goto(`${server.url}/wall`)
  await picture(page)
  const firstPictureMs = Date.now() - begin
  await page.evaluate(() => {
    const counted = window as unknown as { losses: number }
    counted.losses = 0
    addEventListener(
      'webglcontextlost',
      () => {
        counted.losses += 1
      },
      { capture: true },
    )
  })
  const session = await context.newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('Performance.enable')
  return {
    page,
    wallId,
    firstPictureMs,
    loads: () => loads,
    contextLosses: () => page.evaluate(() => (window as unknown as { losses: number }).losses),
    memory: () => memoryOf(session),
    ask,
    async close() {
      await browser.close()
      await server.kill()
    },
  }
}

async function pair(page: Page, server: TestServer, ask: WallBrowser['ask'], wallId: number): Promise<void> {
  await page.goto(`${server.url}/pair`)
  const code = await page.locator('.pairing-code').textContent({ timeout: LONGEST_WAIT_MS })
  await ask('POST', '/api/walls/devices', { code: code!.trim(), name: 'bench', scope: [''], wallId })
  await page.waitForURL(/\/wall/, { timeout: LONGEST_WAIT_MS })
}

/** The scene stands, with its map drawn and its cases counted. */
export async function picture(page: Page): Promise<void> {
  await page.locator('.wall .map-view[data-condition="ready"]').waitFor({ timeout: LONGEST_WAIT_MS })
  await page.locator('.wall-map[aria-busy="false"]').waitFor({ timeout: LONGEST_WAIT_MS })
  await page.locator('.wall .map-loading').waitFor({ state: 'detached', timeout: LONGEST_WAIT_MS })
}

async function memoryOf(session: CDPSession): Promise<{ heapMb: number; nodes: number }> {
  // The second one takes what the first one's finalisers let go
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const named = (name: string) => metrics.find((metric) => metric.name === name)!.value
  return { heapMb: named('JSHeapUsedSize') / 2 ** 20, nodes: named('Nodes') }
}
