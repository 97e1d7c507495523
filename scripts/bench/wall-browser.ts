import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import type { WallContent } from '../../domain/wall/wall.ts'
import type { Database } from '../../server/database/database.ts'
import { signIn } from '../../server/test-app.ts'
import { openProfile, startServer, type TestServer } from '../../web/browser-tests/pages.ts'

const SIZE = { width: 1920, height: 1080 }
export const LONGEST_WAIT_MS = 120_000

/** A paired wall in a browser, and whoever steers it. */
export interface WallBrowser {
  page: Page
  /** where the server is */
  url: string
  wallId: number
  /** milliseconds from starting the browser, which was paired before, to its first whole picture */
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

/** Starts the server over `db`, pairs a wall of `content` by its code and shows it. */
export async function openWall(db: Database, content: WallContent): Promise<WallBrowser> {
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
  const profile = await mkdtemp(join(tmpdir(), 'bench-wall-'))
  const { id: wallId } = await ask<{ id: number }>('POST', '/api/walls', { name: 'bench', content })
  await pair(profile, server, ask, wallId)
  const begin = Date.now()
  const { context, page } = await openScreen(profile)
  await page.goto(`${server.url}/wall`)
  await picture(page)
  const firstPictureMs = Date.now() - begin
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
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
    url: server.url,
    wallId,
    firstPictureMs,
    loads: () => loads,
    contextLosses: () => page.evaluate(() => (window as unknown as { losses: number }).losses),
    memory: () => memoryOf(session),
    ask,
    async close() {
      await context.close()
      await server.kill()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

async function pair(
  profile: string,
  server: TestServer,
  ask: WallBrowser['ask'],
  wallId: number,
): Promise<void> {
  const { context, page } = await openScreen(profile)
  await page.goto(`${server.url}/pair`)
  const code = await page.locator('.pairing-code').textContent({ timeout: LONGEST_WAIT_MS })
  await ask('POST', '/api/walls/devices', { code: code!.trim(), name: 'bench', scope: [''], wallId })
  await page.waitForURL(/\/wall/, { timeout: LONGEST_WAIT_MS })
  await picture(page)
  await context.close()
}

async function openScreen(profile: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await openProfile(profile, SIZE)
  return { context, page: context.pages()[0] ?? (await context.newPage()) }
}

/** The scene stands, with all tiles of its map drawn and its cases counted. */
export async function picture(page: Page): Promise<void> {
  const drawn = '.wall .map-view[data-condition="ready"][data-loading="false"]'
  await page.locator(drawn).waitFor({ timeout: LONGEST_WAIT_MS })
  await page.locator('.wall-map[aria-busy="false"]').waitFor({ timeout: LONGEST_WAIT_MS })
}

async function memoryOf(session: CDPSession): Promise<{ heapMb: number; nodes: number }> {
  // The second one takes what the first one's finalisers let go
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const named = (name: string) => metrics.find((metric) => metric.name === name)!.value
  return { heapMb: named('JSHeapUsedSize') / 2 ** 20, nodes: named('Nodes') }
}
