import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dissolveAreasFromGrids } from '../../areas/queries.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { checkCoverage } from '../../grids/queries.ts'
import { linesOf, squareAt, TestImporter } from '../test-import.ts'

const COMMUNITY = '530103001001'
const [WEST, SOUTH, SIZE] = [102.5, 25, 0.01]

const grid = (sequence: number, geometry: unknown, properties: object = {}) => ({
  properties: { code: `${COMMUNITY}${String(sequence).padStart(3, '0')}`, ...properties },
  geometry,
})

const box = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

/** Two squares side by side; `border` is where the one ends and the other begins. */
const pair = (border: number, households = 100) => [
  grid(1, box(WEST, SOUTH, border, SOUTH + SIZE), { name: '甲', households }),
  grid(2, box(border, SOUTH, WEST + 2 * SIZE, SOUTH + SIZE), { name: '乙', households }),
]

describeOnEachDatabase('importing grids', (db) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
  })
  afterAll(() => importer?.drop())
  beforeEach(async () => {
    await db().query('TRUNCATE grids, buildings, incidents, transitions CASCADE')
    await db().query('DELETE FROM areas')
  })

  const put = (features: Parameters<typeof linesOf>[0]) => importer.put('geojsonl', linesOf(features))
  const versions = async () =>
    (
      await db().query(
        `SELECT right(code, 1) AS grid, valid_from AS "from", valid_to AS "to", households FROM grids ORDER BY code, valid_from`,
      )
    ).rows
  const today = async () =>
    (await importer.one<{ day: string }>(`SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day`)).day

  it('begins a coverage in force since always, with the areas above it', async () => {
    const result = await importer.run('grids', await put(pair(WEST + SIZE)))
    expect(result).toMatchObject({
      inserted: 2,
      summary: { coverage: { gaps: 0, overlaps: 0 }, newAreas: 3 },
    })
    expect(await versions()).toEqual([
      { grid: '1', from: '1900-01-01', to: null, households: 100 },
      { grid: '2', from: '1900-01-01', to: null, households: 100 },
    ])
    const { rows } = await db().query(
      `SELECT code, level, parent_code AS parent, geom IS NOT NULL AS shaped FROM areas ORDER BY code`,
    )
    expect(rows).toEqual([
      { code: '530103', level: 'district', parent: null, shaped: true },
      { code: '530103001', level: 'street', parent: '530103', shaped: true },
      { code: COMMUNITY, level: 'community', parent: '530103001', shaped: true },
    ])
  })

  it('closes slivers, adds missing vertices, and lists what it did', async () => {
    const [x, mid] = [WEST + SIZE, SOUTH + SIZE / 2]
    const left = {
      type: 'Polygon',
      coordinates: [
        [
          [WEST, SOUTH],
          [x, SOUTH],
          [x + 2e-6, mid],
          [x, SOUTH + SIZE],
          [WEST, SOUTH + SIZE],
          [WEST, SOUTH],
        ],
      ],
    }
    const result = await importer.run(
      'grids',
      await put([grid(1, left), grid(2, box(x, SOUTH, x + SIZE, SOUTH + SIZE))]),
    )
    expect(result.summary).toMatchObject({ cleaning: { problems: 0 }, coverage: { gaps: 0, overlaps: 0 } })
    const { changesFile } = (result.summary as { cleaning: { changesFile: string } }).cleaning
    const list = await readFile(join(importer.dataDir, changesFile), 'utf8')
    expect(list).toContain('overlap-removed')
  })

  it('refuses wider overlaps by their place, or marks the grids', async () => {
    const file = await put([
      grid(1, box(WEST, SOUTH, WEST + SIZE, SOUTH + SIZE)),
      grid(2, box(WEST + 0.009, SOUTH, WEST + 2 * SIZE, SOUTH + SIZE)),
    ])
    const { code, message } = await importer.refusal('grids', file)
    expect(code).toBe('coverage-problems')
    expect(message).toMatch(/overlap of \d+ m², .* m wide, at 102\.\d+, 25\.\d+/)
    const [path] = /\S+problems\.csv/.exec(message)!
    expect(await readFile(path, 'utf8')).toContain('overlap')
    expect(await importer.count('grids')).toBe(0)
    const marked = await importer.run('grids', file, { needsRepair: 'import' })
    expect(marked.summary).toMatchObject({ coverage: { overlaps: 1 } })
    const inNeed = () =>
      importer.one(`SELECT count(*) AS n FROM grids WHERE needs_repair AND valid_to IS NULL`)
    expect(await inNeed()).toEqual({ n: 2 })
    // It touches the one, but not the other with which that one's problem is
    const beside = await put([grid(3, box(WEST - SIZE, SOUTH, WEST, SOUTH + SIZE))])
    await importer.run('grids', beside, { needsRepair: 'import' })
    expect(await inNeed()).toEqual({ n: 2 })
  })

  it('repeated, changes nothing; new attributes are updated in place', async () => {
    await importer.run('grids', await put(pair(WEST + SIZE)))
    expect(await importer.run('grids', await put(pair(WEST + SIZE)))).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: 2,
    })
    expect(await importer.run('grids', await put(pair(WEST + SIZE, 120)))).toMatchObject({ updated: 2 })
    expect((await versions()).map((row) => row.households)).toEqual([120, 120])
    expect(await importer.count('grids')).toBe(2)
  })

  it('a moved border ends the versions and begins new ones; buildings and open cases follow', async () => {
    await importer.run('grids', await put(pair(WEST + SIZE)))
    const place = squareAt(WEST + SIZE + 0.001, SOUTH + 0.005, 0.0002)
    await importer.run(
      'buildings',
      await importer.put('geojsonl', linesOf([{ properties: { id: 'b' }, geometry: place }])),
    )
    const at = `${WEST + SIZE + 0.001},${SOUTH + 0.005}`
    await importer.run(
      'incidents',
      await importer.put(
        'csv',
        `number,category,reportedAt,closedAt,lng,lat\nopen,a,2024-05-31 08:00,,${at}\ndone,a,2024-05-31 08:00,2024-06-01,${at}\n`,
      ),
    )
    const result = await importer.run('grids', await put(pair(WEST + SIZE + 0.002)))
    expect(result).toMatchObject({
      inserted: 0,
      updated: 2,
      summary: { reattributed: { buildings: 1, incidents: 1 } },
    })
    const day = await today()
    const both = (grid: string) => [
      { grid, from: '1900-01-01', to: day, households: 100 },
      { grid, from: day, to: null, households: 100 },
    ]
    expect(await versions()).toEqual([...both('1'), ...both('2')])
    expect(await importer.one(`SELECT right(grid_code, 1) AS grid FROM buildings`)).toEqual({ grid: '1' })
    const cases = await db().query(
      `SELECT number, right(grid_at_report, 1) AS reported, right(grid_now, 1) AS now FROM incidents ORDER BY number`,
    )
    expect(cases.rows).toEqual([
      { number: 'done', reported: '2', now: '2' },
      { number: 'open', reported: '2', now: '1' },
    ])
    // Once more on the same day: the version of today is replaced
    await importer.run('grids', await put(pair(WEST + SIZE - 0.002)))
    expect(await versions()).toEqual([...both('1'), ...both('2')])
    expect(await importer.one(`SELECT right(grid_code, 1) AS grid FROM buildings`)).toEqual({ grid: '2' })
  })

  it('puts buildings and cases that were there first into grids', async () => {
    await importer.run(
      'buildings',
      await importer.put(
        'geojsonl',
        linesOf([{ properties: { id: 'b' }, geometry: squareAt(WEST + 0.001, SOUTH + 0.001, 0.0002) }]),
      ),
    )
    await importer.run(
      'incidents',
      await importer.put(
        'csv',
        `number,category,reportedAt,closedAt,lng,lat\ndone,a,2024-05-31 08:00,2024-06-01,${WEST + 0.001},${SOUTH + 0.001}\n`,
      ),
    )
    await importer.run('grids', await put(pair(WEST + SIZE)))
    expect(await importer.one(`SELECT right(grid_code, 1) AS grid, area_code FROM buildings`)).toEqual({
      grid: '1',
      area_code: COMMUNITY,
    })
    expect(
      await importer.one(
        `SELECT right(grid_at_report, 1) AS reported, right(grid_now, 1) AS now, area_code FROM incidents`,
      ),
    ).toEqual({ reported: '1', now: '1', area_code: COMMUNITY })
  })

  it('takes a day for the change', async () => {
    await importer.run('grids', await put(pair(WEST + SIZE)), { validFrom: '2024-01-01' })
    await importer.run('grids', await put(pair(WEST + SIZE + 0.002)), { validFrom: '2024-07-01' })
    expect((await versions()).map(({ from, to }) => [from, to])).toEqual([
      ['2024-01-01', '2024-07-01'],
      ['2024-07-01', null],
      ['2024-01-01', '2024-07-01'],
      ['2024-07-01', null],
    ])
  })

  it('joins new grids to the coverage around them', async () => {
    await importer.run('grids', await put(pair(WEST + SIZE)))
    // A hair of 2e-6 degree lies between the new grid and the old ones
    const north = SOUTH + SIZE + 2e-6
    const result = await importer.run(
      'grids',
      await put([grid(3, box(WEST, north, WEST + 2 * SIZE, north + SIZE))]),
    )
    expect(result).toMatchObject({ inserted: 1, summary: { coverage: { gaps: 0, overlaps: 0 } } })
    const { rows } = await db().query(`SELECT valid_from AS "from" FROM grids WHERE right(code, 1) = '3'`)
    expect(rows).toEqual([{ from: await today() }])
    const overlapping = await put([grid(4, box(WEST, SOUTH, WEST + SIZE / 2, SOUTH + SIZE))])
    expect(await importer.refusal('grids', overlapping)).toMatchObject({ code: 'coverage-problems' })
  })

  it('numbered freely, takes the area from a column or from the code, behind a prefix', async () => {
    const features = [
      { properties: { id: '0113', ward: '1' }, geometry: box(WEST, SOUTH, WEST + SIZE, SOUTH + SIZE) },
    ]
    const options = { map: { code: 'id' }, codePrefix: 'B', areaLevel: 'street' } as const
    await importer.run('grids', await put(features), { ...options, areaLength: 2 }, 'free')
    expect(await importer.one(`SELECT code, area_code AS area FROM grids`)).toEqual({
      code: 'B0113',
      area: 'B01',
    })
    expect(await importer.one(`SELECT code, level FROM areas`)).toEqual({ code: 'B01', level: 'street' })
    await importer.run(
      'grids',
      await put(features),
      { ...options, map: { code: 'id', area: 'ward' }, codeDigits: 2 },
      'free',
    )
    expect(await importer.one(`SELECT code, area_code AS area FROM grids`)).toEqual({
      code: 'B0113',
      area: 'B01',
    })
  })

  const precincts = join(process.env.REAL_DATA_DIR ?? '', 'boston', 'Precincts.geojson.gz')
  it.skipIf(!process.env.REAL_DATA_DIR || !existsSync(precincts))(
    "makes a coverage of Boston's precincts (needs REAL_DATA_DIR)",
    async () => {
      const options = { map: { code: 'WARD_PRECINCT' }, areaLength: 2, areaLevel: 'street' } as const
      expect(await importer.refusal('grids', precincts, options, 'free')).toMatchObject({
        code: 'crs-needed',
      })
      expect(
        await importer.refusal('grids', precincts, { ...options, crs: 'EPSG:2249' }, 'free'),
      ).toMatchObject({ code: 'coverage-problems' })
      const result = await importer.run(
        'grids',
        precincts,
        { ...options, crs: 'EPSG:2249', toleranceM: 5 },
        'free',
      )
      expect(result).toMatchObject({
        inserted: 255,
        rowsRejected: 0,
        summary: { newAreas: 22, coverage: { gaps: 0, overlaps: 0 } },
      })
    },
    120_000,
  )
})
