import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartError } from '../start-error.ts'
import { openDatabase } from './connect.ts'
import type { Database } from './database.ts'
import { connectPostgres } from './postgres.ts'
import { prepareServer } from './postgres-server.ts'
import { makeEmptyPostgres } from './test-database.ts'

const serverUrl = process.env.TEST_DATABASE_URL

async function refusalOf(work: Promise<Database | undefined>): Promise<string> {
  const result = await work.catch((reason: unknown) => reason)
  expect(result).toBeInstanceOf(StartError)
  const { message } = result as StartError
  expect(message).not.toContain('\n')
  return message
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()) && tries < 200; tries += 1) {
    await new Promise((next) => setTimeout(next, 50))
  }
}

describe('an address that leads nowhere', () => {
  it.each([
    [
      'postgres://grid:secret@127.0.0.1:1/grid',
      /^The database at 127.0.0.1:1\/grid cannot be reached .*ECONNREFUSED/,
    ],
    [
      'postgres://grid:secret@no.such.host.invalid/grid',
      /cannot be reached .*: start it or correct DATABASE_URL/,
    ],
    ['mysql://grid:secret@127.0.0.1/grid', /^DATABASE_URL is no PostgreSQL address: write it as postgres:/],
    ['grid', /^DATABASE_URL is no PostgreSQL address/],
  ])('%s is refused in one line with the remedy, without the password', async (url, message) => {
    const refusal = await refusalOf(connectPostgres(url))
    expect(refusal).toMatch(message)
    expect(refusal).not.toContain('secret')
  })
})

it('a server that is starting up is refused in one line with the remedy', async () => {
  // The first and last word of such a server, whatever it is asked
  const fields = ['SFATAL', 'C57P03', 'Mthe database system is starting up', '', '']
  const text = Buffer.from(fields.join('\0'))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(4 + text.length)
  const starting = createServer((socket) => {
    socket.once('data', () => socket.end(Buffer.concat([Buffer.from('E'), length, text])))
  }).listen(0, '127.0.0.1')
  await once(starting, 'listening')
  const { port } = starting.address() as AddressInfo
  expect(await refusalOf(connectPostgres(`postgres://grid:secret@127.0.0.1:${port}/grid`))).toBe(
    `The database at 127.0.0.1:${port}/grid is starting up or shutting down: try again in a moment.`,
  )
  starting.close()
})

it('a server without PostGIS is refused with the remedy', async () => {
  const bare = await PGlite.create()
  const server: Database = {
    kind: 'postgresql',
    query: async (sql, values) => {
      const { rows, affectedRows = 0 } = await bare.query(sql, values as unknown[])
      return { rows: rows as never[], rowCount: affectedRows }
    },
    transaction: (work) => work(server as never),
    seenBy: () => server,
    rowSecurityFault: async () => null,
    listen: async () => async () => {},
    close: () => bare.close(),
  }
  const preparing = prepareServer(server).then(() => undefined)
  expect(await refusalOf(preparing)).toBe(
    'PostGIS is missing on the database server: install PostGIS 3.3 or newer there.',
  )
  await bare.close()
}, 60_000)

