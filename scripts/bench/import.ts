import { execFile, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openDatabase } from '../../server/database/connect.ts'
import { fileBytes } from '../../server/imports/readers/bytes.ts'
import { READ_LIMITS } from '../../server/imports/readers/limits.ts'
import { READ_TYPESCRIPT } from '../../server/test-server-process.ts'
import { tokyoBuildingFiles } from '../real-cities.ts'
import { type Bench, BenchRefusal, belowLimit, secondsOf, timeAgainst } from './measure.ts'

const run = promisify(execFile)
const DATABASE = 'grid_bench_import'
const MIB = 1024 * 1024

/**
 * Footprints of Tokyo into PostgreSQL: our import, with its checks, attribution to the six wards' grids and all
 * indexes, against `ogr2ogr` with PG_USE_COPY and its one spatial index, in turn, of the same file. The six
 * wards by default; BENCH_FULL=1 takes all 1.77 million.
 */
export const bench: Bench = {
  name: 'import',
  async run(context) {
    const full = process.env.BENCH_FULL === '1'
    await requireOgr()
    const url = await context.scratchDatabase(DATABASE)
    const folder = await mkdtemp(join(tmpdir(), 'bench-import-'))
    try {
      const file = join(folder, 'buildings.geojsonl')
      const rows = await writeOneFile(file, await buildingFiles(context.realDataDir(), full))
      const name = `import of ${rows.toLocaleString('en')} buildings`
      await prepare(url, folder, context.realDataDir())
      const seconds = { ours: [] as number[], peer: [] as number[] }
      const memoryMiB: number[] = []
      const rounds = full ? 1 : 3
      for (let round = 0; round < rounds; round++) {
        seconds.peer.push(await secondsOf(() => runOgr(url, file)))
        await truncate(url, folder)
        seconds.ours.push(await secondsOf(async () => memoryMiB.push(await runImport(url, folder, file))))
        context.say(
          `  round ${round + 1}: ours ${seconds.ours.at(-1)!.toFixed(1)} s, ogr2ogr ${seconds.peer.at(-1)!.toFixed(1)} s`,
        )
      }
      return [
        timeAgainst(name, seconds, 'ogr2ogr', 1 / 3),
        belowLimit(`${name}, resident memory`, 'MiB', memoryMiB, 1024),
      ]
    } finally {
      await rm(folder, { recursive: true, force: true })
      await context.dropScratchDatabase(DATABASE)
    }
  },
}

async function requireOgr(): Promise<void> {
  await run('ogr2ogr', ['--version']).catch(() => {
    throw new BenchRefusal('No ogr2ogr to measure against: install gdal-bin.')
  })
}

async function buildingFiles(dir: string, full: boolean): Promise<string[]> {
  const { sixWards, otherWards } = await tokyoBuildingFiles(join(dir, 'tokyo'))
  return full ? [sixWards, ...otherWards] : [sixWards]
}

/** All files unpacked into one, a feature a line. Answers how many. */
async function writeOneFile(target: string, files: readonly string[]): Promise<number> {
  let rows = 0
  async function* lines() {
    for (const file of files) {
      for await (const chunk of fileBytes(file, READ_LIMITS)) {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++
        yield chunk
      }
    }
  }
  await pipeline(lines(), createWriteStream(target))
  return rows
}

async function prepare(url: string, dataDir: string, realDataDir: string): Promise<void> {
  const grids = join(realDataDir, 'tokyo', 'chome_6wards_2020.geojson.gz')
  const options = ['--map', 'code=KEY_CODE', '--area-length', '5', '--needs-repair', 'import']
  await finished(importProcess(url, dataDir, ['grids', grids, ...options]))
}

async function truncate(url: string, dataDir: string): Promise<void> {
  const db = await openDatabase({ databaseUrl: url, dataDir })
  await db.query('TRUNCATE buildings')
  await db.close()
}

/** Answers the most memory the process had, in MiB. */
async function runImport(url: string, dataDir: string, file: string): Promise<number> {
  const child = importProcess(url, dataDir, ['buildings', file])
  const done = finished(child)
  let peakMiB = 0
  let running = true
  done
    .finally(() => {
      running = false
    })
    .catch(() => {})
  while (running) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    peakMiB = Math.max(peakMiB, (Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024) / MIB)
    await sleep(50)
  }
  await done
  return peakMiB
}

function importProcess(url: string, dataDir: string, args: readonly string[]) {
  return spawn(process.execPath, [...READ_TYPESCRIPT, 'scripts/import.ts', ...args], {
    env: { ...process.env, DATABASE_URL: url, DATA_DIR: dataDir, GRID_CODE_SCHEME: 'free' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

function finished(child: ReturnType<typeof importProcess>): Promise<void> {
  let complaint = ''
  child.stderr.on('data', (text) => {
    complaint += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The import failed: ${complaint}`)),
    )
  })
}

async function runOgr(url: string, file: string): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(url)
  const target = `PG:host=${hostname} port=${port || 5432} user=${username} password=${decodeURIComponent(password)} dbname=${pathname.slice(1)}`
  const layer = ['-nln', 'ogr_buildings', '-overwrite', '-lco', 'GEOMETRY_NAME=geom']
  await run('ogr2ogr', ['-f', 'PostgreSQL', target, file, ...layer, '--config', 'PG_USE_COPY', 'YES'])
}
