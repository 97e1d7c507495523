import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { buildWebWhenStale } from '../../scripts/build-web.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Database } from '../../server/database/database.ts'
import { Steps } from '../../server/steps.ts'
import { signIn } from '../../server/test-app.ts'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
// WebGL 2 in software, unless this machine has better
const GRAPHICS = process.env.CHROMIUM_GRAPHICS ?? '--use-angle=swiftshader --enable-unsafe-swiftshader'
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--ignore-gpu-blocklist',
  ...GRAPHICS.split(' '),
]

/**
 * What is drawn can be told from rough edges too. Where there is no graphics card small pages are put together by the
 * processor, as Chromium does there by itself: having WebGL's software do it takes longer.
 */
const QUICK = [
  '--webgl-antialiasing-mode=none',
  ...(process.env.CHROMIUM_GRAPHICS ? [] : ['--disable-gpu-compositing']),
]

/** `quick`: for tests; `full`: as a visitor's browser draws. */
export const openBrowser = (drawing: 'quick' | 'full' = 'quick'): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: drawing === 'quick' ? [...FLAGS, ...QUICK] : FLAGS,
    // Where no locale is set it could not open a file whose name is Chinese
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })

/** A browser that remembers, in `folder`, what happened in it before it was closed. */
export const openProfile = (
  folder: string,
  viewport: { width: number; height: number },
): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: FLAGS,
    viewport,
    reducedMotion: 'no-preference',
  })

/** The real server on a port of its own. */
export interface TestServer {
  url: string
  /** as a kill does: connections are cut, the port is closed; the database stays */
  kill(): Promise<void>
  /** on the same port */
  restart(): Promise<void>
}

/** Of an administrator; the same for every test database. */
let cookie = ''

export async function startServer(db: Database, env: NodeJS.ProcessEnv = {}): Promise<TestServer> {
  await buildWebWhenStale(new Steps(process.stdout))
  let app = await listen(0)
  cookie = await signIn(db)
  const { port } = app.server.address() as { port: number }
  async function listen(at: number) {
    const config = readConfig({ PORT: String(at), LOG_LEVEL: 'error', ...env })
    const made = await buildApp({ config, db })
    await made.listen({ host: config.host, port: at })
    return made
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async kill() {
      app.server.closeAllConnections()
      await app.close()
    },
    async restart() {
      app = await listen(port)
    },
  }
}

/** A page that remembers whatever should not have happened on it. */
export interface WatchedPage {
  page: Page
  /** addresses of other hosts that were asked for */
  foreign: string[]
  /** errors thrown or logged */
  errors: string[]
}

// The language is that of the sample district
const VISITOR = { reducedMotion: 'reduce', locale: 'zh-CN' } as const

/**
 * A browser that has never been here, of somebody who is signed in; `locale` is its language, `who` the cookie of
 * somebody else than the administrator.
 */
export async function openNewBrowser(browser: Browser, locale: string, who = cookie): Promise<Page> {
  return openSignedIn(await browser.newContext({ ...VISITOR, locale }), who)
}

async function openSignedIn(context: BrowserContext, who: string): Promise<Page> {
  const [name, value] = who.split('=') as [string, string]
  await context.addCookies([{ name, value, url: 'http://127.0.0.1' }])
  return context.newPage()
}

export async function openPage(browser: Browser, size = { width: 1366, height: 768 }): Promise<WatchedPage> {
  // One context for all: what was loaded and compiled once is not loaded and compiled again for every test
  const [context = await browser.newContext(VISITOR)] = browser.contexts()
  const page = await openSignedIn(context, cookie)
  // Somebody who knows the place and chose nothing in it: first visits have tests of their own
  await page.addInitScript(() => {
    if (sessionStorage.getItem('begun') === null) localStorage.clear()
    sessionStorage.setItem('begun', '1')
    localStorage.setItem('guided-look-closed', '1')
  })
  await page.setViewportSize(size)
  const foreign: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`)
  })
  return { page, foreign, errors }
}
