// npm run dump-schema [-- --check]: migrations/schema.sql, what a fresh database looks like after all migrations.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../server/database/connect.ts'
import { dumpSchema } from '../server/database/schema-dump.ts'

const file = fileURLToPath(new URL('../migrations/schema.sql', import.meta.url))
const dataDir = await mkdtemp(join(tmpdir(), 'grid-schema-'))
try {
  const db = await openDatabase({ databaseUrl: null, dataDir })
  const schema = await dumpSchema(db)
  await db.close()
  if (!process.argv.includes('--check')) {
    await writeFile(file, schema)
    console.log(`Written: ${file}`)
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== schema) {
    console.error('migrations/schema.sql is stale: run npm run dump-schema and commit what it writes.')
    process.exitCode = 1
  }
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
