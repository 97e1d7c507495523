import { beforeAll, expect, it } from 'vitest'
import { EVERYTHING } from '../../domain/scope.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { dissolveAreasFromGrids, listAreas } from './queries.ts'

describeOnEachDatabase('the shapes of areas', (db) => {
  beforeAll(async () => {
    // In a city that numbers freely, ward 1 is not above ward 10
    await db().query(
      `INSERT INTO areas (code, level, name, parent_code)
       VALUES ('C', 'district', 'City', NULL), ('C1', 'street', 'Ward 1', 'C'), ('C10', 'street', 'Ward 10', 'C'),
              ('C2', 'street', 'Ward without grids', 'C')`,
    )
    await db().query(
      `INSERT INTO areas (code, level, name, parent_code, geom, geom_from_grids)
       VALUES ('C3', 'street', 'Surveyed ward', 'C', ST_Multi(ST_MakeEnvelope(5, 0, 6, 1, 4326)), false)`,
    )
    await db().query(
      `INSERT INTO grids (code, valid_from, valid_to, area_code, name, households, geom)
       VALUES ('a', '1900-01-01', NULL, 'C1', 'a', 10, ST_Multi(ST_MakeEnvelope(0, 0, 1, 1, 4326))),
              ('b', '1900-01-01', NULL, 'C1', 'b', 20, ST_Multi(ST_MakeEnvelope(1, 0, 2, 1, 4326))),
              ('c', '1900-01-01', NULL, 'C10', 'c', 40, ST_Multi(ST_MakeEnvelope(2, 0, 3, 1, 4326))),
              ('d', '1900-01-01', '2020-01-01', 'C2', 'd', 80, ST_Multi(ST_MakeEnvelope(3, 0, 4, 1, 4326)))`,
    )
  })

  const shapes = async () => {
    const { rows } = await db().query<{ code: string; west: number; east: number; ctid: string }>(
      `SELECT code, ST_XMin(geom) AS west, ST_XMax(geom) AS east, ctid::text FROM areas ORDER BY code`,
    )
    return rows
  }
  const extents = async () =>
    Object.fromEntries((await shapes()).map((row) => [row.code, [row.west, row.east]]))

  it('are the union of the grids in force, up to the top', async () => {
    await dissolveAreasFromGrids(db(), '2019-12-31')
    expect(await extents()).toEqual({ C: [0, 4], C1: [0, 2], C10: [2, 3], C2: [3, 4], C3: [5, 6] })
    await dissolveAreasFromGrids(db(), '2020-01-01')
    expect(await extents()).toEqual({ C: [0, 3], C1: [0, 2], C10: [2, 3], C2: [null, null], C3: [5, 6] })
  })

  it('are not written again when they stay what they are', async () => {
    const before = await shapes()
    await dissolveAreasFromGrids(db(), '2020-01-01')
    expect(await shapes()).toEqual(before)
  })

  it('come with what the grids in force add up to', async () => {
    const areas = await listAreas(db(), null, '2020-01-01', EVERYTHING)
    const sums = areas.map(({ properties: { code, gridCount, households } }) => [code, gridCount, households])
    expect(sums).toEqual([
      ['C', 3, 70],
      ['C1', 2, 30],
      ['C10', 1, 40],
      ['C2', 0, 0],
      ['C3', 0, 0],
    ])
    expect(areas.map(({ geometry }) => geometry === null)).toEqual([false, false, false, true, false])
  })

  it('are shown as far as one may see', async () => {
    const areas = await listAreas(db(), 'street', '2020-01-01', ['C10'])
    expect(areas.map(({ properties }) => properties.code)).toEqual(['C10'])
  })
})
