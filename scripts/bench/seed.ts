import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dissolveAreasFromGrids } from '../../server/areas/queries.ts'
import { openDatabase } from '../../server/database/connect.ts'
import type { Database } from '../../server/database/database.ts'
import { seedDemoDistrict } from '../../server/demo/seed.ts'
import { type Bench, type BenchContext, belowLimit, type Measure, secondsOf } from './measure.ts'

const ROUNDS = 3
const POSTGRES_LIMIT_S = 30
const EMBEDDED_LIMIT_S = 60
const FIRST_START_LIMIT_S = 75
const SCRATCH = 'bench_seed'

/** The demo district into an empty database, with what a first start does before it. BENCH_FULL=1: ten times it too. */
export const bench: Bench = {
  name: 'seed',
  async run(context) {
    const postgres: number[] = []
    const embedded: number[] = []
    const firstStart: number[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      postgres.push(await seedPostgres(context, 1))
      const { openS, seedS } = await seedEmbedded()
      embedded.push(seedS)
      firstStart.push(openS + seedS)
      context.say(
        `  round ${round}: PostgreSQL ${postgres.at(-1)!.toFixed(1)} s, embedded ${seedS.toFixed(1)} s`,
      )
    }
    const measures: Measure[] = [
      belowLimit('demo district, PostgreSQL', 's', postgres, POSTGRES_LIMIT_S),
      belowLimit('demo district, embedded', 's', embedded, EMBEDDED_LIMIT_S),
      belowLimit('making the embedded database and seeding it', 's', firstStart, FIRST_START_LIMIT_S),
    ]
    if (process.env.BENCH_FULL) {
      const tenfold = belowLimit(
        'ten times the demo district, PostgreSQL',
        's',
        [await seedPostgres(context, 10)],
        10 * POSTGRES_LIMIT_S,
      )
      measures.push({ ...tenfold, target: null })
    }
    return measures
  },
}

async function seedPostgres(context: BenchContext, scale: number): Promise<number> {
  await context.dropScratchDatabase(SCRATCH)
  const databaseUrl = await context.scratchDatabase(SCRATCH)
  const db = await openDatabase({ databaseUrl, dataDir: '' })
  try {
    return await secondsOf(() => seed(db, scale))
  } finally {
    await db.close()
    await context.dropScratchDatabase(SCRATCH)
  }
}

async function seedEmbedded(): Promise<{ openS: number; seedS: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-seed-'))
  let db: Database | undefined
  try {
    const openS = await secondsOf(async () => {
      db = await openDatabase({ databaseUrl: null, dataDir })
    })
    return { openS, seedS: await secondsOf(() => seed(db!, 1)) }
  } finally {
    await db?.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function seed(db: Database, scale: number): Promise<void> {
  const options = { scale, timeZone: 'Asia/Shanghai', now: new Date(), dissolveAreas: dissolveAreasFromGrids }
  if (!(await seedDemoDistrict(db, options))) throw new Error('The database to be seeded is not empty.')
}
