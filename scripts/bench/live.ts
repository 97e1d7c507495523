import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { hashOfToken } from '../../server/access/token.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Database } from '../../server/database/database.ts'
import { migrate } from '../../server/database/migrate.ts'
import { connectPostgres } from '../../server/database/postgres.ts'
import { ListeningWalls, nowMs } from './live-walls.ts'
import { type Bench, belowLimit, type Measure, type Rounds, ratePerSecond, secondsOf } from './measure.ts'

const WALLS = 200
const CHANGES_A_SECOND = 50
const MEASURED_S = 15
const MOST_MS = 250
/** A round of writing as fast as it goes, by so many at once. */
const WRITES = 6000
const WRITERS = 4
const ROUNDS = 5
/** Writers keep at least nine tenths of their pace. */
const TARGET = 0.9

/** From the commit of a change to its event at every one of 200 walls; and what those cost whoever writes. */
export const bench: Bench = {
  name: 'live',
  async run(context) {
    await context.dropScratchDatabase('bench_live')
    const url = await context.scratchDatabase('bench_live')
    const db = await connectPostgres(url)
    const writing = await connectPostgres(url)
    const app = await prepare(db)
    const walls = new ListeningWalls()
    const tokens = Array.from({ length: WALLS }, (_, number) => tokenOf(number))
    try {
      const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
      const come = (reads: boolean) => walls.come(base, tokens, { reads })
      await come(true)
      context.say(`  ${WALLS} walls listen, ${CHANGES_A_SECOND} changes a second for ${MEASURED_S} s`)
      const measures = await delays(writing, walls)
      await walls.leave()
      context.say(`  ${ROUNDS} rounds of ${WRITES} writes, with the walls and without`)
      measures.push(await pace(writing, { come: () => come(false), leave: () => walls.leave() }))
      return measures
    } finally {
      walls.end()
      await app.close()
      await writing.close()
      await db.close()
      await context.dropScratchDatabase('bench_live')
    }
  },
}

const tokenOf = (number: number) => `token of wall ${number}`.replaceAll(' ', '-')
/** Walls are of ten scopes, as in a district with its streets. */
const streetOf = (number: number) => `110101${String((number % 10) + 1).padStart(3, '0')}`

async function prepare(db: Database) {
  await migrate(db)
  await db.query(`INSERT INTO areas (code, level, name) VALUES ('110101', 'district', 'district')`)
  await db.query(`INSERT INTO categories (code, name) VALUES ('road', 'road')`)
  for (let number = 0; number < WALLS; number++) {
    await db.query(
      `INSERT INTO wall_devices (name, scope, token_hash, paired_by) VALUES ($1, $2::text[], $3, 'bench')`,
      // Half of the walls show everything
      [`wall ${number}`, [number % 2 ? streetOf(number) : ''], hashOfToken(tokenOf(number))],
    )
  }
  const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'warn', HOT_MONTHS: '1' }), db })
  await app.listen({ host: '127.0.0.1', port: 0 })
  await app.columns.ready
  return app
}

async function insert(db: Database, number: number): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO incidents (number, category_code, geom, area_code, reported_at)
     VALUES (gen_random_uuid()::text, 'road', ST_SetSRID(ST_MakePoint(116, 39), 4326), $1, now())
     RETURNING id`,
    [`${streetOf(number)}001`],
  )
  return rows[0]!.id
}

async function delays(db: Database, walls: ListeningWalls): Promise<Measure[]> {
  const committed = new Map<number, number>()
  const writes: Promise<void>[] = []
  const start = performance.now()
  for (let number = 0; number < CHANGES_A_SECOND * MEASURED_S; number++) {
    const wait = start + (number * 1000) / CHANGES_A_SECOND - performance.now()
    if (wait > 0) await sleep(wait)
    writes.push(insert(db, number).then((id) => void committed.set(id, nowMs())))
  }
  await Promise.all(writes)
  await sleep(2000)
  const found: number[] = []
  let missing = 0
  for (const [number, heard] of (await walls.heard()).entries()) {
    if (number % 2 === 0) missing += committed.size - heard.length
    for (const [id, at] of heard) found.push(Math.max(0, at - committed.get(id)!))
  }
  if (missing > 0) throw new Error(`${missing} changes have not reached the walls that see everything.`)
  found.sort((a, b) => a - b)
  const at = (share: number) => found[Math.floor(found.length * share)]!
  return [
    { ...belowLimit('commit to the event, median', 'ms', [at(0.5)], MOST_MS), target: null },
    belowLimit('commit to the event, 95 of 100', 'ms', [at(0.95)], MOST_MS),
    { ...belowLimit('commit to the event, longest', 'ms', [at(1 - 1e-9)], MOST_MS), target: null },
  ]
}

/** Writes as fast as it goes, in turn with everybody listening and with nobody. */
async function pace(
  db: Database,
  walls: { come(): Promise<void>; leave(): Promise<void> },
): Promise<Measure> {
  const rounds: Rounds = { ours: [], peer: [] }
  const write = () =>
    secondsOf(() =>
      Promise.all(
        Array.from({ length: WRITERS }, async () => {
          for (let n = 0; n < WRITES / WRITERS; n++) await insert(db, n)
        }),
      ),
    )
  for (let round = -1; round < ROUNDS; round++) {
    for (const here of round % 2 ? [true, false] : [false, true]) {
      if (here) await walls.come()
      // What it took them to come is no cost of listening
      await sleep(1000)
      const seconds = await write()
      if (here) await walls.leave()
      if (round >= 0) (here ? rounds.ours : rounds.peer).push(seconds)
    }
  }
  return ratePerSecond(
    `writes with ${WALLS} walls listening`,
    'writes/s',
    WRITES,
    rounds,
    'nobody listening',
    TARGET,
  )
}
