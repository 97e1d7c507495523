import { deepStrictEqual } from 'node:assert'
import { compileFilter, type FilterContext, withSubCategories } from '../../domain/columns/filter.ts'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { countOfGrids } from '../../domain/density/density-rows.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import { RowCoder } from '../../server/columns/coded-rows.ts'
import { loadHotSpan } from '../../server/columns/load.ts'
import { loadPlaces } from '../../server/columns/places.ts'
import type { Database, Queryable } from '../../server/database/database.ts'
import { migrate } from '../../server/database/migrate.ts'
import { connectPostgres } from '../../server/database/postgres.ts'
import { prepareIncidents } from './density-data.ts'
import { type Bench, belowLimit, interleave, type Measure, secondsOf, timeAgainst } from './measure.ts'

const CASES = 10_000_000
const ROUNDS = 9
const EVERY_MONTH = 1200
const MOST_BYTES_A_CASE = 48
const MOST_LOAD_S = 90

const FILTERS: Record<string, IncidentFilter> = {
  'no filter': {},
  'a category and all below it': { category: ['C03'] },
  'status and level': { status: ['closed'], level: [2, 3] },
  'category, status and level': {
    category: ['C03', 'C07', 'C01'],
    status: ['closed', 'handled'],
    level: [1, 2, 4],
  },
}

/**
 * Counts by grid in the columns, as the server loads them, against GROUP BY over an index that covers
 * everything asked for, read by two more workers, on the same 10 M cases.
 */
export const bench: Bench = {
  name: 'density',
  async run(context) {
    const db = await connectPostgres(await context.scratchDatabase('bench_density'))
    try {
      await migrate(db)
      await prepareIncidents(db, CASES, context.say)
      const { columns, measures } = await load(db, context.say)
      const places = await loadPlaces(db, 'Asia/Shanghai')
      for (const [span, target] of [
        ['whole span', 15],
        ['30 days', 30],
      ] as const) {
        const from = span === '30 days' ? thirtyDaysBack(columns) : {}
        for (const [name, filter] of Object.entries(FILTERS)) {
          context.say(`  ${span}, ${name}`)
          measures.push(
            await measure(db, columns, places, `${span}, ${name}`, { ...from, ...filter }, target),
          )
        }
      }
      return measures
    } finally {
      await db.close()
    }
  },
}

async function load(db: Database, say: (text: string) => void) {
  const before = process.memoryUsage().arrayBuffers
  let columns: IncidentColumns | undefined
  let mostBytes = 0
  const loadS = await secondsOf(async () => {
    const span = await loadHotSpan(db, new RowCoder(), EVERY_MONTH, ({ loaded }) => {
      mostBytes = Math.max(mostBytes, process.memoryUsage().rss)
      if (loaded % 1_000_000 === 0) say(`  ${loaded.toLocaleString('en')} cases loaded`)
    })
    columns = span.columns
  })
  say(`  loaded in ${loadS.toFixed(1)} s, at most ${(mostBytes / 1e6).toFixed(0)} MB resident`)
  const bytesACase = (process.memoryUsage().arrayBuffers - before) / CASES
  const measures: Measure[] = [
    belowLimit('memory of the columns', 'bytes a case', [bytesACase], MOST_BYTES_A_CASE),
    { ...belowLimit('loading 10 M cases', 's', [loadS], MOST_LOAD_S), target: null },
  ]
  return { columns: columns!, measures }
}

function thirtyDaysBack({ reportedAt, length }: IncidentColumns): IncidentFilter {
  return { from: new Date((reportedAt[length - 1]! - 30 * 86_400) * 1000).toISOString() }
}

async function measure(
  db: Database,
  columns: IncidentColumns,
  context: FilterContext,
  name: string,
  filter: IncidentFilter,
  target: number,
): Promise<Measure> {
  const inColumns = () => countOfGrids(compileFilter(filter, columns, context))
  const inSql = (tx: Queryable) => countInSql(tx, filter, context)
  return db.transaction(async (tx) => {
    await tx.query(`SET LOCAL max_parallel_workers_per_gather = 2; SET LOCAL work_mem = '64MB'`)
    await takeFastestPlan(tx, () => inSql(tx))
    const counted = new Map([...inColumns()].filter(([, count]) => count > 0))
    deepStrictEqual(new Map([...counted].sort()), new Map([...(await inSql(tx))].sort()))
    const rounds = await interleave(
      ROUNDS,
      () => secondsOf(async () => inColumns()),
      () => secondsOf(() => inSql(tx)),
    )
    return timeAgainst(name, rounds, 'SQL GROUP BY', target)
  })
}

/** The peer may read the covering index or the whole table, and compile or not: whatever it is fastest with. */
async function takeFastestPlan(tx: Queryable, query: () => Promise<unknown>): Promise<void> {
  const settings = ['on', 'off'].flatMap((scan) =>
    ['on', 'off'].map((jit) => `SET LOCAL enable_seqscan = ${scan}; SET LOCAL jit = ${jit}`),
  )
  const timed: { setting: string; seconds: number }[] = []
  for (const setting of settings) {
    await tx.query(setting)
    await query()
    timed.push({ setting, seconds: await secondsOf(query) })
  }
  timed.sort((one, other) => one.seconds - other.seconds)
  await tx.query(timed[0]!.setting)
}

async function countInSql(tx: Queryable, filter: IncidentFilter, { categories }: FilterContext) {
  const { rows } = await tx.query<{ grid: string; count: number }>(
    `SELECT grid_now AS grid, count(*) AS count
       FROM incidents
      WHERE ($1::timestamptz IS NULL OR reported_at >= $1)
        AND ($2::text[] IS NULL OR category_code = ANY ($2))
        AND ($3::text[] IS NULL OR status = ANY ($3))
        AND ($4::smallint[] IS NULL OR level = ANY ($4))
      GROUP BY grid_now`,
    [
      filter.from ?? null,
      filter.category ? [...withSubCategories(filter.category, categories)] : null,
      filter.status ?? null,
      filter.level ?? null,
    ],
  )
  return new Map(rows.map(({ grid, count }) => [grid, count]))
}
