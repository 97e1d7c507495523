import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../server/database/connect.ts'
import { makeEmptyPostgres } from '../server/database/test-database.ts'
import { copyEmbeddedTemplate } from '../server/database/test-embedded.ts'
import { READ_TYPESCRIPT } from '../server/test-server-process.ts'
import { ArgumentError, readImportArguments } from './import-arguments.ts'

describe('arguments of the import', () => {
  it('are read whole', () => {
    expect(
      readImportArguments([
        ...[
          'incidents',
          'a.csv',
          'b.csv',
          '--map',
          'number=案件编号',
          '--map',
          'title=',
          '--values',
          'level:特急=1,一般=3',
        ],
        ...['--crs', 'gcj02', '--strict', '--time-zone', 'Asia/Tokyo', '--closed', '--attribution', '© City'],
      ]),
    ).toMatchObject({
      kind: 'incidents',
      files: ['a.csv', 'b.csv'],
      map: { number: '案件编号', title: '' },
      values: { level: { 特急: '1', 一般: '3' } },
      ...{
        crs: 'gcj02',
        strict: true,
        timeZone: 'Asia/Tokyo',
        closed: true,
        attribution: '© City',
        toleranceM: 1,
      },
    })
    expect(readImportArguments(['--help'])).toBeNull()
    expect(readImportArguments([])).toBeNull()
  })

  it.each([
    [['houses', 'a.csv'], 'use one of areas, grids'],
    [['grids'], 'Name the file'],
    [['grids', 'a.zip', '--tolerance', 'wide'], '--tolerance wide'],
    [['grids', 'a.zip', '--needs-repair', 'maybe'], 'use one of refuse, import'],
    [['grids', 'a.zip', '--colour', 'red'], '--colour'],
    [['grids', 'a.zip', '--map', 'code'], '--map field=column'],
    [['incidents', 'a.zip', '--values', 'level'], 'field:from=to'],
  ])('%j is refused with what to write', (args, words) => {
    expect(() => readImportArguments(args)).toThrow(ArgumentError)
    expect(() => readImportArguments(args)).toThrow(words)
  })
})

/** Enough that a kill finds it reading, and again writing. */
const BUILDINGS = 40_000

interface Deployment {
  env: Record<string, string>
  drop(): Promise<void>
}

const makers: Record<string, (dataDir: string) => Promise<Deployment>> = {
  embedded: async (dataDir) => {
    await copyEmbeddedTemplate(dataDir)
    return { env: { DATABASE_URL: '' }, drop: async () => {} }
  },
  ...(process.env.TEST_DATABASE_URL && {
    postgresql: async () => {
      const { url, drop } = await makeEmptyPostgres()
      return { env: { DATABASE_URL: url }, drop }
    },
  }),
}

describe.each(Object.entries(makers))('an import that is killed (%s)', (_, make) => {
  let folder = ''
  let deployment: Deployment
  let file = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-kill-test-'))
    deployment = await make(join(folder, 'data'))
    file = join(folder, 'buildings.geojsonl')
    const lines = Array.from({ length: BUILDINGS }, (_, i) => {
      const [x, y] = [102.5 + (i % 200) * 0.0005, 25 + Math.floor(i / 200) * 0.0005]
      const ring = [
        [x, y],
        [x + 0.0002, y],
        [x + 0.0002, y + 0.0002],
        [x, y],
      ]
      return JSON.stringify({
        type: 'Feature',
        properties: { id: `b${i}` },
        geometry: { type: 'Polygon', coordinates: [ring] },
      })
    })
    await writeFile(file, lines.join('\n'))
  }, 180_000)
  afterAll(async () => {
    await deployment?.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const dataDir = () => join(folder, 'data')
  const environment = () => ({ ...process.env, ...deployment.env, DATA_DIR: dataDir() })

  function start(): ChildProcess {
    const args = [...READ_TYPESCRIPT, 'scripts/import.ts', 'buildings', file]
    return spawn(process.execPath, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
  }

  async function killAt(words: string): Promise<void> {
    const child = start()
    let said = ''
    for await (const text of child.stdout!) {
      said += text
      if (said.includes(words)) break
    }
    expect(said).toContain(words)
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }

  async function counts(): Promise<{ buildings: number; running: number }> {
    const db = await openDatabase({ databaseUrl: deployment.env.DATABASE_URL || null, dataDir: dataDir() })
    const { rows } = await db.query<{ buildings: number; running: number }>(
      `SELECT (SELECT count(*) FROM buildings) AS buildings,
              (SELECT count(*) FROM imports WHERE state = 'running') AS running`,
    )
    await db.close()
    return rows[0]!
  }

  it('leaves nothing, and its repetition does all', { timeout: 180_000 }, async () => {
    await killAt('Reading buildings ...')
    expect((await counts()).buildings).toBe(0)
    await killAt('Writing buildings ...')
    expect((await counts()).buildings).toBe(0)
    const child = start()
    child.stdout!.resume()
    child.stderr!.pipe(process.stderr)
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(await counts()).toEqual({ buildings: BUILDINGS, running: 0 })
  })
})
