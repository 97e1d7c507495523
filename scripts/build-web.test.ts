import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartError } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'
import { buildWebWhenStale } from './build-web.ts'

describe('the web pages', () => {
  let root: string

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'grid-web-'))
    await mkdir(join(root, 'web'))
    await mkdir(join(root, 'domain'))
    await writeFile(join(root, 'web/index.html'), '<script type="module" src="./main.ts"></script>')
    await writeFile(join(root, 'web/main.ts'), `import { word } from '../domain/word.ts'\nconsole.log(word)`)
    await writeFile(join(root, 'domain/word.ts'), `export const word = 'grid'`)
    await writeFile(
      join(root, 'vite.config.ts'),
      `export default { root: 'web', build: { outDir: '../dist/web', emptyOutDir: true } }`,
    )
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  /** What the start says while it makes sure that the pages are there. */
  async function build(): Promise<string> {
    const out = new PassThrough({ encoding: 'utf8' })
    await buildWebWhenStale(new Steps(out as unknown as NodeJS.WriteStream), root)
    return String(out.read() ?? '')
  }

  it('are built when missing and when what they are made of has changed, else left', async () => {
    expect(await build()).toMatch(
      /^Building the web pages \.\.\.\nBuilding the web pages: done in \d+\.\d s\n$/,
    )
    expect(await readFile(join(root, 'dist/web/index.html'), 'utf8')).toContain('assets/index-')
    expect(await build()).toBe('')
    await writeFile(join(root, 'domain/word.test.ts'), 'no part of the pages')
    expect(await build()).toBe('')
    await writeFile(join(root, 'domain/word.ts'), `export const word = 'area'`)
    expect(await build()).toContain('done')
    await rm(join(root, 'dist'), { recursive: true })
    expect(await build()).toContain('done')
  })

  it('that cannot be built end the start, and are tried again at the next', async () => {
    await writeFile(join(root, 'web/main.ts'), `import './missing.ts'`)
    await expect(build()).rejects.toThrow(
      new StartError('The web pages could not be built: correct what vite says above, then start again.'),
    )
    await writeFile(join(root, 'web/missing.ts'), '')
    expect(await build()).toContain('done')
  })

  it('are done without where there are none', async () => {
    await rm(join(root, 'web/index.html'))
    expect(await build()).toContain('only the API is served')
  })
})
