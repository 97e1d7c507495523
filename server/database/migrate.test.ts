import { expect, it } from 'vitest'
import { StartError } from '../start-error.ts'
import { type Migration, migrate, readMigrations } from './migrate.ts'
import { describeOnEachDatabase } from './test-database.ts'

async function withMore(...added: { name: string; sql: string }[]): Promise<Migration[]> {
  return [...(await readMigrations()), ...added.map(({ name, sql }) => ({ name, sql, checksum: sql }))]
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StartError)
  return (error as StartError).message
}

describeOnEachDatabase('migrate', (db) => {
  it('has nothing to do on an up-to-date database', async () => {
    let started = 0
    await migrate(db(), undefined, () => {
      started += 1
    })
    expect(started).toBe(0)
  })

  it('refuses a file that was edited after it ran, naming it and the remedy', async () => {
    const [first, ...rest] = await readMigrations()
    const edited = [{ ...first!, checksum: 'another' }, ...rest]
    expect(await reasonOf(migrate(db(), edited))).toBe(
      'migrations/0001_areas.sql was edited after it ran here: restore the file and write the change as a new migration.',
    )
  })

  it('refuses a database that is newer than the program', async () => {
    const older = (await readMigrations()).slice(0, -1)
    expect(await reasonOf(migrate(db(), older))).toMatch(
      /^The database is newer than this program .*: update the program/,
    )
  })

  it('refuses a file numbered below one that ran already', async () => {
    const late = await withMore({ name: '0000_late.sql', sql: 'SELECT 1' })
    expect(await reasonOf(migrate(db(), late))).toMatch(/0000_late.sql has a number below .*next free number/)
  })

  it('leaves nothing of a file that fails, and keeps those before it', async () => {
    const files = await withMore(
      { name: '9001_good.sql', sql: 'CREATE TABLE good ()' },
      { name: '9002_bad.sql', sql: 'CREATE TABLE half (); SELECT 1 / 0' },
    )
    await expect(migrate(db(), files)).rejects.toMatchObject({ code: '22012' })
    const { rows } = await db().query(
      `SELECT to_regclass('good') IS NOT NULL AS good, to_regclass('half') IS NOT NULL AS half,
              (SELECT max(name) FROM migrations) AS last`,
    )
    expect(rows).toEqual([{ good: true, half: false, last: '9001_good.sql' }])
    await db().query(`DROP TABLE good; DELETE FROM migrations WHERE name = '9001_good.sql'`)
  })

  it('lets many migrate at once: each file runs once and nobody fails', async () => {
    const files = await withMore(
      { name: '9001_one.sql', sql: 'CREATE TABLE one (); SELECT pg_sleep(0.1)' },
      { name: '9002_two.sql', sql: 'CREATE TABLE two (); SELECT pg_sleep(0.1)' },
    )
    await Promise.all(Array.from({ length: 5 }, () => migrate(db(), files)))
    const { rows } = await db().query(`SELECT count(*) AS n FROM migrations WHERE name > '9'`)
    expect(rows).toEqual([{ n: 2 }])
  })
})
