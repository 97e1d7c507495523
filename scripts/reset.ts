// npm run reset: deletes what the database holds, after asking.
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { commandLineAsker } from '../server/audit/askers.ts'
import { HeadFile } from '../server/audit/head-file.ts'
import { readConfig } from '../server/config.ts'
import { AUDIT_TABLES } from '../server/database/all-tables.ts'
import { openDatabase } from '../server/database/connect.ts'
import type { Database } from '../server/database/database.ts'
import {
  emptyDatabase,
  emptyDatabaseAndAudit,
  type HeldTable,
  listHeldTables,
} from '../server/database/empty-database.ts'
import { explainEnd, StartError } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'

const HELP = `npm run reset [-- --yes] [--with-audit]

Deletes everything that the database holds: the one of DATABASE_URL, else the embedded one in DATA_DIR. It names
what it will delete and asks; --yes answers for you. The audit stays, unless --with-audit: its head file is then put
aside, to be kept where such files are kept.
`
const ANSWER = 'delete'

const steps = new Steps(process.stdout)
try {
  const words = process.argv.slice(2)
  if (words.length === 1 && words[0] === '--help') process.stdout.write(HELP)
  else if (words.every((word) => word === '--yes' || word === '--with-audit')) {
    await reset({ agreed: words.includes('--yes'), withAudit: words.includes('--with-audit') })
  } else throw new StartError(`${words.join(' ')} is not understood: use --yes, --with-audit, or nothing.`)
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exitCode = 1
}

async function reset({ agreed, withAudit }: { agreed: boolean; withAudit: boolean }): Promise<void> {
  const config = readConfig(process.env)
  const opening = steps.sequence()
  const db = await opening.through(
    openDatabase(config, {
      onStep: opening.next,
      applicationName: 'grid-management reset',
    }),
  )
  try {
    const all = await listHeldTables(db)
    const held = withAudit ? all : all.filter(({ table }) => !AUDIT_TABLES.includes(table.name))
    if (held.length === 0) return steps.line('The database is empty already.')
    await tell(db, held, config.databaseUrl, config.dataDir)
    if (!agreed && !(await isAgreed())) return steps.line('Nothing was deleted.')
    const heads = new HeadFile(db, config.auditHeadsFile)
    if (withAudit) {
      await heads.append()
      await emptyDatabaseAndAudit(db)
      steps.line(`The heads of the audit until now are in ${await putAside(heads.path)}.`)
    } else {
      await emptyDatabase(db, commandLineAsker())
      await heads.append()
    }
    steps.line('Everything was deleted. npm start begins anew.')
  } finally {
    await db.close()
  }
}

/** The chain that begins now has nothing to do with the one before. */
async function putAside(path: string): Promise<string> {
  const aside = `${path}.until-${new Date().toISOString().replaceAll(':', '')}`
  await rename(path, aside)
  return aside
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
