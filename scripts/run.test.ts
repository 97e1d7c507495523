import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const RUN = fileURLToPath(new URL('./run.mjs', import.meta.url))

// What npm would do, and what the packages and the server would be: notes that tell who was called
const NPM = `
  import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
  appendFileSync('called', 'npm ' + process.argv.slice(2).join(' ') + '\\n')
  if (process.env.NPM_FAILS) process.exit(1)
  for (const name of ['tsx', 'typebox']) mkdirSync('node_modules/' + name, { recursive: true })
  cpSync('package-lock.json', 'node_modules/.package-lock.json')
  writeFileSync('node_modules/typebox/package.json', '{"type":"module","exports":"./index.js"}')
  writeFileSync('node_modules/typebox/index.js', '')
  writeFileSync('node_modules/tsx/package.json', '{"type":"module","exports":{"./esm/api":"./api.js"}}')
  writeFileSync('node_modules/tsx/api.js', \`
    import { appendFileSync } from 'node:fs'
    export const register = () => { appendFileSync('called', 'started\\\\n'); process.exit(0) }\`)
`

describe('running a script', () => {
  let root: string

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'grid-start-'))
    await mkdir(join(root, 'scripts'))
    await cp(RUN, join(root, 'scripts/run.mjs'))
    await writeFile(join(root, 'npm.mjs'), NPM)
    await writeLock({ tsx: { version: '1.0.0' } })
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  const writeLock = (packages: Record<string, { version: string; optional?: boolean }>) =>
    writeFile(
      join(root, 'package-lock.json'),
      JSON.stringify({
        packages: {
          '': {},
          ...Object.fromEntries(Object.entries(packages).map(([k, v]) => [`node_modules/${k}`, v])),
        },
      }),
    )

  function start(env: Record<string, string> = {}, ...words: string[]) {
    const { status, stderr } = spawnSync(process.execPath, [...words, 'scripts/run.mjs', 'start'], {
      cwd: root,
      env: { ...process.env, npm_execpath: join(root, 'npm.mjs'), ...env },
      encoding: 'utf8',
    })
    return { status, stderr }
  }
  const called = () => readFile(join(root, 'called'), 'utf8').catch(() => '')

  it('installs what is missing, once', async () => {
    expect(start()).toEqual({ status: 0, stderr: '' })
    expect(await called()).toBe('npm install --no-save --no-audit --no-fund --loglevel=error\nstarted\n')
    start()
    expect(await called()).toBe(
      'npm install --no-save --no-audit --no-fund --loglevel=error\nstarted\nstarted\n',
    )
  })

  it('installs again when the lock file asks for another version', async () => {
    start()
    await writeLock({ tsx: { version: '2.0.0' } })
    start()
    expect((await called()).match(/npm install/g)).toHaveLength(2)
  })

  it('does not miss what is for other systems only', async () => {
    start()
    await writeLock({ tsx: { version: '1.0.0' }, 'only-for-windows': { version: '1.0.0', optional: true } })
    start()
    expect((await called()).match(/npm install/g)).toHaveLength(1)
  })

  it('ends with the remedy when the packages cannot be installed', async () => {
    const { status, stderr } = start({ NPM_FAILS: 'yes' })
    expect(status).toBe(1)
    expect(stderr.trim()).toMatch(/^The packages could not be installed: .* try again\.$/)
  })

  it('refuses an old Node in one line with the remedy, and installs nothing', async () => {
    const pretend = join(root, 'pretend.mjs')
    await writeFile(
      pretend,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } })`,
    )
    const { status, stderr } = start({}, '--import', pathToFileURL(pretend).href)
    expect(status).toBe(1)
    expect(stderr.trim()).toBe('Node 18.20.4 is too old: install Node 20.19 or newer (https://nodejs.org).')
    expect(await called()).toBe('')
  })
})
