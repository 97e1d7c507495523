import type { Parameter, Result, Transaction } from './database.ts'
import { Turns } from './turns.ts'

/** What was asked while another statement of the same transaction runs waits for it; at its end no more is asked. */
export class OpenTransaction implements Transaction {
  readonly #session: Transaction
  readonly #turns = new Turns()
  #ended = false

  constructor(session: Transaction) {
    this.#session = session
  }

  query<Row>(sql: string, values?: readonly Parameter[]): Promise<Result<Row>> {
    return this.#take(() => this.#session.query<Row>(sql, values))
  }

  copyIn(sql: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    return this.#take(() => this.#session.copyIn(sql, chunks))
  }

  /** Waits for what was asked: the session goes to somebody else afterwards. */
  async end(): Promise<void> {
    await this.#turns.take(async () => {
      this.#ended = true
    })
  }

  #take<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(() => {
      if (this.#ended) throw new Error('The transaction has ended: await every statement inside it.')
      return work()
    })
  }
}
