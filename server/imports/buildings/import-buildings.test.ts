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

  it('that are wrong are rejected one by one, each with its reason', async () => {
    const at = (coordinates: unknown) => ({ type: 'Polygon', coordinates })
    const [x, y] = [102.505, 25.005]
    const bowTie = at([
      [
        [x, y],
        [x + 0.0002, y + 0.0002],
        [x + 0.0002, y],
        [x, y + 0.0002],
        [x, y],
      ],
    ])
    const swapped = at([
      [
        [y, x],
        [y + 0.0002, x],
        [y, x + 0.0002],
        [y, x],
      ],
    ])
    const file = await importer.put(
      'geojsonl',
      `${linesOf([
        building('good', x, y),
        building('', x, y),
        building('good', x, y),
        { properties: { id: 'no-shape' }, geometry: null },
        { properties: { id: 'point' }, geometry: { type: 'Point', coordinates: [x, y] } },
        { properties: { id: 'bow-tie' }, geometry: bowTie },
        {
          properties: { id: 'flat' },
          geometry: at([
            [
              [x, y],
              [x + 0.0002, y],
              [x, y],
            ],
          ]),
        },
        {
          properties: { id: 'holes' },
          geometry: at([
            [
              [x, null],
              [x, y],
              [x + 1, y],
            ],
          ]),
        },
        { properties: { id: 'far' }, geometry: squareAt(200, 25, 0.1) },
        { properties: { id: 'swapped' }, geometry: swapped },
        building('height', x, y, { height: 'high' }),
        building('floors', x, y, { floors: 1.5 }),
        building('people', x, y, { residents: -1 }),
        building('estate', x, y, { estateType: 'castle' }),
        building('long', x, y, { name: 'x'.repeat(500) }),
      ])}\nnonsense`,
    )
    const result = await importer.run('buildings', file)
    expect(result).toMatchObject({ rowsRead: 16, inserted: 1, rowsRejected: 15 })
    expect((await importer.report(result)).sort()).toEqual(
      [
        '2 externalId field-missing',
        '3 externalId duplicate-key',
        '4 geometry geometry-missing',
        '5 geometry geometry-wrong-type',
        '6 geometry geometry-invalid',
        '7 geometry geometry-invalid',
        '8 geometry coordinate-not-a-number',
        '9 geometry coordinates-out-of-range',
        '10 geometry coordinates-swapped',
        '11 heightM not-a-number',
        '12 floors not-a-whole-number',
        '13 residents number-out-of-range',
        '14 estateType unknown-value',
        '15 name text-too-long',
        '16 feature-unreadable',
      ].sort(),
    )
    const { state, rejected } = await importer.one<{ state: string; rejected: number }>(
      `SELECT state, rows_rejected AS rejected FROM imports WHERE id = $1`,
      [result.id],
    )
    expect({ state, rejected }).toEqual({ state: 'done', rejected: 15 })
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

  it('are all refused by --strict when one is wrong, and by a file in which all are', async () => {
    const file = await importer.put(
      'geojsonl',
      linesOf([building('a', 102.505, 25.005), building('', 102.505, 25.005)]),
    )
    const { code, report } = await importer.refusal('buildings', file, { strict: true })
    expect({ code, report }).toEqual({ code: 'rows-rejected', report: ['2 externalId field-missing'] })
    expect(await importer.count('buildings')).toBe(0)
    const none = await importer.put('geojsonl', linesOf([building('', 102.505, 25.005)]))
    expect(await importer.refusal('buildings', none)).toMatchObject({ code: 'rows-rejected' })
    expect(await importer.one(`SELECT state FROM imports ORDER BY id DESC LIMIT 1`)).toEqual({
      state: 'refused',
    })
  })

  it('come in any coordinate system that is stated, and in none that is not', async () => {
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
    expect(await importer.refusal('buildings', file)).toMatchObject({
      code: 'crs-needed',
      message: expect.stringContaining('--crs'),
    })
    expect(await importer.refusal('buildings', file, { crs: 'mars' })).toMatchObject({
      code: 'crs-unknown',
    })
    await importer.run('buildings', file, { crs: 'EPSG:2249' })
    const { lng, lat } = await importer.one<{ lng: number; lat: number }>(
      `SELECT ST_X(ST_Centroid(geom)) AS lng, ST_Y(ST_Centroid(geom)) AS lat FROM buildings`,
    )
    expect([lng, lat]).toEqual([expect.closeTo(-71.013, 3), expect.closeTo(42.385, 3)])
  })

  it('whose latitude stands first are refused by name, and taken with --swap-axes', async () => {
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
    expect(await importer.refusal('buildings', file)).toMatchObject({
      code: 'coordinates-swapped',
      message: expect.stringContaining('--swap-axes'),
    })
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

  it('without a column for a required field are refused by the columns that are there', async () => {
    const file = await importer.put('csv', 'a,b\n1,2\n')
    expect(await importer.refusal('buildings', file)).toMatchObject({
      code: 'column-missing',
      message: expect.stringContaining('a, b'),
    })
    expect(await importer.refusal('buildings', file, { map: { externalId: 'c' } })).toMatchObject({
      code: 'column-unknown',
    })
    expect(await importer.refusal('buildings', file, { map: { colour: 'a' } })).toMatchObject({
      code: 'option-unusable',
    })
  })

  it('come as WKT in a table', async () => {
    const wkt = 'MULTIPOLYGON (((102.505 25.005, 102.506 25.005, 102.506 25.006, 102.505 25.005)))'
    const file = await importer.put('csv', `楼栋编码,层数,几何\n1,6,"${wkt}"\n2,,\n`)
    const result = await importer.run('buildings', file)
    expect(result).toMatchObject({ inserted: 1 })
    expect(await importer.report(result)).toEqual(['2 geometry geometry-missing'])
  })
})
