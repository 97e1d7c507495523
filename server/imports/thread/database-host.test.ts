import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { DatabaseHost } from './database-host.ts'

// A transaction left open would hold up the next statement on the embedded database for ever
describeOnEachDatabase('an import that is cancelled in its thread', (db) => {
  const marks = async () => (await db().query<{ code: string }>(`SELECT code FROM departments`)).rows
  const mark = `INSERT INTO departments (code, name) VALUES ('cancelled', 'x')`

  it('writes nothing, also when it only has to commit', async () => {
    const host = new DatabaseHost(db())
    const tx = (await host.serve({ ask: 'begin' })) as number
    await host.serve({ ask: 'query', tx, sql: mark, values: [] })
    await host.cancelTransactions()
    await expect(host.serve({ ask: 'commit', tx })).rejects.toThrow('cancelled')
    expect(await marks()).toEqual([])
  })

  it('writes nothing when it has yet to begin', async () => {
    const host = new DatabaseHost(db())
    await host.cancelTransactions()
    const tx = (await host.serve({ ask: 'begin' })) as number
    await expect(host.serve({ ask: 'query', tx, sql: mark, values: [] })).rejects.toThrow('cancelled')
    await host.serve({ ask: 'rollback', tx })
    expect(await marks()).toEqual([])
  })

  it('leaves nothing open when its thread is gone while it begins', async () => {
    const host = new DatabaseHost(db())
    const begun = host.serve({ ask: 'begin' })
    const ended = expect(begun).rejects.toThrow('gone')
    await host.close()
    await ended
    expect(await marks()).toEqual([])
  })
})
