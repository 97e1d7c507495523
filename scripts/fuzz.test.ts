import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestDatabase, type TestDatabase } from '../server/database/test-database.ts'
import { fillSampleDistrict } from '../web/browser-tests/sample-district.ts'
import { runFuzz } from './fuzz/run-fuzz.ts'

const SEED = 20_261_122
const LONG = 300_000

describe('a thousand requests that nobody would make', () => {
  let made: TestDatabase
  let dataDir: string
  beforeAll(async () => {
    made = await makeTestDatabase()
    await fillSampleDistrict(made.db)
    dataDir = await mkdtemp(join(tmpdir(), 'grid-test-fuzz-'))
  }, LONG)
  afterAll(async () => {
    await made?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  it(
    'are answered by their schema or refused with a problem, and told nothing of the inside',
    async () => {
      const figures = await runFuzz({ db: made.db, dataDir, seed: SEED, from: 0, to: 1_000 })
      const told = figures.faults.map(({ request: { number, method, path, who }, what, answer }) =>
        [`${number} as ${who} ${what}`, `${method} ${path}`, answer].join('\n'),
      )
      expect(told).toEqual([])
      expect(figures.requests).toBe(1_000)
      // Not everything was refused
      expect(figures.succeeded).toBeGreaterThan(figures.operations / 4)
    },
    LONG,
  )
})
