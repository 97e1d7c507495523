import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dissolveAreasFromGrids } from '../server/areas/queries.ts'
import { makeTestDatabase, type TestDatabase } from '../server/database/test-database.ts'
import { checkCoverage } from '../server/grids/queries.ts'
import { type ImportResult, importFiles } from '../server/imports/import-files.ts'
import { type City, importsOf } from './real-cities.ts'
import { chomeAgreement, percent, precinctAgreement, tokyoResidents } from './real-data-truths.ts'

const dir = process.env.REAL_DATA_DIR ?? ''
const isThere = dir !== '' && existsSync(dir)

// The seventeen other wards are for size: they lie outside all grids and are left to the benchmark
describe.skipIf(!isThere)('real cities (needs REAL_DATA_DIR)', { timeout: 600_000 }, () => {
  let database: TestDatabase
  let dataDir = ''
  const results = new Map<string, ImportResult>()

  async function importCity(city: City): Promise<void> {
    for (const options of await importsOf(city, dir)) {
      const files = options.files.filter((file) => !file.includes('buildings_other_wards'))
      const config = { dataDir, timeZone: 'Asia/Tokyo', language: 'en', gridCodeScheme: 'free' } as const
      const parts = { db: database.db, config, dissolveAreas: dissolveAreasFromGrids, checkCoverage }
      results.set(`${city} ${options.kind}`, await importFiles(parts, { ...options, files }))
    }
  }

  beforeAll(async () => {
    database = await makeTestDatabase()
    dataDir = await mkdtemp(join(tmpdir(), 'real-cities-test-'))
    await importCity('tokyo')
    await importCity('boston')
  }, 600_000)
  afterAll(async () => {
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('come in whole', () => {
    const counts = (what: string) => {
      const { rowsRead, inserted, rowsRejected, rejectedBy } = results.get(what)!
      return { rowsRead, inserted, rowsRejected, rejectedBy }
    }
    const whole = (rows: number) => ({ rowsRead: rows, inserted: rows, rowsRejected: 0, rejectedBy: {} })
    expect(counts('tokyo grids')).toEqual(whole(659))
    expect(counts('tokyo buildings')).toEqual(whole(182_325))
    expect(counts('tokyo incidents')).toEqual(whole(79_392))
    expect(counts('boston grids')).toEqual(whole(255))
    expect(counts('boston buildings')).toEqual(whole(103_568))
    const rejectedBy = { 'closed-before-reported': 197 }
    expect(counts('boston incidents')).toEqual({
      rowsRead: 121_145,
      inserted: 120_948,
      rowsRejected: 197,
      rejectedBy,
    })
  })

  it('agree with what their makers say', async () => {
    expect(await tokyoResidents(database.db)).toEqual({ grids: 659, residents: 1_297_238 })
    expect(percent(await chomeAgreement(database.db, dir))).toBeCloseTo(99.89, 1)
    expect(percent(await precinctAgreement(database.db, dir))).toBeCloseTo(94.4, 1)
  })

  it('lie side by side: no gap or overlap in Boston, only the canals of the bay in Tokyo', () => {
    const { summary } = results.get('boston grids')!
    expect(results.get('tokyo grids')!.summary).toMatchObject({ coverage: { gaps: 19, overlaps: 0 } })
    expect(summary).toMatchObject({ coverage: { gaps: 19, overlaps: 0 }, cleaning: { problems: 0 } })
  })

  it("keep Boston's loop: open cases, history, the default point", async () => {
    const { rows } = await database.db.query(
      `SELECT count(*) AS open,
              (SELECT count(*) FROM transitions JOIN incidents ON incidents.id = incident_id
                WHERE closed_at IS NOT NULL AND to_status = 'closed' AND at <> closed_at) AS contradictions
         FROM incidents
        WHERE closed_at IS NULL`,
    )
    expect(rows).toEqual([{ open: 19_873, contradictions: 0 }])
    expect(results.get('boston incidents')!.summary).toMatchObject({
      crowdedPoint: { lng: -71.0587, lat: 42.3594 },
    })
  })
})
