import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from '../server/start-error.ts'
import type { Steps } from '../server/steps.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** What the pages are made of. */
const SOURCES = ['web', 'domain', 'vite.config.ts', 'package-lock.json']
/** In the built pages: the hash of what they were made of. */
const STAMP = '.built-from'
const IGNORED = /(^|\/)node_modules(\/|$)|\.test\.tsx?$/

/**
 * Builds the pages under dist/web when what they are made of has changed since.
 * @throws StartError when the build fails, after what it said
 */
export async function buildWebWhenStale(steps: Steps, root = ROOT): Promise<void> {
  if (!existsSync(join(root, 'web/index.html'))) {
    steps.line('There are no web pages yet (web/index.html is missing): only the API is served.')
    return
  }
  const pages = join(root, 'dist/web')
  const state = await hashOfSources(root)
  if ((await readFile(join(pages, STAMP), 'utf8').catch(() => '')) === state) return
  const step = steps.begin({ en: 'Building the web pages', 'zh-CN': '构建网页' })
  // Built beside the pages that a running server may be serving, which change only once the new ones are whole
  const next = join(root, `dist/web-${process.pid}`)
  const refused = await viteBuild(root, next)
  if (refused) {
    await rm(next, { recursive: true, force: true })
    steps.line(refused)
    throw new StartError('The web pages could not be built: correct what vite says above, then start again.')
  }
  await writeFile(join(next, STAMP), state)
  await rm(pages, { recursive: true, force: true })
  await rename(next, pages)
  step.end()
}

/** What vite said, when it failed. */
async function viteBuild(root: string, outDir: string): Promise<string | null> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const build = spawn(process.execPath, [vite, 'build', '--outDir', outDir, '--logLevel', 'info'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [build.stdout, build.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const killBuild = () => build.kill()
  process.once('exit', killBuild)
  const status = await new Promise((resolve) => build.on('close', resolve))
  process.off('exit', killBuild)
  return status === 0 ? null : said
}

async function hashOfSources(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await filesOf(root, source)) {
      hash.update(file).update(await readFile(join(root, file)))
    }
  }
  return hash.digest('hex')
}

/** Paths relative to `root`, in a fixed order; `source` may be a file. */
async function filesOf(root: string, source: string): Promise<string[]> {
  const entries = await readdir(join(root, source), { withFileTypes: true }).catch(() => null)
  if (!entries) return existsSync(join(root, source)) ? [source] : []
  const names = entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const nested = names.map((entry) => {
    const path = `${source}/${entry.name}`
    if (IGNORED.test(path)) return []
    return entry.isDirectory() ? filesOf(root, path) : [path]
  })
  return (await Promise.all(nested)).flat()
}
