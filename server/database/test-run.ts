import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FOLDER = 'GRID_TEST_RUN_FOLDER'

/**
 * Around a whole test run: makes a folder for what outlives a single test, removed at the end, and says which database
 * the run does without. Once, however many projects ask for it.
 */
export default function beginTestRun(): (() => void) | undefined {
  if (process.env[FOLDER]) return undefined
  if (!process.env.TEST_DATABASE_URL) {
    console.log(
      'Tests on PostgreSQL are left out: set TEST_DATABASE_URL=postgres://user:password@host:5432/postgres (a superuser, on a server for tests) to run them too.',
    )
  }
  const folder = mkdtempSync(join(tmpdir(), 'grid-test-run-'))
  process.env[FOLDER] = folder
  return () => {
    delete process.env[FOLDER]
    // The processes of the tests may not have ended
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** Where a test puts what lives longer than itself: gone when the run ends. */
export const testRunFolder = (): string => process.env[FOLDER]!
