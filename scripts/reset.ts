// npm run reset: deletes what the database holds, after asking.
import { createInterface } from 'node:readline/promises'
import { readConfig } from '../server/config.ts'
import { openDatabase } from '../server/database/connect.ts'
import type { Database } from '../server/database/database.ts'
import { emptyDatabase, type HeldTable, listHeldTables } from '../server/database/empty-database.ts'
import { explainEnd, StartError } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'

const HELP = `npm run reset [-- --yes]

Deletes everything that the database holds: the one of DATABASE_URL, else the embedded one in DATA_DIR. It names
what it will delete and asks; --yes answers for you.
`
const ANSWER = 'delete'

const steps = new Steps(process.stdout)
try {
  const words = process.argv.slice(2)
  if (words.length === 1 && words[0] === '--help') process.stdout.write(HELP)
  else if (words.length === 0 || (words.length === 1 && words[0] === '--yes')) await reset(words.length === 1)
  else throw new StartError(`${words.join(' ')} is not understood: use --yes, or nothing.`)
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exitCode = 1
}

async function reset(agreed: boolean): Promise<void> {
  const config = readConfig(process.env)
  const opening = steps.sequence()
  const db = await openDatabase(config, {
    onStep: opening.next,
    applicationName: 'grid-management reset',
  }).finally(opening.end)
  try {
    const held = await listHeldTables(db)
    if (held.length === 0) return steps.line('The database is empty already.')
    await tell(db, held, config.databaseUrl, config.dataDir)
    if (!agreed && !(await isAgreed())) return steps.line('Nothing was deleted.')
    await emptyDatabase(db)
    steps.line('Everything was deleted. npm start begins anew.')
  } finally {
    await db.close()
  }
}

async function tell(db: Database, held: readonly HeldTable[], url: string | null, dataDir: string) {
  const where = url === null ? `the embedded database in ${dataDir}` : `PostgreSQL at ${withoutPassword(url)}`
  steps.line(`This deletes from ${where} (${db.kind}):`)
  for (const { table, rows } of held)
    steps.line(`  ${rows.toLocaleString('en').padStart(12)} rows of ${table.name}`)
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new StartError('Nobody can be asked here and nothing was deleted: state --yes if it is meant.')
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`There is no way back. Type ${ANSWER} to go on: `)
  terminal.close()
  return answer.trim() === ANSWER
}

function withoutPassword(url: string): string {
  const shown = new URL(url)
  if (shown.password) shown.password = '***'
  return shown.href
}
