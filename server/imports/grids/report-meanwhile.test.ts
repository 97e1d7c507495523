import { afterAll, beforeAll, expect, it } from 'vitest'
import { dissolveAreasFromGrids } from '../../areas/queries.ts'
import type { Queryable } from '../../database/database.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { checkCoverage } from '../../grids/queries.ts'
import { insertIncident } from '../../incidents/queries.ts'
import { linesOf, squareAt, TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from '../test-import.ts'
import { lockGrids, lockIncidents } from './queries.ts'

const { west, south, size, community } = TWO_GRIDS_AT

// The embedded database runs one transaction after another
describeOnEachDatabase('a case reported while grids are imported', (db, kind) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
    await importer.run('grids', await importer.put('geojsonl', TWO_GRIDS))
    await db().query(`INSERT INTO categories (code, name) VALUES ('01', 'one')`)
  })
  afterAll(() => importer?.drop())

  const report = (tx: Queryable, number: string, lng: number) =>
    insertIncident(
      tx,
      number,
      { categoryCode: '01', lng, lat: south + size / 2, reportedAt: new Date().toISOString() },
      'Asia/Shanghai',
      'api',
    )
  const somebodyWaits = async () =>
    (
      await db().query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).rows.length > 0
  const gridOf = (number: string) =>
    importer.one<{ grid: string }>(`SELECT grid_now AS grid FROM incidents WHERE number = $1`, [number])

  it.skipIf(kind === 'embedded')('is written before, and follows the new borders', async () => {
    const third = linesOf([
      { properties: { code: `${community}003` }, geometry: squareAt(west + 2 * size, south, size) },
    ])
    const file = await importer.put('geojsonl', third)
    let importing: Promise<unknown> = Promise.resolve()
    await db().transaction(async (tx) => {
      await report(tx, 'before', west + 2.5 * size)
      importing = importer.run('grids', file)
      await expect.poll(somebodyWaits, { timeout: 10_000 }).toBe(true)
    })
    await importing
    expect(await gridOf('before')).toEqual({ grid: `${community}003` })
  })

  it.skipIf(kind === 'embedded')('or is written afterwards, into them', async () => {
    let reporting: Promise<unknown> = Promise.resolve()
    await db().transaction(async (tx) => {
      await lockGrids(tx)
      await tx.query(`UPDATE grids SET code = $1 WHERE code = $2`, [`${community}009`, `${community}001`])
      await lockIncidents(tx)
      reporting = db().transaction((other) => report(other, 'after', west + size / 2))
      await expect.poll(somebodyWaits, { timeout: 10_000 }).toBe(true)
    })
    await reporting
    expect(await gridOf('after')).toEqual({ grid: `${community}009` })
  })
})
