import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { StartError } from '../start-error.ts'
import type { Database } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { connectEmbedded } from './embedded-directory.ts'
import { emptyDatabaseAndAudit } from './empty-database.ts'
import { migrate } from './migrate.ts'
import { dumpSchema } from './schema-dump.ts'
import type { TestDatabase } from './test-database.ts'
import { testRunFolder } from './test-run.ts'
import { LEFT_OVER_AFTER_S, schemaKey } from './test-templates.ts'

/** An opened embedded database of this process, and what it is like when it is as good as new. */
interface Opened {
  db: Database
  dataDir: string
  likeNew: string
}

/** Opening one takes seconds, emptying it tenths: the next test has what another gave back. */
const idle: Opened[] = []

/** One with every migration applied and nothing in it: one that was given back, or a new copy of the template. */
export async function lendEmbeddedDatabase(): Promise<TestDatabase> {
  const opened = idle.pop() ?? (await openCopy())
  const loan = { over: false }
  let dropping: Promise<void> | undefined
  return {
    db: lent(opened.db, loan),
    drop() {
      dropping ??= takeBack(opened, loan)
      return dropping
    },
  }
}

async function takeBack(opened: Opened, loan: { over: boolean }): Promise<void> {
  const isOpen = !loan.over
  loan.over = true
  if (isOpen && (await makeLikeNew(opened))) {
    idle.push(opened)
  } else {
    await opened.db.close()
    await rm(opened.dataDir, { recursive: true, force: true })
  }
}

/** Of the borrower alone, who reaches nothing by it once the loan is over: what runs on is no trouble to the next. */
function lent(db: Database, loan: { over: boolean }): Database {
  const open = () => {
    if (loan.over) throw new Error('The database is closed.')
    return db
  }
  return {
    kind: db.kind,
    query: async (sql, values) => open().query(sql, values),
    transaction: async (work) => open().transaction(work),
    seenBy: (who) => ({ query: async (sql, values) => open().seenBy(who).query(sql, values) }),
    rowSecurityFault: async () => open().rowSecurityFault(),
    listen: async (channel, onNotify) => open().listen(channel, onNotify),
    async close() {
      if (loan.over) return
      loan.over = true
      await db.close()
    },
  }
}

async function openCopy(): Promise<Opened> {
  const dataDir = await mkdtemp(join(testRunFolder(), 'embedded-'))
  await copyEmbeddedTemplate(dataDir)
  const db = await connectEmbedded(dataDir)
  return { db, dataDir, likeNew: await stateOf(db) }
}

/** false: a test left something that emptying its tables does not take away. */
async function makeLikeNew({ db, likeNew }: Opened): Promise<boolean> {
  try {
    await db.query('UNLISTEN *; DISCARD TEMP')
    await emptyDatabaseAndAudit(db)
    // After the others, which tell it that they were emptied
    await db.query('TRUNCATE changes RESTART IDENTITY')
    return (await stateOf(db)) === likeNew
  } catch {
    return false
  }
}

/** All in which a database can differ from a new one, for who uses it next. */
async function stateOf(db: Database): Promise<string> {
  const { rows } = await db.query<{ line: string }>(
    `SELECT name || ' ' || checksum AS line FROM migrations
      UNION ALL
     SELECT tgrelid::regclass || ': ' || tgname FROM pg_trigger WHERE tgenabled <> 'O'
      UNION ALL
     SELECT name || ' = ' || setting FROM pg_settings WHERE source = 'session'
      UNION ALL
     SELECT 'filled: ' || oid::regclass FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND pg_relation_size(oid) > 0
      ORDER BY line`,
    [],
  )
  return [await dumpSchema(db), ...rows.map(({ line }) => line)].join('\n')
}

/** Fills `dataDir` with a migrated embedded database, not opened. */
export async function copyEmbeddedTemplate(dataDir: string): Promise<void> {
  // Node's own cp takes six times as long for its thousand files
  await promisify(execFile)('cp', ['-R', `${await embeddedTemplate()}/.`, dataDir])
}

async function embeddedTemplate(): Promise<string> {
  const template = join(tmpdir(), `grid-test-template-${await schemaKey()}`)
  if (existsSync(template)) return template
  const lock = await waitForLock(`${template}-lock`)
  try {
    if (existsSync(template)) return template
    await removeLeftOvers()
    const making = `${template}-making`
    await rm(making, { recursive: true, force: true })
    const db = await connectEmbedded(making)
    await migrate(db)
    await db.close()
    await rename(making, template)
    return template
  } finally {
    await lock.release()
  }
}

/** Templates of other migrations, and copies of test runs that were killed. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith('grid-test-')) continue
    const path = join(tmpdir(), name)
    const madeAt = (await stat(path).catch(() => null))?.mtimeMs ?? Date.now()
    if (Date.now() - madeAt > LEFT_OVER_AFTER_S * 1000) await rm(path, { recursive: true, force: true })
  }
}

async function waitForLock(folder: string) {
  for (;;) {
    try {
      return await lockDirectory(folder)
    } catch (error) {
      if (!(error instanceof StartError)) throw error
      await sleep(200)
    }
  }
}
