import type { Database, Parameter, Result, Transaction } from '../../database/database.ts'
import { OpenTransaction } from '../../database/open-transaction.ts'
import type { SqlRequest } from './messages.ts'

/** Sends a request to the server and answers what came back. */
export type Ask = (request: SqlRequest, transfer?: ArrayBuffer[]) => Promise<unknown>

/**
 * The server's database as the thread of an import sees it: each statement is a message to the server, which
 * has the connections. So both databases serve a thread, the embedded one with its one session too.
 */
export class RemoteDatabase implements Database {
  constructor(
    readonly kind: Database['kind'],
    private readonly ask: Ask,
  ) {}

  async query<Row>(sql: string, values?: readonly Parameter[]): Promise<Result<Row>> {
    return (await this.ask({ ask: 'query', tx: null, sql, values })) as Result<Row>
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tx = (await this.ask({ ask: 'begin' })) as number
    const open = new OpenTransaction({
      query: async <Row>(sql: string, values?: readonly Parameter[]) =>
        (await this.ask({ ask: 'query', tx, sql, values })) as Result<Row>,
      copyIn: async (sql, chunks) => {
        const rows = await gathered(chunks)
        return (await this.ask({ ask: 'copy', tx, sql, rows }, [rows.buffer])) as number
      },
    })
    let result: T
    try {
      result = await work(open)
      await open.end()
    } catch (error) {
      await open.end()
      await this.ask({ ask: 'rollback', tx })
      throw error
    }
    await this.ask({ ask: 'commit', tx })
    return result
  }

  seenBy(): Database {
    throw new Error('An import reads for nobody in particular.')
  }

  async rowSecurityFault(): Promise<null> {
    return null
  }

  listen(): Promise<() => Promise<void>> {
    throw new Error('An import does not listen.')
  }

  async close(): Promise<void> {}
}

/** In memory of its own: it is given away to the server's thread. */
async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
