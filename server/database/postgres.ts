import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database, Parameter, Result, Transaction } from './database.ts'
import { OpenTransaction } from './open-transaction.ts'
import { feedCopy } from './postgres-copy.ts'
import { PostgresListener } from './postgres-listener.ts'
import { describeUnreachable, prepareServer } from './postgres-server.ts'
import { SqlError, SWALLOWED_ERROR } from './sql-error.ts'
import { decoderOf, encodeParameter, SESSION_SETTINGS } from './values.ts'

export interface PostgresOptions {
  /** shown in pg_stat_activity */
  applicationName?: string
  /** Cuts a statement off that takes longer, for the web; importers leave it out. */
  statementTimeoutMs?: number
  maxConnections?: number
}

/**
 * Connects, checks that the server is new enough and holds the extensions, creating them when it may.
 * @throws StartError with the remedy when the server cannot be used
 */
export async function connectPostgres(url: string, options: PostgresOptions = {}): Promise<Database> {
  const settings: pg.PoolConfig = {
    connectionString: url,
    application_name: options.applicationName ?? 'grid-management',
    keepAlive: true,
    // Also how long a statement waits for one of the connections to be free
    connectionTimeoutMillis: 30_000,
    max: options.maxConnections ?? 10,
    types: { getTypeParser: ((typeId: number) => decoderOf(typeId)) as typeof pg.types.getTypeParser },
    onConnect: (client) => prepareSession(client, options.statementTimeoutMs ?? 0),
  }
  const database = new PostgresDatabase(settings)
  try {
    await prepareServer(database)
    return database
  } catch (error) {
    await database.close()
    throw describeUnreachable(error, url)
  }
}

async function prepareSession(client: pg.ClientBase, statementTimeoutMs: number): Promise<void> {
  // A connection that dies while it is in use fails its statement; nobody else needs to hear of it
  client.on('error', () => undefined)
  const settings = { ...SESSION_SETTINGS, statement_timeout: String(statementTimeoutMs) }
  await client.query(
    Object.entries(settings)
      .map(([name, value]) => `SET ${name} = '${value}'`)
      .join(';'),
  )
}

class PostgresDatabase implements Database {
  readonly kind = 'postgresql'
  readonly #pool: pg.Pool
  readonly #listener: PostgresListener

  constructor(settings: pg.PoolConfig) {
    this.#pool = new pg.Pool(settings)
    // An idle connection was lost: the pool has let go of it and opens another when one is needed
    this.#pool.on('error', () => undefined)
    const { connectionString, application_name, keepAlive, connectionTimeoutMillis } = settings
    this.#listener = new PostgresListener({
      connectionString,
      application_name,
      keepAlive,
      connectionTimeoutMillis,
    })
  }

  query<Row>(sql: string, values?: readonly Parameter[]): Promise<Result<Row>> {
    return answer<Row>(this.#pool, sql, values)
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    const tx = new OpenTransaction({
      query: (sql, values) => answer(client, sql, values),
      copyIn: (sql, chunks) => copyInto(client, sql, chunks),
    })
    let lost: Error | undefined
    try {
      await client.query('BEGIN')
      const result = await work(tx)
      await tx.end()
      const { command } = await client.query('COMMIT')
      if (command !== 'COMMIT') throw new Error(SWALLOWED_ERROR)
      return result
    } catch (error) {
      await tx.end()
      await client.query('ROLLBACK').catch((reason: Error) => {
        lost = reason
      })
      throw asSqlError(error, 'COMMIT')
    } finally {
      client.release(lost)
    }
  }

  listen(channel: string, onNotify: () => void): Promise<() => Promise<void>> {
    return this.#listener.listen(channel, onNotify)
  }

  async close(): Promise<void> {
    if (this.#pool.ending) return
    await Promise.all([this.#listener.close(), this.#pool.end()])
  }
}

async function copyInto(
  client: pg.PoolClient,
  sql: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<number> {
  const stream = client.query(copyFrom(sql))
  await feedCopy(stream, chunks).catch((error) => {
    throw asSqlError(error, sql)
  })
  return stream.rowCount
}

async function answer<Row>(
  client: pg.Pool | pg.PoolClient,
  sql: string,
  values: readonly Parameter[] | undefined,
): Promise<Result<Row>> {
  try {
    const result = values ? await client.query(sql, values.map(encode)) : await client.query(sql)
    const last = Array.isArray(result) ? result[result.length - 1] : result
    return { rows: last.rows, rowCount: last.rowCount ?? 0 }
  } catch (error) {
    throw asSqlError(error, sql)
  }
}

function encode(value: Parameter): string | Buffer | null {
  const encoded = encodeParameter(value)
  if (!(encoded instanceof Uint8Array) || Buffer.isBuffer(encoded)) return encoded
  return Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)
}

function asSqlError(error: unknown, sql: string): unknown {
  return error instanceof pg.DatabaseError ? new SqlError(error, sql) : error
}
