import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { MIGRATIONS_DIR } from './migrate.ts'
import { dumpSchema } from './schema-dump.ts'
import { describeOnEachDatabase } from './test-database.ts'

describeOnEachDatabase('migrations/schema.sql', (db) => {
  it('is what the migrations make, on either database', async () => {
    expect(await dumpSchema(db())).toBe(await readFile(`${MIGRATIONS_DIR}/schema.sql`, 'utf8'))
  })
})
