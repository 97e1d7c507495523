import { afterAll, beforeAll, expect, it } from 'vitest'
import type { GridCodeScheme } from '../../domain/grid-code.ts'
import type { ImportKind } from '../../domain/import-fields.ts'
import type { RejectReason } from '../../domain/import-reasons.ts'
import { dissolveAreasFromGrids } from '../areas/queries.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { checkCoverage } from '../grids/queries.ts'
import { linesOf, squareAt, TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from './test-import.ts'

/** For a machine that does much else; alone each takes a second at most. */
const LONG = 60_000
const { west, south, size, community } = TWO_GRIDS_AT
const [x, y] = [west + size / 2, south + size / 2]

const polygon = (...ring: (number | null)[][]) => ({ type: 'Polygon', coordinates: [ring] })
const INSIDE = squareAt(x, y, 0.0002)
const FLAT = polygon([x, y], [x + 0.0002, y], [x, y])

const grid = (code: string, geometry: unknown = INSIDE) => linesOf([{ properties: { code }, geometry }])
const freeGrid = (code: string, areaCode?: string) =>
  linesOf([{ properties: { code, areaCode }, geometry: squareAt(west, south - size, size) }])
const building = (id: string, properties: object = {}, geometry: unknown = INSIDE) =>
  linesOf([{ properties: { id, ...properties }, geometry }])

const CASE = {
  ...{ number: 'wrong', category: '垃圾', reportedAt: '2024-05-31 08:30', closedAt: '' },
  ...{ lng: String(x), lat: String(y), level: '' },
}
const incident = (change: Partial<typeof CASE>) => Object.values({ ...CASE, ...change }).join(',')

interface Sheet {
  kind: ImportKind
  ending: 'csv' | 'geojsonl'
  /** of a table */
  header?: string
  /** the first row, with which nothing is wrong */
  right: string
  scheme?: GridCodeScheme
}

/** Files in which one row is right. */
const SHEETS = {
  areas: { kind: 'areas', ending: 'csv', header: 'code,name,parent', right: '530199,区,' },
  areasNumberedFreely: {
    ...{ kind: 'areas', ending: 'csv', scheme: 'free' },
    ...{ header: 'code,name,level,parent', right: 'X,x,district,' },
  },
  grids: {
    ...{ kind: 'grids', ending: 'geojsonl' },
    right: grid(`${community}003`, squareAt(west, south + size, size)),
  },
  gridsNumberedFreely: {
    ...{ kind: 'grids', ending: 'geojsonl', scheme: 'free' },
    right: freeGrid('G1', 'S1'),
  },
  buildings: { kind: 'buildings', ending: 'geojsonl', right: building('right') },
  incidents: {
    ...{ kind: 'incidents', ending: 'csv' },
    ...{ header: Object.keys(CASE).join(','), right: incident({ number: 'right' }) },
  },
  categories: { kind: 'categories', ending: 'csv', header: 'code,name,parent', right: '01,市容,' },
  indicators: {
    ...{ kind: 'indicators', ending: 'csv' },
    ...{ header: 'indicator,place,period,periodFrom,periodTo,value', right: `v,${community}001,2024-05,,,1` },
  },
  places: {
    ...{ kind: 'places', ending: 'csv' },
    ...{ header: 'id,type,name,lng,lat,phone', right: `right,station,一站,${x},${y},` },
  },
} as const satisfies Record<string, Sheet>

type Wrong = readonly [sheet: keyof typeof SHEETS, field: string, row: string]

/** Rows for every reason there is: one without does not compile. */
const WRONG: Record<RejectReason, readonly [Wrong, ...Wrong[]]> = {
  'feature-unreadable': [
    ['buildings', '', 'nonsense'],
    ['buildings', '', '{"type":"Point","coordinates":[1,2]}'],
  ],
  'column-count': [
    ['categories', '', '02,b'],
    ['categories', '', '02,b,,d'],
  ],
  'field-missing': [
    ['areas', 'name', '530198,,'],
    ['buildings', 'externalId', building('')],
    ['incidents', 'number', incident({ number: '' })],
    ['incidents', 'category', incident({ category: '' })],
    ['incidents', 'reportedAt', incident({ reportedAt: '' })],
    ['indicators', 'periodFrom', `v,${community}001,,,2024-06-01,1`],
    ['indicators', 'value', `v,${community}001,2024-06,,,`],
    ['places', 'name', `p,office,,${x},${y},`],
  ],
  'text-too-long': [
    ['buildings', 'name', building('long', { name: 'x'.repeat(401) })],
    ['places', 'phone', `p,office,p,${x},${y},${'1'.repeat(61)}`],
  ],
  'control-character': [
    ['categories', 'code', '03\u001e,Lamps,'],
    ['categories', 'name', '04,La\u001fmps,'],
  ],
  'not-a-number': [
    ['buildings', 'heightM', building('height', { height: 'high' })],
    ['incidents', 'lng', incident({ lng: 'east' })],
    ['indicators', 'value', `v,${community}001,2024-06,,,many`],
  ],
  'not-a-whole-number': [['buildings', 'floors', building('floors', { floors: 1.5 })]],
  'number-out-of-range': [['buildings', 'residents', building('people', { residents: -1 })]],
  'unknown-value': [
    ['areasNumberedFreely', 'level', 'Z,z,planet,'],
    ['buildings', 'estateType', building('estate', { estateType: 'castle' })],
    ['incidents', 'level', incident({ level: '7' })],
    ['places', 'type', `p,城堡,堡,${x},${y},`],
  ],
  'geometry-missing': [
    ['grids', 'geometry', grid(`${community}005`, null)],
    ['buildings', 'geometry', building('no-shape', {}, null)],
    ['incidents', 'geometry', incident({ lng: '', lat: '' })],
    ['incidents', 'geometry', incident({ lng: '0', lat: '0' })],
    ['places', 'geometry', 'p,office,p,,,'],
  ],
  'geometry-wrong-type': [
    ['grids', 'geometry', grid(`${community}006`, { type: 'LineString', coordinates: [[x, y]] })],
    ['buildings', 'geometry', building('point', {}, { type: 'Point', coordinates: [x, y] })],
  ],
  'geometry-invalid': [
    [
      ...(['buildings', 'geometry'] as const),
      building(
        'bow-tie',
        {},
        polygon([x, y], [x + 0.0002, y + 0.0002], [x + 0.0002, y], [x, y + 0.0002], [x, y]),
      ),
    ],
    ['buildings', 'geometry', building('flat', {}, FLAT)],
    ['grids', 'geometry', grid(`${community}007`, FLAT)],
  ],
  'coordinate-not-a-number': [
    ['buildings', 'geometry', building('holes', {}, polygon([x, null], [x, y], [x + 1, y]))],
  ],
  'coordinates-out-of-range': [
    ['buildings', 'geometry', building('far', {}, squareAt(200, 25, 0.1))],
    ['incidents', 'geometry', incident({ lat: '95' })],
  ],
  'coordinates-swapped': [
    ['buildings', 'geometry', building('swapped', {}, squareAt(y, x, 0.0002))],
    ['incidents', 'geometry', incident({ lng: String(y), lat: String(x) })],
  ],
  'duplicate-key': [
    ['grids', 'code', grid(`${community}003`)],
    ['buildings', 'externalId', building('right')],
    ['categories', 'code', '01,again,'],
    ['indicators', 'indicator', `v,${community}001,2024-05,,,2`],
  ],
  'time-unreadable': [
    ['incidents', 'reportedAt', incident({ reportedAt: 'soon' })],
    ['indicators', 'period', `v,${community}001,soon,,,1`],
    ['indicators', 'periodTo', `v,${community}001,,2024-05-01,later,1`],
  ],
  'time-ambiguous': [['incidents', 'reportedAt', incident({ reportedAt: '3/4/2024 10:00' })]],
  'time-in-future': [['incidents', 'reportedAt', incident({ reportedAt: '2924-05-31 08:30' })]],
  'closed-before-reported': [['incidents', 'closedAt', incident({ closedAt: '2024-05-30' })]],
  'period-reversed': [['indicators', 'periodTo', `v,${community}001,,2024-05-31,2024-05-01,1`]],
  'grid-code-not-15-digits': [['grids', 'code', grid('5301')]],
  'grid-sequence-zero': [['grids', 'code', grid(`${community}000`)]],
  'grid-code-blank': [['gridsNumberedFreely', 'code', freeGrid('G 2', 'S1')]],
  'grid-code-ended': [['grids', 'code', grid(`${community}009`)]],
  'area-code-malformed': [
    ['areas', 'code', '5301,市,'],
    ['areas', 'parent', '530197,区,99'],
    ['areasNumberedFreely', 'code', 'W,w,,'],
  ],
  'area-unknown': [
    ['areasNumberedFreely', 'parent', 'Y1,y,street,Y'],
    ['areasNumberedFreely', 'parent', 'Y11,below a rejected one,community,Y1'],
    ['gridsNumberedFreely', 'area', freeGrid('G3')],
  ],
  'category-unknown': [['categories', 'parent', '0201,井盖,02']],
  'place-unknown': [['indicators', 'place', 'v,nowhere,2024-05,,,1']],
}

const TABLE_OF: Partial<Record<ImportKind, string>> = { indicators: 'indicator_values' }

describeOnEachDatabase('a wrong row', (db) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
    await importer.run('grids', await importer.put('geojsonl', TWO_GRIDS))
    await db().query(
      `INSERT INTO grids (code, valid_from, valid_to, area_code, name, geom)
       SELECT $1, '1900-01-01', '2024-01-01', area_code, name, geom FROM grids LIMIT 1`,
      [`${community}009`],
    )
  })
  afterAll(() => importer?.drop())

  it.each(Object.keys(SHEETS) as (keyof typeof SHEETS)[])(
    'is left out of %s and reported with its field and reason; the right one goes in',
    { timeout: LONG },
    async (name) => {
      const sheet: Sheet = SHEETS[name]
      const wrong = Object.entries(WRONG).flatMap(([reason, rows]) =>
        rows.filter(([of]) => of === name).map(([, field, row]) => ({ field, row, reason })),
      )
      const lines = [sheet.header ?? [], sheet.right, ...wrong.map(({ row }) => row)].flat()
      const table = TABLE_OF[sheet.kind] ?? sheet.kind
      const before = await importer.count(table)
      const file = await importer.put(sheet.ending, lines.join('\n'))
      const result = await importer.run(sheet.kind, file, {}, sheet.scheme)
      const byRow = (one: string, other: string) => Number.parseInt(one, 10) - Number.parseInt(other, 10)
      expect((await importer.report(result)).sort(byRow)).toEqual(
        wrong.map(({ field, reason }, i) => [i + 2, field, reason].filter(Boolean).join(' ')),
      )
      expect(result).toMatchObject({ inserted: 1, rowsRejected: wrong.length })
      expect(await importer.count(table)).toBe(before + 1)
    },
  )
})
