import pg from 'pg'

type Answer = pg.QueryResult | pg.QueryResult[]

/**
 * Sends statements that answer no rows and one that may, together: one way to the server and back. Where one fails,
 * the server skips those behind it.
 */
export function queryAfter(
  client: pg.PoolClient,
  before: readonly string[],
  text: string,
  values: (string | Buffer | null)[],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answered = (error: Error | null, answer: Answer) => (error ? reject(error) : resolve(answer))
    // Only the extended protocol takes several statements before it waits
    const query = new PipelinedQuery({ text, values, queryMode: 'extended' } as pg.QueryConfig)
    query.before = before
    client.query(query as never, answered as never)
  })
}

class PipelinedQuery extends pg.Query {
  before: readonly string[] = []

  override submit = (connection: pg.Connection): void => {
    connection.stream.cork()
    try {
      for (const text of this.before) {
        connection.parse({ text, name: '', types: [] }, true)
        connection.bind({ portal: '', statement: '', binary: 'false', values: [] }, true)
        connection.execute({ portal: '', rows: '0' }, true)
      }
      pg.Query.prototype.submit.call(this, connection)
    } finally {
      connection.stream.uncork()
    }
  }
}
