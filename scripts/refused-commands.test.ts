import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectEmbedded } from '../server/database/embedded-directory.ts'
import { listHeldTables } from '../server/database/empty-database.ts'
import { copyEmbeddedTemplate } from '../server/database/test-embedded.ts'
import { READ_TYPESCRIPT } from '../server/test-server-process.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** For a machine that does much else; alone each takes seconds. */
const LONG = 120_000

describe('a command on a database that holds something', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'grid-test-commands-'))
    await copyEmbeddedTemplate(dataDir)
    const database = await connectEmbedded(dataDir)
    await database.query(`INSERT INTO categories (code, name) VALUES ('01', 'one')`)
    await database.close()
  }, LONG)
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  it.each([
    ['seed', [], /^The database is not empty, nothing was written: .* npm run reset\.$/],
    ['seed', ['--scale', '3'], /^--scale 3 is not understood: use --scale with 0\.1, 1 or 10, or nothing\.$/],
    ['reset', [], /^Nobody can be asked here and nothing was deleted: state --yes if it is meant\.$/],
    ['reset', ['--everything'], /^--everything is not understood: use --yes, --with-audit, or nothing\.$/],
    ['move-database', [], /^Say where to: npm run move-database -- --to postgres:/],
  ])(
    'ends with the remedy, and changes nothing: %s %j',
    async (name, words, message) => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [...READ_TYPESCRIPT, `scripts/${name}.ts`, ...words],
        { cwd: ROOT, env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir }, encoding: 'utf8' },
      )
      expect(status).toBe(1)
      expect(stderr.trim()).toMatch(message)
      const database = await connectEmbedded(dataDir)
      const held = await listHeldTables(database)
      await database.close()
      expect(held.map(({ table, rows }) => [table.name, rows])).toEqual([['categories', 1]])
    },
    LONG,
  )
})

it(
  'a move from where no embedded database is ends with the remedy, and makes none',
  async () => {
    const dataDir = join(tmpdir(), 'grid-test-nothing-here')
    const { status, stderr } = spawnSync(
      process.execPath,
      [...READ_TYPESCRIPT, 'scripts/move-database.ts', '--to', 'postgres://u:p@127.0.0.1:1/d'],
      { cwd: ROOT, env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir }, encoding: 'utf8' },
    )
    expect(status).toBe(1)
    expect(stderr.trim()).toBe(`There is no embedded database in ${dataDir}: set DATA_DIR to where it is.`)
    expect(existsSync(dataDir)).toBe(false)
  },
  LONG,
)
