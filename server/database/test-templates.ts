import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readMigrations } from './migrate.ts'

/** For tests: what is older was left by a run that was killed. */
export const LEFT_OVER_AFTER_S = 6 * 3600

/** For tests: changes whenever a template made before would not be what a fresh database is now. */
export async function schemaKey(): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, checksum } of await readMigrations()) hash.update(name).update(checksum)
  const { resolve } = createRequire(import.meta.url)
  for (const part of ['@electric-sql/pglite', '@electric-sql/pglite-postgis']) {
    hash.update(await packageVersion(resolve(part)))
  }
  return hash.digest('hex').slice(0, 12)
}

async function packageVersion(entry: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(entry, '../../package.json'), 'utf8'))
  return version
}
