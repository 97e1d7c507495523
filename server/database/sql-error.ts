/** What the server says about a statement it refused; `code` is the SQLSTATE. */
export interface SqlFault {
  message: string
  code?: string | undefined
  severity?: string | undefined
  detail?: string | undefined
  hint?: string | undefined
  position?: string | undefined
  where?: string | undefined
  schema?: string | undefined
  table?: string | undefined
  column?: string | undefined
  constraint?: string | undefined
}

/** A statement the database refused. Both databases throw it, so callers may look at `code`. */
export class SqlError extends Error {
  readonly code: string | undefined
  readonly severity: string | undefined
  readonly detail: string | undefined
  readonly hint: string | undefined
  readonly position: string | undefined
  readonly where: string | undefined
  readonly schema: string | undefined
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined
  /** the statement, without its parameters: for the log */
  readonly statement: string

  constructor(fault: SqlFault, statement: string) {
    super(fault.message)
    this.name = 'SqlError'
    this.code = fault.code
    this.severity = fault.severity
    this.detail = fault.detail
    this.hint = fault.hint
    this.position = fault.position
    this.where = fault.where
    this.schema = fault.schema
    this.table = fault.table
    this.column = fault.column
    this.constraint = fault.constraint
    this.statement = statement
  }
}

/** The server answers a COMMIT after a failed statement by rolling back, without an error. */
export const SWALLOWED_ERROR = 'A statement of the transaction had failed and its error was not passed on.'
