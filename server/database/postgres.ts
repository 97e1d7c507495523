import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { CaseScope } from '../../domain/scope.ts'
import type { Database, Parameter, Queryable, Result, Transaction } from './database.ts'
import { OpenTransaction } from './open-transaction.ts'
import { queryAfter } from './pipelined-query.ts'
import { feedCopy } from './postgres-copy.ts'
import { PostgresListener } from './postgres-listener.ts'
import { describeUnreachable, prepareServer } from './postgres-server.ts'
import { beginSeenBy, prepareRowSecurity, type RowSecurity } from './row-security.ts'
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
  #rowSecurity: Promise<RowSecurity> | null = null

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

  seenBy(who: CaseScope): Queryable {
    return {
      query: async <Row>(sql: string, values?: readonly Parameter[]) => {
        const { fault, searchPath } = await this.#rowSecurityNow()
        if (fault !== null) return this.query<Row>(sql, values)
        return this.#answerAfter<Row>(beginSeenBy(who, searchPath), sql, values)
      },
    }
  }

  async rowSecurityFault(): Promise<string | null> {
    return (await this.#rowSecurityNow()).fault
  }

  #rowSecurityNow(): Promise<RowSecurity> {
    this.#rowSecurity ??= prepareRowSecurity(this).catch((error) => {
      this.#rowSecurity = null
      throw error
    })
    return this.#rowSecurity
  }

  /** One statement in the transaction that `begin` opens. */
  async #answerAfter<Row>(
    begin: readonly string[],
    sql: string,
    values: readonly Parameter[] = [],
  ): Promise<Result<Row>> {
    const client = await this.#pool.connect()
    try {
      return resultOf<Row>(await queryAfter(client, begin, sql, values.map(encode)))
    } catch (error) {
      throw asSqlError(error, sql)
    } finally {
      // Nothing was written. Who asked need not wait for it; the connection's next user does
      client.query('ROLLBACK').then(
        () => client.release(),
        (lost: Error) => client.release(lost),
      )
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
    return resultOf<Row>(result)
  } catch (error) {
    throw asSqlError(error, sql)
  }
}

/** Of several statements the last one's. */
function resultOf<Row>(result: pg.QueryResult | pg.QueryResult[]): Result<Row> {
  const last = Array.isArray(result) ? result[result.length - 1]! : result
  return { rows: last.rows, rowCount: last.rowCount ?? 0 }
}

function encode(value: Parameter): string | Buffer | null {
  const encoded = encodeParameter(value)
  if (!(encoded instanceof Uint8Array) || Buffer.isBuffer(encoded)) return encoded
  return Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)
}

function asSqlError(error: unknown, sql: string): unknown {
  return error instanceof pg.DatabaseError ? new SqlError(error, sql) : error
}
