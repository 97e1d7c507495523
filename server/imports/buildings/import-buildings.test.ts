import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dissolveAreasFromGrids } from '../../areas/queries.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { checkCoverage } from '../../grids/queries.ts'
import { linesOf, squareAt, TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from '../test-import.ts'

const COMMUNITY = TWO_GRIDS_AT.community

describeOnEachDatabase('importing buildings', (db) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
    await importer.run('grids', await importer.put('geojsonl', TWO_GRIDS))
  })
  afterAll(() => importer?.drop())
  beforeEach(async () => {
    await db().query('TRUNCATE buildings')
  })

  const building = (id: string, lng: number, lat: number, properties: object = {}) => ({
    properties: { id, ...properties },
    geometry: squareAt(lng, lat, 0.0002),
  })

  it('go to the grid that holds most of them, or to none', async () => {
    const file = await importer.put(
      'geojsonl',
      linesOf([
        building('inside', 102.505, 25.005, { height: 12.5, floors: 4, 地址: '北京路 1 号' }),
        building('mostly-east', 102.50995, 25.005),
        building('half', 102.5099, 25.005),
        building('outside', 103, 25.005),
      ]),
    )
    const result = await importer.run('buildings', file)
    expect(result).toMatchObject({ inserted: 4, updated: 0, rowsRejected: 0, summary: { outsideGrids: 1 } })
    const { rows } = await db().query(
      `SELECT external_id AS id, grid_code AS grid, area_code AS area FROM buildings ORDER BY 1`,
    )
    expect(rows).toEqual([
      { id: 'half', grid: `${COMMUNITY}001`, area: COMMUNITY },
      { id: 'inside', grid: `${COMMUNITY}001`, area: COMMUNITY },
      { id: 'mostly-east', grid: `${COMMUNITY}002`, area: COMMUNITY },
      { id: 'outside', grid: null, area: '' },
    ])
    expect(
      await importer.one(`SELECT height_m, floors, address FROM buildings WHERE external_id = 'inside'`),
    ).toEqual({
      height_m: 12.5,
      floors: 4,
      address: '北京路 1 号',
    })
  })

  it('are updated by a repeated import, and keep what the new file does not hold', async () => {
    const first = await importer.put(
      'geojsonl',
      linesOf([building('a', 102.505, 25.005, { height: 9, name: '甲' }), building('b', 102.506, 25.005)]),
    )
    await importer.run('buildings', first)
    expect(await importer.run('buildings', first)).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 })
    const second = await importer.put(
      'geojsonl',
      linesOf([building('a', 102.515, 25.005, { height: 10 }), building('b', 102.506, 25.005)]),
    )
    expect(await importer.run('buildings', second)).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 })
    expect(
      await importer.one(`SELECT name, height_m, grid_code FROM buildings WHERE external_id = 'a'`),
    ).toEqual({
      name: '甲',
      height_m: 10,
      grid_code: `${COMMUNITY}002`,
    })
    expect(await importer.count('buildings')).toBe(2)
  })

  it('with a small slip in their ring are mended and counted', async () => {
    const [x, y] = [102.505, 25.005]
    const spike = [
      [x, y],
      [x + 0.001, y],
      [x + 0.001, y + 0.001],
      [x + 0.0005, y + 0.001],
      [x + 0.0005, y + 0.00101],
      [x + 0.0005, y + 0.001],
      [x, y + 0.001],
      [x, y],
    ]
    const file = await importer.put(
      'geojsonl',
      linesOf([{ properties: { id: 'spike' }, geometry: { type: 'Polygon', coordinates: [spike] } }]),
    )
    expect(await importer.run('buildings', file)).toMatchObject({
      inserted: 1,
      summary: { mendedShapes: 1 },
    })
    expect(await importer.one(`SELECT ST_IsValid(geom) AS valid FROM buildings`)).toEqual({ valid: true })
  })

  it('are reported although all are refused, by --strict', async () => {
    const file = await importer.put(
      'geojsonl',
      linesOf([building('a', 102.505, 25.005), building('', 102.505, 25.005)]),
    )
    const { report } = await importer.refusal('buildings', file, { strict: true })
    expect(report).toEqual(['2 externalId field-missing'])
    expect(await importer.one(`SELECT state FROM imports ORDER BY id DESC LIMIT 1`)).toEqual({
      state: 'refused',
    })
  })

  it('come in any coordinate system that is stated', async () => {
    const feet = {
      type: 'Polygon',
      coordinates: [
        [
          [787723, 2965812],
          [787745, 2965820],
          [787752, 2965597],
          [787723, 2965812],
        ],
      ],
    }
    const file = await importer.put('geojsonl', linesOf([{ properties: { id: 'boston' }, geometry: feet }]))
    await importer.run('buildings', file, { crs: 'EPSG:2249' })
    const { lng, lat } = await importer.one<{ lng: number; lat: number }>(
      `SELECT ST_X(ST_Centroid(geom)) AS lng, ST_Y(ST_Centroid(geom)) AS lat FROM buildings`,
    )
    expect([lng, lat]).toEqual([expect.closeTo(-71.013, 3), expect.closeTo(42.385, 3)])
  })

  it('whose latitude stands first are taken with --swap-axes', async () => {
    const ring = [
      [25.005, 102.505],
      [25.006, 102.505],
      [25.006, 102.506],
      [25.005, 102.505],
    ]
    const file = await importer.put(
      'geojsonl',
      linesOf([{ properties: { id: 'a' }, geometry: { type: 'Polygon', coordinates: [ring] } }]),
    )
    expect(await importer.run('buildings', file, { swapAxes: true })).toMatchObject({
      inserted: 1,
      summary: { outsideGrids: 0 },
    })
  })

  it('come from several files as if from one, with rows told by file', async () => {
    const files = [
      await importer.put('geojsonl', linesOf([building('a', 102.505, 25.005)])),
      await importer.put(
        'geojsonl',
        linesOf([building('b', 102.506, 25.005), building('a', 102.507, 25.005)]),
      ),
    ]
    const result = await importer.run('buildings', files)
    expect(result).toMatchObject({ rowsRead: 3, inserted: 2 })
    expect(await importer.report(result)).toEqual(['2 externalId duplicate-key'])
    expect(await readFile(join(importer.dataDir, result.reportFile!), 'utf8')).toMatch(
      /file-\d+\.geojsonl,2,a,externalId,duplicate-key/,
    )
  })

  it('come as WKT in a table', async () => {
    const wkt = 'MULTIPOLYGON (((102.505 25.005, 102.506 25.005, 102.506 25.006, 102.505 25.005)))'
    const file = await importer.put('csv', `楼栋编码,层数,几何\n1,6,"${wkt}"\n2,,\n`)
    const result = await importer.run('buildings', file)
    expect(result).toMatchObject({ inserted: 1 })
    expect(await importer.report(result)).toEqual(['2 geometry geometry-missing'])
  })
})
