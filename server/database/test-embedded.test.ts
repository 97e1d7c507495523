import { afterEach, expect, it } from 'vitest'
import type { TestDatabase } from './test-database.ts'
import { lendEmbeddedDatabase } from './test-embedded.ts'

const LONG = 120_000

let lent: TestDatabase | undefined
afterEach(() => lent?.drop())

async function lendAnother(): Promise<TestDatabase> {
  await lent?.drop()
  lent = await lendEmbeddedDatabase()
  return lent
}

const beganAt = async ({ db }: TestDatabase) =>
  (await db.query<{ at: Date }>('SELECT pg_postmaster_start_time() AS at')).rows[0]!.at.getTime()

async function addDepartment({ db }: TestDatabase): Promise<number> {
  const sql = `INSERT INTO changes (topic) VALUES ('test') RETURNING seq`
  await db.query(`INSERT INTO departments (code, name) VALUES ('D', 'Department')`)
  return (await db.query<{ seq: number }>(sql)).rows[0]!.seq
}

it(
  'lends the same database again, with nothing in it that was not in a new one',
  async () => {
    const first = await lendAnother()
    const began = await beganAt(first)
    const seq = await addDepartment(first)
    const second = await lendAnother()
    expect(await beganAt(second)).toBe(began)
    expect((await second.db.query('SELECT 1 FROM departments')).rows).toEqual([])
    expect(await addDepartment(second)).toBe(seq)
  },
  LONG,
)

it.each(['CREATE TABLE left_behind ()', 'ALTER TABLE audit DISABLE TRIGGER USER', `SET work_mem = '5MB'`])(
  'lends no database again that emptying does not mend: %s',
  async (change) => {
    const first = await lendAnother()
    const began = await beganAt(first)
    await first.db.query(change)
    expect(await beganAt(await lendAnother())).not.toBe(began)
  },
  LONG,
)

it(
  'lets nobody at a database who has given it back',
  async () => {
    const first = await lendAnother()
    const second = await lendAnother()
    await first.drop()
    await first.db.close()
    const asked = [
      first.db.query('SELECT 1'),
      first.db.transaction((tx) => tx.query('SELECT 1')),
      first.db.listen('changes', () => undefined),
    ]
    for (const one of asked) await expect(one).rejects.toThrow('closed')
    expect((await second.db.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }])
  },
  LONG,
)
