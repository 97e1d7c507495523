import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { StartError } from '../start-error.ts'
import type { Database, Transaction } from './database.ts'

export const MIGRATIONS_DIR = fileURLToPath(new URL('../../migrations/', import.meta.url))

export interface Migration {
  /** 0001_areas.sql */
  name: string
  sql: string
  checksum: string
}

/** The numbered files of a folder, in their order. */
export async function readMigrations(folder = MIGRATIONS_DIR): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${folder}/${name}`, 'utf8')
      // A checkout with other line ends is the same migration
      const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
      return { name, sql, checksum }
    }),
  )
}

/**
 * Brings the tables up to date, each file in its own transaction. A second process that migrates at the same
 * moment waits for each file and then finds it done.
 * @throws StartError when an applied file was edited, or the database is newer than this program
 */
export async function migrate(
  db: Database,
  migrations?: readonly Migration[],
  onStart: (count: number) => void = () => {},
): Promise<void> {
  const wanted = migrations ?? (await readMigrations())
  await oneAtATime(db, (tx) =>
    tx.query(
      `CREATE TABLE IF NOT EXISTS migrations (
         name       text COLLATE "C" PRIMARY KEY,
         checksum   text NOT NULL,
         applied_at timestamptz NOT NULL DEFAULT now()
       )`,
    ),
  )
  const missing = await pending(db, wanted)
  if (missing.length > 0) onStart(missing.length)
  for (const migration of missing) {
    await oneAtATime(db, async (tx) => {
      if (!(await pending(tx, wanted)).includes(migration)) return
      await tx.query(migration.sql)
      await tx.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [
        migration.name,
        migration.checksum,
      ])
    })
  }
}

function oneAtATime<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    // Neither waiting for another process nor rewriting a large table is a statement that hangs
    await tx.query('SET LOCAL statement_timeout = 0')
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('grid-management migrations'))`)
    return work(tx)
  })
}

/** What has not run yet. Refuses a past that is not the one these files tell. */
async function pending(
  db: Pick<Database, 'query'>,
  wanted: readonly Migration[],
): Promise<readonly Migration[]> {
  const { rows } = await db.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM migrations ORDER BY name',
    [],
  )
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]))
  const unknown = rows.find(({ name }) => !wanted.some((migration) => migration.name === name))
  if (unknown) {
    throw new StartError(
      `The database is newer than this program (it holds ${unknown.name}): update the program or use another database.`,
    )
  }
  const last = rows.at(-1)?.name ?? ''
  for (const { name, checksum } of wanted) {
    const recorded = applied.get(name)
    if (recorded !== undefined && recorded !== checksum) {
      throw new StartError(
        `migrations/${name} was edited after it ran here: restore the file and write the change as a new migration.`,
      )
    }
    if (recorded === undefined && name < last) {
      throw new StartError(
        `migrations/${name} has a number below ${last}, which ran already: give it the next free number.`,
      )
    }
  }
  return wanted.filter(({ name }) => !applied.has(name))
}
