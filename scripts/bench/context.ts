import { existsSync } from 'node:fs'
import pg from 'pg'
import { type BenchContext, BenchRefusal } from './measure.ts'

/** The machine as the environment describes it: BENCH_DATABASE_URL or TEST_DATABASE_URL, and REAL_DATA_DIR. */
export function benchContext(env: NodeJS.ProcessEnv): BenchContext {
  const serverUrl = () => {
    const url = env.BENCH_DATABASE_URL || env.TEST_DATABASE_URL
    if (url) return url
    throw new BenchRefusal(
      'No database to measure on: set BENCH_DATABASE_URL (or TEST_DATABASE_URL) to a PostgreSQL with PostGIS ' +
        'whose user may create databases.',
    )
  }
  return {
    realDataDir() {
      const directory = env.REAL_DATA_DIR
      if (directory && existsSync(directory)) return directory
      throw new BenchRefusal(
        directory
          ? `REAL_DATA_DIR=${directory} does not exist: set it to the folder with the data of Tokyo and Boston.`
          : 'No real data to measure on: set REAL_DATA_DIR to the folder with the data of Tokyo and Boston.',
      )
    },
    async scratchDatabase(name) {
      await onServer(serverUrl(), async (client) => {
        const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
        if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
      })
      const url = new URL(serverUrl())
      url.pathname = `/${name}`
      return url.href
    },
    async dropScratchDatabase(name) {
      await onServer(serverUrl(), async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
      })
    },
    say(text) {
      process.stderr.write(`${text}\n`)
    },
  }
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    throw new BenchRefusal(
      `The database at ${withoutPassword(url)} does not answer (${(error as Error).message}): start it or ` +
        'correct BENCH_DATABASE_URL.',
    )
  }
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function withoutPassword(url: string): string {
  const shown = new URL(url)
  shown.password = ''
  return shown.href
}
