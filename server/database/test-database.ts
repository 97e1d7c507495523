import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { connectPostgres } from './postgres.ts'
import { lendEmbeddedDatabase } from './test-embedded.ts'
import { LEFT_OVER_AFTER_S, schemaKey } from './test-templates.ts'

/** A server whose user may create databases; without it the tests run on the embedded database alone. */
const SERVER_URL = process.env.TEST_DATABASE_URL

const LONGEST_PREPARATION_MS = 180_000

/** A database to oneself until it is dropped, with every migration applied and nothing in it. */
export interface TestDatabase {
  db: Database
  drop(): Promise<void>
}

/**
 * Runs `tests` once for each database this machine can run, each on an empty, migrated one. `db()` is there
 * inside tests and hooks, the kind before.
 */
export function describeOnEachDatabase(
  name: string,
  tests: (db: () => Database, kind: Database['kind']) => void,
): void {
  const makers = { embedded: lendEmbeddedDatabase, ...(SERVER_URL ? { postgresql: makePostgres } : {}) }
  for (const [kind, make] of Object.entries(makers)) {
    describe(`${name} (${kind})`, () => {
      let made: TestDatabase | undefined
      beforeAll(async () => {
        made = await make()
      }, LONGEST_PREPARATION_MS)
      afterAll(async () => {
        await made?.drop()
      })
      tests(() => made!.db, kind as Database['kind'])
    })
  }
}

/** One database for tests that look at it through a browser: PostgreSQL where there is one. Drop it after. */
export const makeTestDatabase = (): Promise<TestDatabase> =>
  SERVER_URL ? makePostgres() : lendEmbeddedDatabase()

/** A database cloned from a template that the first test to need it made on this server. */
async function makePostgres(): Promise<TestDatabase> {
  const name = newName()
  await onServer((server) => cloneTemplate(server, name))
  const db = await connectPostgres(urlOf(name))
  return {
    db,
    async drop() {
      await db.close()
      await dropPostgres(name)
    },
  }
}

/** A database without tables, for tests of connecting and migrating themselves. */
export async function makeEmptyPostgres(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = newName()
  await onServer((server) => server.query(`CREATE DATABASE ${name}`))
  return { url: urlOf(name), drop: () => dropPostgres(name) }
}

/** Tells when it was made: what a killed run left can be dropped later. */
function newName(): string {
  return `grid_test_${Math.floor(Date.now() / 1000)}_${randomBytes(4).toString('hex')}`
}

async function dropPostgres(name: string): Promise<void> {
  await onServer((server) => server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
}

/** Under a lock, so that the template is neither made twice nor dropped by another run while it is copied. */
async function cloneTemplate(server: pg.Client, name: string): Promise<void> {
  const template = `grid_test_template_${await schemaKey()}`
  for (;;) {
    await server.query(`SELECT pg_advisory_lock_shared(hashtext('grid-test templates'))`)
    const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (rowCount) break
    await server.query(`SELECT pg_advisory_unlock_all()`)
    await makeTemplate(server, template)
  }
  await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
}

async function makeTemplate(server: pg.Client, template: string): Promise<void> {
  await server.query(`SELECT pg_advisory_lock(hashtext('grid-test templates'))`)
  const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
  if (!rowCount) {
    await dropLeftOvers(server)
    const making = `${template}_making`
    await server.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`)
    await server.query(`CREATE DATABASE ${making}`)
    const db = await connectPostgres(urlOf(making))
    await migrate(db)
    await db.close()
    await server.query(`ALTER DATABASE ${making} RENAME TO ${template}`)
  }
  await server.query('SELECT pg_advisory_unlock_all()')
}

/** Templates of other migrations, and databases of test runs that were killed. */
async function dropLeftOvers(server: pg.Client): Promise<void> {
  const { rows } = await server.query<{ datname: string }>(
    `SELECT datname FROM pg_database
      WHERE datname ~ '^grid_test_template_' OR datname ~ '^grid_test_\\d+_'`,
  )
  const now = Date.now() / 1000
  for (const { datname } of rows) {
    const madeAt = Number(/^grid_test_(\d+)_/.exec(datname)?.[1] ?? 0)
    if (now - madeAt > LEFT_OVER_AFTER_S) await server.query(`DROP DATABASE IF EXISTS ${datname}`)
  }
}

async function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: SERVER_URL })
  await server.connect()
  try {
    return await work(server)
  } finally {
    await server.end()
  }
}

/** The address of a database on the server of the tests. */
export function urlOf(database: string): string {
  const url = new URL(SERVER_URL!)
  url.pathname = `/${database}`
  return url.href
}
