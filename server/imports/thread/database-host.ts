import type { Database, Queryable, Result, Transaction } from '../../database/database.ts'
import type { SqlRequest } from './messages.ts'

interface OpenWork {
  tx: Transaction
  /** of its session on PostgreSQL */
  pid: number
  /** whether a statement runs in it now */
  busy: boolean
  /** nothing more is done in it: it can only be taken back */
  doomed: boolean
  end(how: 'commit' | 'rollback'): Promise<void>
}

const CANCELLED = 'The transaction was cancelled.'

/** What was rolled back because it was asked for. */
class RolledBack extends Error {}

/**
 * Does for the thread of an import what it asks of the database. Its statements may take as long as they take,
 * whatever the limit for those of the web.
 */
export class DatabaseHost {
  private readonly open = new Map<number, OpenWork>()
  private begun = 0
  private isCancelled = false
  private isClosed = false

  constructor(private readonly db: Database) {}

  async serve(request: SqlRequest): Promise<unknown> {
    switch (request.ask) {
      case 'begin':
        return this.begin()
      case 'commit':
        return this.commit(request.tx)
      case 'rollback':
        return this.open.get(request.tx)?.end('rollback')
      case 'copy':
        return this.busy(this.work(request.tx), (tx) => tx.copyIn(request.sql, once(request.rows)))
      case 'query':
        if (request.tx !== null) {
          return this.busy(this.work(request.tx), (tx) => tx.query(request.sql, request.values))
        }
        return this.db.transaction(async (tx): Promise<Result<unknown>> => {
          await openSession(tx)
          return tx.query(request.sql, request.values)
        })
    }
  }

  /** Stops the statements that run now in transactions; nothing more is done in those or in later ones. */
  async cancelTransactions(): Promise<void> {
    this.isCancelled = true
    for (const work of this.open.values()) work.doomed = true
    // The embedded database cannot be interrupted: the statement that runs there ends first
    if (this.db.kind === 'embedded') return
    const busy = [...this.open.values()].filter((work) => work.busy)
    await Promise.all(busy.map(({ pid }) => cancelBackend(this.db, pid)))
  }

  /** Takes back whatever is still open: the thread is gone. */
  async close(): Promise<void> {
    this.isClosed = true
    await this.cancelTransactions().catch(() => undefined)
    await Promise.allSettled([...this.open.values()].map((work) => work.end('rollback')))
  }

  private work(tx: number): OpenWork {
    const work = this.open.get(tx)
    if (!work) throw new Error('The transaction has ended.')
    if (work.doomed) throw new Error(CANCELLED)
    return work
  }

  private async commit(tx: number): Promise<void> {
    const doomed = this.open.get(tx)?.doomed ?? false
    // Whoever asks for it has nothing left to do in it, and asks for no rollback either
    await (doomed ? this.open.get(tx) : this.work(tx))!.end(doomed ? 'rollback' : 'commit')
    if (doomed) throw new Error(CANCELLED)
  }

  private async busy<T>(work: OpenWork, run: (tx: Transaction) => Promise<T>): Promise<T> {
    work.busy = true
    try {
      return await run(work.tx)
    } finally {
      work.busy = false
    }
  }

  private begin(): Promise<number> {
    const number = ++this.begun
    return new Promise((answer, refuse) => {
      const whole = this.db.transaction(
        (tx) =>
          new Promise<void>((commit, rollback) => {
            const end = async (how: 'commit' | 'rollback') => {
              this.open.delete(number)
              if (how === 'commit') commit()
              else rollback(new RolledBack())
              await whole.catch((error) => {
                if (!(error instanceof RolledBack)) throw error
              })
            }
            openSession(tx).then((pid) => {
              if (this.isClosed) {
                rollback(new RolledBack('The thread that asked for it is gone.'))
                return
              }
              this.open.set(number, { tx, pid, busy: false, doomed: this.isCancelled, end })
              answer(number)
            }, rollback)
          }),
      )
      whole.catch(refuse)
    })
  }
}

async function openSession(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ pid: number }>(
    `SELECT pg_backend_pid() AS pid, set_config('statement_timeout', '0', true)`,
  )
  return rows[0]!.pid
}

async function cancelBackend(db: Queryable, pid: number): Promise<void> {
  await db.query(`SELECT pg_cancel_backend($1)`, [pid])
}

async function* once(rows: Uint8Array) {
  yield rows
}
