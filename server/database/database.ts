import type { CaseScope } from '../../domain/scope.ts'

/** A value that goes into a statement as a parameter. Objects go in as JSON text, made by the caller. */
export type Parameter = string | number | boolean | null | Date | Uint8Array | readonly unknown[]

export interface Result<Row> {
  rows: Row[]
  rowCount: number
}

/**
 * Something that answers SQL. Both databases give the same types back: bigint and numeric as number, date as
 * 'YYYY-MM-DD', timestamptz as Date, json parsed, bytea as Uint8Array, arrays as arrays of these.
 */
export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string, values?: readonly Parameter[]): Promise<Result<Row>>
}

/** One connection inside a transaction. */
export interface Transaction extends Queryable {
  /** `COPY ... FROM STDIN` in text format; `chunks` hold whole lines. Answers the number of rows. */
  copyIn(sql: string, chunks: AsyncIterable<Uint8Array>): Promise<number>
}

/** The database behind one interface: PostgreSQL by DATABASE_URL, or the embedded default. */
export interface Database extends Queryable {
  readonly kind: 'postgresql' | 'embedded'
  /** Runs `work` on one connection between BEGIN and COMMIT; any error rolls back and is thrown again. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * For reading in the name of somebody: PostgreSQL shows nothing but what `who` may see, whatever a statement asks
   * for. The embedded database cannot: there the statements alone hold back.
   */
  seenBy(who: CaseScope): Queryable
  /** Why `seenBy` does not hold back although this database could, with the remedy; null: nothing to tell. */
  rowSecurityFault(): Promise<string | null>
  /** Calls `onNotify` on NOTIFY of `channel`, a hint only: it can be lost. Answers how to stop. */
  listen(channel: string, onNotify: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}
