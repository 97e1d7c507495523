import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FOLDER = 'GRID_TEST_RUN_FOLDER'

/** Around a whole test run: a folder for what its processes share out, and what it does without is said once. */
export default function beginTestRun(): () => void {
  if (!process.env.TEST_DATABASE_URL) {
    console.log(
      'Tests on PostgreSQL are left out: set TEST_DATABASE_URL=postgres://user:password@host:5432/postgres (a superuser, on a server for tests) to run them too.',
    )
  }
  const folder = mkdtempSync(join(tmpdir(), 'grid-test-run-'))
  process.env[FOLDER] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

/** Where a test puts what lives longer than itself: gone when the run ends. null: there is no test run. */
export const testRunFolder = (): string | null => process.env[FOLDER] ?? null
