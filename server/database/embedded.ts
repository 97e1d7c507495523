import { AsyncLocalStorage } from 'node:async_hooks'
import type { CaseScope } from '../../domain/scope.ts'
import type { Database, Parameter, Queryable, Result, Transaction } from './database.ts'
import {
  type Answer,
  copyIn,
  extendedQuery,
  type Request,
  readAnswer,
  simpleQuery,
} from './embedded-protocol.ts'
import { EmbeddedThread } from './embedded-thread.ts'
import type { WorkerOptions } from './embedded-worker.ts'
import { OpenTransaction } from './open-transaction.ts'
import { SqlError, SWALLOWED_ERROR } from './sql-error.ts'
import { Turns } from './turns.ts'
import { decoderOf, encodeParameter, SESSION_SETTINGS } from './values.ts'

/** A COPY is handed over in pieces of about this size, all within its transaction. */
const COPY_PIECE_BYTES = 4 * 1024 * 1024

/** Opens the files of a database that nobody else has open, or makes them where there are none. */
export async function openEmbedded(options: WorkerOptions): Promise<Database> {
  const database = new EmbeddedDatabase(options)
  await database.open()
  return database
}

/**
 * The embedded database has one session. Statements and transactions take it in turn, so none sees another's
 * half-done work and no answer can reach the wrong asker.
 */
class EmbeddedDatabase implements Database {
  readonly kind = 'embedded'
  readonly #options: WorkerOptions
  readonly #turns = new Turns()
  /** whether the work that asks runs inside a transaction that is still open */
  readonly #asking = new AsyncLocalStorage<{ inTransaction: boolean }>()
  readonly #listeners = new Map<string, Set<() => void>>()
  #thread: EmbeddedThread | null = null
  #closed = false

  constructor(options: WorkerOptions) {
    this.#options = options
  }

  /** Opens it again too, after it broke down: statements until then have failed, what was committed is there. */
  async open(): Promise<EmbeddedThread> {
    if (this.#closed) throw new Error('The database is closed.')
    if (this.#thread && !this.#thread.stopped) return this.#thread
    const thread = await EmbeddedThread.start(this.#options)
    const settings = Object.entries(SESSION_SETTINGS).map(([name, value]) => `SET ${name} = '${value}'`)
    const channels = [...this.#listeners.keys()].map(listenStatement)
    await this.#ask(thread, simpleQuery([...settings, ...channels].join(';')))
    this.#thread = thread
    return thread
  }

  query<Row>(sql: string, values?: readonly Parameter[]): Promise<Result<Row>> {
    return this.#take(async () => this.#answer<Row>(await this.open(), sql, values))
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#take(async () => {
      const thread = await this.open()
      const asking = { inTransaction: true }
      const tx = new OpenTransaction({
        query: (sql, values) => this.#answer(thread, sql, values),
        copyIn: (sql, chunks) => this.#copyIn(thread, sql, chunks),
      })
      try {
        await this.#ask(thread, simpleQuery('BEGIN'))
        const result = await this.#asking.run(asking, () => work(tx))
        await tx.end()
        const { command } = await this.#ask(thread, simpleQuery('COMMIT'))
        if (command !== 'COMMIT') throw new Error(SWALLOWED_ERROR)
        return result
      } catch (error) {
        await tx.end()
        if (!thread.stopped) await this.#ask(thread, simpleQuery('ROLLBACK'))
        throw error
      } finally {
        asking.inTransaction = false
      }
    })
  }

  seenBy(_who: CaseScope): Queryable {
    return this
  }

  async rowSecurityFault(): Promise<null> {
    return null
  }

  async listen(channel: string, onNotify: () => void): Promise<() => Promise<void>> {
    const listener = () => onNotify()
    const others = this.#listeners.get(channel) ?? new Set()
    this.#listeners.set(channel, others.add(listener))
    await this.query(listenStatement(channel))
    return async () => {
      others.delete(listener)
    }
  }

  async close(): Promise<void> {
    await this.#turns.take(async () => {
      this.#closed = true
      await this.#thread?.close()
    })
  }

  #take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#asking.getStore()?.inTransaction) {
      return Promise.reject(
        new Error('Inside a transaction ask the transaction: it holds the only session there is.'),
      )
    }
    return this.#turns.take(work)
  }

  async #answer<Row>(
    thread: EmbeddedThread,
    sql: string,
    values: readonly Parameter[] | undefined,
  ): Promise<Result<Row>> {
    const request = values ? extendedQuery(sql, values.map(encodeParameter)) : simpleQuery(sql)
    const { rows, rowCount } = await this.#ask(thread, request)
    return { rows: rows as Row[], rowCount }
  }

  async #copyIn(thread: EmbeddedThread, sql: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    let copied = 0
    for await (const piece of piecesOf(chunks)) {
      copied += (await this.#ask(thread, copyIn(sql, piece))).rowCount
    }
    return copied
  }

  async #ask(thread: EmbeddedThread, request: Request): Promise<Answer> {
    const answer = readAnswer(await thread.ask(request.bytes), decoderOf)
    for (const channel of answer.notified) {
      for (const onNotify of this.#listeners.get(channel) ?? []) queueMicrotask(onNotify)
    }
    if (answer.error) throw new SqlError(answer.error, request.sql)
    return answer
  }
}

function listenStatement(channel: string): string {
  return `LISTEN "${channel.replaceAll('"', '""')}"`
}

/** Chunks gathered into pieces large enough to be worth a statement each; at least one, to meet its errors. */
async function* piecesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let size = 0
  let any = false
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.length
    if (size < COPY_PIECE_BYTES) continue
    any = true
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0 || !any) yield Buffer.concat(waiting)
}
