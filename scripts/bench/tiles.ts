import { EVERYTHING } from '../../domain/scope.ts'
import type { Database } from '../../server/database/database.ts'
import { migrate } from '../../server/database/migrate.ts'
import { connectPostgres } from '../../server/database/postgres.ts'
import { encodeBuildings } from '../../server/tiles/buildings.ts'
import { decimalsOf, TileFrame } from '../../server/tiles/mvt/tile-frame.ts'
import { packBuildings } from '../../server/tiles/queries.ts'
import {
  type Bench,
  type BenchContext,
  interleave,
  type Measure,
  type Rounds,
  ratePerSecond,
  secondsOf,
} from './measure.ts'
import { type Comparison, compareTiles, noComparison } from './tile-comparison.ts'
import { loadTokyoBuildings } from './tokyo-buildings.ts'

const DATABASE = 'bench_tiles'
const AT_ONCE = 4
const ROUNDS = 5
const TARGET = 2.5
/** Percent of the features compared one by one. */
const LEAST_SAME = 99.99

/** Tiles a round of each zoom: enough that a round takes seconds, not so many that the bench takes long. */
const TILES_OF_ZOOM: readonly (readonly [z: number, count: number])[] = [
  [12, 6],
  [13, 16],
  [14, 48],
  [15, 120],
  [16, 320],
]

interface Place {
  z: number
  x: number
  y: number
}

export const bench: Bench = {
  name: 'tiles',
  async run(context) {
    const db = await openBuildings(context)
    try {
      return await measureTiles(db, context)
    } finally {
      await db.close()
    }
  },
}

async function measureTiles(db: Database, { say }: BenchContext): Promise<Measure[]> {
  const measures: Measure[] = []
  const all: Rounds = { ours: Array(ROUNDS).fill(0), peer: Array(ROUNDS).fill(0) }
  let tiles = 0
  for (const [z, count] of TILES_OF_ZOOM) {
    const places = await placesWithBuildings(db, z, count)
    const found = await compareWithMartin(db, places, say)
    const rounds = await interleave(
      ROUNDS,
      () => secondsOf(() => atOnce(places, (place) => ourTile(db, place))),
      () => secondsOf(() => atOnce(places, (place) => martinsTile(db, place))),
    )
    measures.push(
      ratePerSecond(`buildings, zoom ${z}`, 'tiles/s', places.length, rounds, "Martin's SQL", TARGET),
      sameFeatures(`features as Martin's, zoom ${z}`, found),
    )
    for (let round = 0; round < ROUNDS; round++) {
      all.ours[round]! += rounds.ours[round]!
      all.peer[round]! += rounds.peer[round]!
    }
    tiles += places.length
  }
  measures.push(ratePerSecond('buildings, all zooms', 'tiles/s', tiles, all, "Martin's SQL", TARGET))
  return measures
}

/** As the server makes it, uncached and not yet compressed, with every footprint however small. */
async function ourTile(db: Database, { z, x, y }: Place): Promise<Uint8Array> {
  const frame = new TileFrame(z, x, y)
  const packed = await packBuildings(db, EVERYTHING, frame.boundsM, decimalsOf(frame), 0)
  return packed ? encodeBuildings(frame, packed) : new Uint8Array()
}

/** As Martin 0.1x asks for a tile of a table, with the attributes that our tiles have. */
async function martinsTile(db: Database, { z, x, y }: Place): Promise<Uint8Array> {
  const { rows } = await db.query<{ tile: Uint8Array }>(
    `SELECT ST_AsMVT(tile, 'buildings', 4096, 'geom', 'id') AS tile
       FROM (
         SELECT ST_AsMVTGeom(
                  ST_Transform(ST_CurveToLine(geom), 3857), ST_TileEnvelope($1::int, $2::int, $3::int), 4096, 64, true
                ) AS geom,
                id, height, grid
           FROM martin_buildings
          WHERE geom && ST_Transform(ST_TileEnvelope($1::int, $2::int, $3::int, margin => 64.0 / 4096), 4326)
       ) AS tile`,
    [z, x, y],
  )
  return rows[0]!.tile
}

async function atOnce(places: readonly Place[], make: (place: Place) => Promise<Uint8Array>): Promise<void> {
  let next = 0
  const work = async () => {
    for (let place = places[next++]; place; place = places[next++]) await make(place)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** Tiles that hold buildings, spread over the city, the same at every run. */
async function placesWithBuildings(db: Database, z: number, count: number): Promise<Place[]> {
  const { rows } = await db.query<Place>(
    `WITH centres AS (
       SELECT ST_X(ST_Centroid(geom)) AS lng, radians(ST_Y(ST_Centroid(geom))) AS lat
         FROM buildings TABLESAMPLE BERNOULLI (2) REPEATABLE (1)
     ), places AS (
       SELECT DISTINCT floor((lng + 180) / 360 * 2 ^ $1::int)::int AS x,
              floor((1 - ln(tan(lat) + 1 / cos(lat)) / pi()) / 2 * 2 ^ $1::int)::int AS y
         FROM centres
     )
     SELECT $1::int AS z, x, y FROM places ORDER BY md5(x || '/' || y) LIMIT $2::int`,
    [z, count],
  )
  return rows
}

async function compareWithMartin(
  db: Database,
  places: readonly Place[],
  say: (text: string) => void,
): Promise<Comparison> {
  const found = noComparison()
  for (const place of places) compareTiles(await ourTile(db, place), await martinsTile(db, place), found)
  say(
    `zoom ${places[0]!.z}: ${found.compared} features of ${places.length} tiles compared one by one: outlines ` +
      `${found.within1} within a unit, ${found.within2} within two, ${found.hairs} but for parts no wider than ` +
      `a unit; ${found.alone} such parts along the edge in one tile alone; ${found.different} different`,
  )
  return found
}

/** Share of the features that are the same in both: it need not be faster with something else. */
function sameFeatures(name: string, { compared, different }: Comparison): Measure {
  const share = (100 * (compared - different)) / compared
  return {
    name,
    unit: '%',
    ours: share,
    against: 'limit',
    peer: LEAST_SAME,
    ratios: [share / LEAST_SAME],
    target: 1,
  }
}

/** The 23 wards of Tokyo in the tables of this program, and in one as Martin is given them. Kept for the next run. */
async function openBuildings(context: BenchContext): Promise<Database> {
  const directory = context.realDataDir()
  let db = await connectPostgres(await context.scratchDatabase(DATABASE))
  if (!(await isLoaded(db))) {
    await db.close()
    await context.dropScratchDatabase(DATABASE)
    // Compiling costs Martin's statement more than it gains: both do without. It holds for new connections
    const maker = await connectPostgres(await context.scratchDatabase(DATABASE))
    await maker.query(`ALTER DATABASE ${DATABASE} SET jit = off`)
    await maker.close()
    db = await connectPostgres(await context.scratchDatabase(DATABASE))
    await migrate(db)
    await loadTokyoBuildings(db, directory, context.say)
    await db.query(
      `CREATE TABLE martin_buildings AS
         SELECT id, coalesce(height_m, floors * 3) AS height, grid_code AS grid, geom FROM buildings ORDER BY id`,
    )
    await db.query('CREATE INDEX martin_buildings_geom ON martin_buildings USING gist (geom)')
    for (const table of ['buildings', 'martin_buildings']) await db.query(`VACUUM ANALYZE ${table}`)
  }
  return db
}

async function isLoaded(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ isThere: boolean }>(
    `SELECT to_regclass('martin_buildings_geom') IS NOT NULL AS "isThere"`,
  )
  return rows[0]!.isThere
}
