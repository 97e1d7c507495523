import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { READ_TYPESCRIPT } from '../test-server-process.ts'
import type { Database } from './database.ts'
import { connectEmbedded } from './embedded-directory.ts'
import { copyEmbeddedTemplate } from './test-embedded.ts'

const OPENER = fileURLToPath(new URL('./test-opener.ts', import.meta.url))
/** For a machine that does much else; alone each takes seconds. */
const LONG = 240_000

let dataDir: string
let children: ChildProcess[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'grid-test-embedded-'))
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  await rm(dataDir, { recursive: true, force: true })
})

/** Another process that opens the database, says 'open', and then writes rows and says each one's number. */
function openElsewhere(): { child: ChildProcess; said: () => string; says: (text: string) => Promise<void> } {
  const child = spawn(process.execPath, [...READ_TYPESCRIPT, OPENER, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let said = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const says = async (text: string) => {
    while (!said.includes(text) && child.exitCode === null) await sleep(10)
  }
  return { child, said: () => said, says }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

async function rowsIn(database: Database): Promise<number> {
  const { rows } = await database.query<{ n: number }>('SELECT count(*) AS n FROM written')
  return rows[0]!.n
}

describe('the directory of the embedded database', () => {
  it(
    'comes up whole after kills at any moment of the first start, and nothing of them is left',
    async () => {
      for (const [moment, thenMs] of [
        ['its files', 500],
        ['its files', 2500],
        ['PostGIS', 1000],
        ['Opening', 0],
      ] as const) {
        const first = openElsewhere()
        await first.says(moment)
        await sleep(thenMs)
        await kill(first.child)
      }
      const database = await connectEmbedded(dataDir)
      const { rows } = await database.query('SELECT ST_AsText(ST_MakePoint(1, 2)) AS point')
      expect(rows).toEqual([{ point: 'POINT(1 2)' }])
      await database.close()
      expect((await readdir(dataDir)).filter((name) => name.includes('new'))).toEqual([])
    },
    LONG,
  )

  it(
    'is refused to a second process, naming the first, and given to it when the first is killed',
    async () => {
      await copyEmbeddedTemplate(dataDir)
      const first = openElsewhere()
      await first.says('open')
      await expect(connectEmbedded(dataDir)).rejects.toThrow(
        `${dataDir} is in use by process ${first.child.pid}: stop it`,
      )
      await kill(first.child)
      const database = await connectEmbedded(dataDir)
      await database.close()
    },
    LONG,
  )

  it(
    'holds every row whose writing was answered before a kill',
    async () => {
      await copyEmbeddedTemplate(dataDir)
      const writer = openElsewhere()
      await writer.says('row 200\n')
      await kill(writer.child)
      const answered = Number(writer.said().trim().split(' ').at(-1))
      const database = await connectEmbedded(dataDir)
      expect(await rowsIn(database)).toBeGreaterThanOrEqual(answered)
      await database.close()
    },
    LONG,
  )

  it('is refused with the remedy when it cannot be written', async () => {
    const file = join(dataDir, 'file')
    await writeFile(file, '')
    await expect(connectEmbedded(join(file, 'data'))).rejects.toThrow(
      /cannot be written \(ENOTDIR\): give this user the right to, or set DATA_DIR/,
    )
  })

  it('is refused with the remedy when another version of PostgreSQL has made it', async () => {
    await copyEmbeddedTemplate(dataDir)
    await writeFile(join(dataDir, 'database/PG_VERSION'), '17\n')
    await expect(connectEmbedded(dataDir)).rejects.toThrow(
      /does not open \(.*\): start the version of this program that made it, or move the directory away/,
    )
  })

  it('refuses questions that would wait for themselves', async () => {
    await copyEmbeddedTemplate(dataDir)
    const database = await connectEmbedded(dataDir)
    const asksItself = database.transaction(() => database.query('SELECT 1'))
    await expect(asksItself).rejects.toThrow('Inside a transaction ask the transaction')
    expect((await database.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }])
    await database.close()
    await expect(database.query('SELECT 1')).rejects.toThrow('closed')
  })

  const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && canMount()
  describe.skipIf(!mayMount)('on a full disk (needs root to mount a small one)', () => {
    let disk: string

    function mountDisk(megabytes: number): void {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk])
    }
    beforeEach(async () => {
      disk = await mkdtemp(join(tmpdir(), 'grid-test-disk-'))
    })
    afterEach(async () => {
      execFileSync('umount', ['--lazy', disk])
      await rm(disk, { recursive: true, force: true })
    })

    it.each([4, 40])(
      'says so with the remedy when it cannot be made on %i MB',
      async (megabytes) => {
        mountDisk(megabytes)
        await expect(connectEmbedded(join(disk, 'data'))).rejects.toThrow(
          /^The disk that holds .* is full: free some 200 MB, or set DATA_DIR/,
        )
      },
      LONG,
    )

    // The first runs out of space for the log, which the engine does not survive; the second for a table
    it.each([130, 145])(
      'fails what does not fit in %i MB, keeps what was written, and goes on when there is space again',
      async (megabytes) => {
        mountDisk(megabytes)
        const data = join(disk, 'data')
        await copyEmbeddedTemplate(data)
        const database = await connectEmbedded(data)
        await writeFile(join(disk, 'ballast'), Buffer.alloc(25_000_000))
        await database.query('CREATE TABLE written (filler text)')
        const fill = `INSERT INTO written SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1000) n`
        let written = 0
        const filling = (async () => {
          for (;;) {
            await database.query(fill)
            written += 1000
          }
        })()
        await expect(filling).rejects.toMatchObject({ code: '53100' })
        await database.query('SELECT 1').catch(() => undefined)
        await rm(join(disk, 'ballast'))
        expect(await rowsIn(database)).toBe(written)
        await database.close()
      },
      LONG,
    )
  })
})

function canMount(): boolean {
  if (!existsSync('/bin/mount') && !existsSync('/usr/bin/mount')) return false
  const place = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    execFileSync('rmdir', [place])
  }
}
