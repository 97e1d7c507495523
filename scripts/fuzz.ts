// npm run fuzz [-- --count 100000] [-- --seed 1] [-- --only 4711]: asks a server over a small district what nobody
// would ask, and ends with status 1 when an answer is not as it must be.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../server/database/connect.ts'
import { fillSampleDistrict } from '../web/browser-tests/sample-district.ts'
import { type FuzzFault, runFuzz } from './fuzz/run-fuzz.ts'

const SHOWN = 20
let shown = 0

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
  },
})
const seed = Number(values.seed)
const from = values.only === undefined ? 0 : Number(values.only)
const to = values.only === undefined ? Number(values.count) : from + 1
if (![seed, from, to].every(Number.isSafeInteger)) {
  console.error('--count, --seed and --only take whole numbers.')
  process.exit(1)
}

function show({ request, what, answer }: FuzzFault): void {
  if (++shown > SHOWN) return
  const { number, kind, who, method, path, headers, body } = request
  console.log(`\n${number} (${kind}, ${who}) ${what}: npm run fuzz -- --seed ${seed} --only ${number}`)
  console.log(`  ${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)}`)
  if (body !== null) console.log(`  ${body.slice(0, 300)}`)
  console.log(`  -> ${answer}`)
}

// Told to stop, it still says what it found
const stop = new AbortController()
process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort())

const dataDir = await mkdtemp(join(tmpdir(), 'grid-fuzz-'))
const db = await openDatabase({ databaseUrl: process.env.FUZZ_DATABASE_URL || null, dataDir })
try {
  await fillSampleDistrict(db)
  console.log(`${to - from} requests with the seed ${seed}, on ${db.kind}`)
  const startedAt = Date.now()
  const { requests, operations, succeeded, byKind, byStatus, faults } = await runFuzz({
    db,
    dataDir,
    seed,
    from,
    to,
    onProgress: (done) => process.stderr.write(`\r${done}`),
    onFault: show,
    signal: stop.signal,
  })
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0)
  console.log(
    `\n${requests} requests to ${operations} operations in ${seconds} s; ${succeeded} operations succeeded`,
  )
  console.log(`by kind ${JSON.stringify(byKind)}`)
  console.log(`by status ${JSON.stringify(byStatus)}`)
  console.log(`${faults.length} answers are not as they must be`)
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  await db.close()
  await rm(dataDir, { recursive: true, force: true })
}
process.exit()
