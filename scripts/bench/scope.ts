import { type CaseScope, EVERY_CASE } from '../../domain/scope.ts'
import type { Database, Queryable } from '../../server/database/database.ts'
import { migrate } from '../../server/database/migrate.ts'
import { connectPostgres } from '../../server/database/postgres.ts'
import { StartError } from '../../server/start-error.ts'
import { encodeBuildings } from '../../server/tiles/buildings.ts'
import { decimalsOf, TileFrame } from '../../server/tiles/mvt/tile-frame.ts'
import { packBuildings } from '../../server/tiles/queries.ts'
import {
  type Bench,
  type BenchContext,
  BenchRefusal,
  type Measure,
  type Rounds,
  secondsOf,
  timeAgainst,
} from './measure.ts'
import { loadTokyoBuildings } from './tokyo-buildings.ts'

const DATABASE = 'bench_scope'
const ROUNDS = 5
/** A scoped tile may take 1.2 times as long as one without a scope. */
const TARGET = 1 / 1.2
const TILES_OF_ZOOM: readonly (readonly [z: number, count: number])[] = [
  [13, 12],
  [14, 32],
  [16, 160],
]

interface Place {
  z: number
  x: number
  y: number
}

/** What the second wall costs: tiles read as the role that policies hold back against tiles read by the owner. */
export const bench: Bench = {
  name: 'scope',
  async run(context) {
    const db = await openBuildings(context)
    try {
      const fault = await db.rowSecurityFault()
      if (fault) throw new BenchRefusal(fault)
      return await measure(db)
    } finally {
      await db.close()
    }
  },
}

async function measure(db: Database): Promise<Measure[]> {
  const ward = await largestWard(db)
  const scopes: readonly (readonly [name: string, scope: CaseScope])[] = [
    ['one area of 23', { areas: [ward], departmentCode: null }],
    ['everything', EVERY_CASE],
  ]
  const measures: Measure[] = []
  for (const [z, count] of TILES_OF_ZOOM) {
    const places = await placesIn(db, ward, z, count)
    for (const place of places) await tile(db, place, EVERY_CASE.areas)
    for (const [name, scope] of scopes) {
      const seen = db.seenBy(scope)
      const rounds: Rounds = { ours: [], peer: [] }
      for (let round = 0; round < ROUNDS; round++) {
        let [ours, peer] = [0, 0]
        // In turn by the tile, so that what else the machine does meets both alike
        for (const [number, place] of places.entries()) {
          const scoped = () => secondsOf(() => tile(seen, place, scope.areas))
          const plain = () => secondsOf(() => tile(db, place, EVERY_CASE.areas))
          const isFirst = number % 2 === 0
          if (isFirst) ours += await scoped()
          peer += await plain()
          if (!isFirst) ours += await scoped()
        }
        rounds.ours.push(ours / places.length)
        rounds.peer.push(peer / places.length)
      }
      measures.push(timeAgainst(`tile of zoom ${z}, scope of ${name}`, rounds, 'no scope', TARGET))
    }
  }
  return measures
}

/** As the server makes it, uncached and not yet compressed. */
async function tile(reader: Queryable, { z, x, y }: Place, areas: CaseScope['areas']): Promise<Uint8Array> {
  const frame = new TileFrame(z, x, y)
  const packed = await packBuildings(reader, areas, frame.boundsM, decimalsOf(frame), 0)
  return packed ? encodeBuildings(frame, packed) : new Uint8Array()
}

async function largestWard(db: Database): Promise<string> {
  const { rows } = await db.query<{ ward: string }>(
    'SELECT area_code AS ward FROM buildings GROUP BY 1 ORDER BY count(*) DESC LIMIT 1',
  )
  return rows[0]!.ward
}

/** Tiles with buildings of the ward, the same at every run. */
async function placesIn(db: Database, ward: string, z: number, count: number): Promise<Place[]> {
  const { rows } = await db.query<Place>(
    `WITH centres AS (
       SELECT ST_X(ST_Centroid(geom)) AS lng, radians(ST_Y(ST_Centroid(geom))) AS lat
         FROM buildings
        WHERE area_code = $3
     ), places AS (
       SELECT DISTINCT floor((lng + 180) / 360 * 2 ^ $1::int)::int AS x,
              floor((1 - ln(tan(lat) + 1 / cos(lat)) / pi()) / 2 * 2 ^ $1::int)::int AS y
         FROM centres
     )
     SELECT $1::int AS z, x, y FROM places ORDER BY md5(x || '/' || y) LIMIT $2::int`,
    [z, count, ward],
  )
  return rows
}

/** The 23 wards of Tokyo, each an area. Kept for the next run. */
async function openBuildings(context: BenchContext): Promise<Database> {
  const directory = context.realDataDir()
  const db = await connectPostgres(await context.scratchDatabase(DATABASE))
  try {
    await migrate(db)
    const { rows } = await db.query('SELECT 1 FROM buildings LIMIT 1')
    if (rows.length === 0) {
      await loadTokyoBuildings(db, directory, context.say)
      await db.query('VACUUM ANALYZE buildings')
    }
    return db
  } catch (error) {
    await db.close()
    // Of migrations that are no more
    if (!(error instanceof StartError)) throw error
    await context.dropScratchDatabase(DATABASE)
    return openBuildings(context)
  }
}