describe.skipIf(!serverUrl)('a PostgreSQL server (TEST_DATABASE_URL)', () => {
  let made: Awaited<ReturnType<typeof makeEmptyPostgres>>
  let url: string
  let administrator: pg.Client

  beforeAll(async () => {
    made = await makeEmptyPostgres()
    url = made.url
    administrator = new pg.Client({ connectionString: url })
    administrator.on('error', () => undefined)
    await administrator.connect()
  }, 60_000)
  afterAll(async () => {
    await administrator.end()
    await made.drop()
  })

  const withUrl = (change: (parts: URL) => void) => {
    const parts = new URL(url)
    change(parts)
    return parts.href
  }

  /** As a database administrator would see it: every other connection to this database is cut. */
  const cutAll = () =>
    administrator.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )

  it('opened by two at the same moment is migrated once', async () => {
    const both = await Promise.all([1, 2].map(() => openDatabase({ databaseUrl: url, dataDir: '' })))
    const { rows } = await both[0]!.query(`SELECT count(*) = count(DISTINCT name) AS once FROM migrations`)
    expect(rows).toEqual([{ once: true }])
    for (const db of both) await db.close()
  })

  it('refuses a wrong password or database in one line', async () => {
    await administrator.query(`DROP ROLE IF EXISTS grid_test_nobody; CREATE ROLE grid_test_nobody`)
    const stranger = withUrl((parts) => {
      parts.username = 'grid_test_nobody'
      parts.password = 'wrong'
    })
    expect(await refusalOf(connectPostgres(stranger))).toMatch(
      /refuses the user or password: correct DATABASE_URL/,
    )
    const elsewhere = withUrl((parts) => {
      parts.pathname = '/no_such_database'
    })
    expect(await refusalOf(connectPostgres(elsewhere))).toMatch(/no_such_database does not exist: create it/)
    await administrator.query('DROP ROLE grid_test_nobody')
  })

  it('refuses who finds no connection left, in one line', async () => {
    await administrator.query(
      `DROP ROLE IF EXISTS grid_test_crowd;
       CREATE ROLE grid_test_crowd LOGIN PASSWORD 'crowd' CONNECTION LIMIT 0`,
    )
    const late = withUrl((parts) => {
      parts.username = 'grid_test_crowd'
      parts.password = 'crowd'
    })
    expect(await refusalOf(connectPostgres(late))).toMatch(
      /has no connection left: stop other clients or raise max_connections/,
    )
    await administrator.query('DROP ROLE grid_test_crowd')
  })

  it.each([
    ['postgis_lib_version()', `'3.2.4'::text`, /^PostGIS 3.2.4 is too old: install 3.3 or newer/],
    [
      'current_setting(name text)',
      `CASE name WHEN 'server_version_num' THEN '140011' ELSE '14.11' END`,
      /^PostgreSQL 14.11 is too old: upgrade the server to 15 or newer/,
    ],
  ])('is refused when it is too old (%s)', async (signature, answer, message) => {
    const pathOf = (path: string) =>
      administrator.query(
        `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I ${path}', current_database()); END $$`,
      )
    await administrator.query(
      `CREATE SCHEMA older; CREATE FUNCTION older.${signature} RETURNS text LANGUAGE sql AS $$ SELECT ${answer} $$`,
    )
    await pathOf('SET search_path = older, pg_catalog, public')
    expect(await refusalOf(connectPostgres(url))).toMatch(message)
    await pathOf('RESET search_path')
    await administrator.query('DROP SCHEMA older CASCADE')
  })

  it('is refused when the extension is missing and this user may not create it', async () => {
    await administrator.query(`DROP EXTENSION pg_trgm CASCADE`)
    await administrator.query(
      `DROP ROLE IF EXISTS grid_test_reader; CREATE ROLE grid_test_reader LOGIN PASSWORD 'reader'`,
    )
    await administrator.query(`REVOKE CREATE ON DATABASE ${new URL(url).pathname.slice(1)} FROM PUBLIC`)
    const reader = withUrl((parts) => {
      parts.username = 'grid_test_reader'
      parts.password = 'reader'
    })
    expect(await refusalOf(connectPostgres(reader))).toMatch(
      /may not create the extension pg_trgm: let an administrator run CREATE EXTENSION pg_trgm in this database/,
    )
    await administrator.query('DROP ROLE grid_test_reader; CREATE EXTENSION pg_trgm')
  })

  it('may cut every connection: what ran fails, what is asked next is answered, listening resumes', async () => {
    const db = await connectPostgres(url)
    let heard = 0
    await db.listen('anything', () => {
      heard += 1
    })
    const sleeping = db.query('SELECT pg_sleep(60)').catch((reason: unknown) => reason)
    const inTransaction = db
      .transaction(async (tx) => {
        await tx.query('CREATE TABLE never ()')
        await tx.query('SELECT pg_sleep(60)')
      })
      .catch((reason: unknown) => reason)
    await until(async () => {
      const { rows } = await administrator.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%'`,
      )
      return rows.length === 2
    })
    await cutAll()
    expect(await sleeping).toMatchObject({ code: '57P01' })
    expect(await inTransaction).toMatchObject({ code: '57P01' })
    expect((await db.query(`SELECT to_regclass('never') AS never`)).rows).toEqual([{ never: null }])
    // Heard once for what it may have missed, and again for what is notified from then on
    await until(() => heard > 0)
    const before = heard
    await administrator.query('NOTIFY anything')
    await until(() => heard > before)
    expect(heard).toBe(before + 1)
    await db.close()
  })

  it('is listened to by one connection, also when another channel is asked for while that one is away', async () => {
    const db = await connectPostgres(url, { applicationName: 'one listener' })
    let heard = 0
    await db.listen('first', () => {
      heard += 1
    })
    const listening = async () =>
      (
        await administrator.query(
          `SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'one listener' AND query LIKE 'LISTEN%'`,
        )
      ).rows.length
    await cutAll()
    let asked = false
    while (!asked) {
      asked = await db
        .listen('second', () => undefined)
        .then(
          () => true,
          () => false,
        )
      // That the connection is gone is heard between two tries only
      await new Promise((next) => setTimeout(next, 5))
    }
    await until(() => heard === 1)
    // Longer than the pause before it would have tried by itself
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await listening()).toBe(1)
    expect(heard).toBe(1)
    await db.close()
  })

  it('cuts a statement off only for who asked for that', async () => {
    const web = await connectPostgres(url, { statementTimeoutMs: 300 })
    await expect(web.query('SELECT pg_sleep(10)')).rejects.toMatchObject({ code: '57014' })
    await expect(web.transaction((tx) => tx.query('SELECT pg_sleep(10)'))).rejects.toMatchObject({
      code: '57014',
    })
    await web.close()
    const importer = await connectPostgres(url)
    expect((await importer.query('SELECT 1 AS n FROM pg_sleep(0.5)')).rows).toEqual([{ n: 1 }])
    await importer.close()
  })

  it('is told who we are', async () => {
    const db = await connectPostgres(url, { applicationName: 'grid-management import' })
    const { rows } = await db.query(`SELECT current_setting('application_name') AS name`)
    expect(rows).toEqual([{ name: 'grid-management import' }])
    await db.close()
  })
})
