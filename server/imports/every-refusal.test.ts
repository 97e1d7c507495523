import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { GridCodeScheme } from '../../domain/grid-code.ts'
import type { ImportKind } from '../../domain/import-fields.ts'
import type { RefusalSentence } from '../../domain/import-refusals.ts'
import { dissolveAreasFromGrids } from '../areas/queries.ts'
import { systemAsker } from '../audit/askers.ts'
import { emptyDatabaseAndAudit } from '../database/empty-database.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { checkCoverage } from '../grids/queries.ts'
import type { ImportOptions } from './import-options.ts'
import { ImportRefused } from './import-refused.ts'
import { claimingSize, damaged, encrypted, writeWithGdal, zipOf } from './readers/test-files.ts'
import { linesOf, squareAt, TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from './test-import.ts'
import { undoImport } from './undo/undo-import.ts'

/** Those of uploads and undos are produced beside these, those of a moment by the tests of the routes. */
type Sentence = Exclude<
  RefusalSentence,
  `upload-${string}` | `undo-blocked.${string}` | `not-now.${string}` | 'option-unusable.file' | 'look-failed'
>

/** Prepares what is needed, and answers how to do what is refused then. */
type Example = () => Promise<() => Promise<unknown>>

/** What is large is made when it is needed. */
type Content = string | Uint8Array | (() => string | Uint8Array)

/** For a machine that does much else; alone each takes seconds at most. */
const LONG = 60_000
const MEBIBYTE = 2 ** 20
const { west, south, size, community } = TWO_GRIDS_AT

const AREAS = 'code,name\n530103,盘龙区\n'
const placeAt = (lng: number, lat: number) => `id,type,name,lng,lat\n1,station,一站,${lng},${lat}\n`
const PLACE = placeAt(west + size / 2, south + size / 2)
const cases = (...categories: string[]) =>
  [
    'number,category,reportedAt,lng,lat',
    ...categories.map((category, i) => `C${i},${category},2024-05-31 08:30,${west},${south}`),
  ].join('\n')
const gridAt = (sequence: number, lng: number, lat: number) => ({
  properties: { code: `${community}00${sequence}` },
  geometry: squareAt(lng, lat, size),
})
const BLOCK = linesOf(
  Array.from({ length: 9 }, (_, i) => gridAt(i + 1, west + (i % 3) * size, south + Math.floor(i / 3) * size)),
)

const FEATURE = { type: 'Feature', properties: { code: '530103', name: '盘龙区' } }
const COLLECTION = {
  type: 'FeatureCollection',
  features: [{ ...FEATURE, geometry: squareAt(west, south, size) }],
}
const CRS = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4547' } }

const geoPackages: Partial<Record<'empty' | 'whole', Uint8Array>> = {}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'import-test-'))
  const source = join(folder, 'source.geojson')
  await writeFile(source, JSON.stringify(COLLECTION))
  for (const [name, options] of [
    ['empty', ['-where', '1 = 0']],
    ['whole', []],
  ] as const) {
    const [path] = await writeWithGdal(source, folder, name, ['-f', 'GPKG', ...options])
    geoPackages[name] = await readFile(path!)
  }
  await rm(folder, { recursive: true })
})

describeOnEachDatabase('refused, with nothing written:', (db) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
  })
  afterAll(() => importer?.drop())
  beforeEach(() => emptyDatabaseAndAudit(db()))

  const run = async (kind: ImportKind, ending: string, content: string, options?: Partial<ImportOptions>) =>
    importer.run(kind, await importer.put(ending, content), options)

  /** An import of one file. */
  const of =
    (
      kind: ImportKind,
      ending: string,
      content: Content,
      options?: Partial<ImportOptions>,
      scheme?: GridCodeScheme,
    ): Example =>
    async () => {
      const file = await importer.put(ending, typeof content === 'function' ? content() : content)
      return () => importer.run(kind, file, options, scheme)
    }

  const ofAreas = (ending: string, content: Content): Example => of('areas', ending, content)

  const EXAMPLES: Record<Sentence, Example | readonly Example[]> = {
    'file-not-found': [
      async () => () => importer.run('areas', join(importer.dataDir, 'nothing.csv')),
      async () => () => importer.run('areas', importer.dataDir),
    ],
    'ending-unknown.shp': ofAreas('shp', 'x'),
    'ending-unknown.other': ofAreas('docx', 'x'),
    'content-not-as-ending': [
      ofAreas('geojson', 'id,name\n1,2'),
      ofAreas('csv', '{"type":"FeatureCollection","features":[]}'),
      ofAreas('gpkg', zipOf({ 'a.txt': 'a' })),
      ofAreas('zip', 'SQLite format 3\0 and more'),
      ofAreas('csv', '%PDF-1.7'),
      ofAreas('csv', '\0\0\0\0'),
    ],
    'file-empty.whole': [ofAreas('csv', ''), ofAreas('csv.gz', gzipSync(''))],
    'file-empty.records': [
      ofAreas('csv', 'code,name\n'),
      ofAreas('geojson', '{"type":"FeatureCollection","features":[]}'),
    ],
    // As spreadsheets write an empty sheet
    'file-empty.header': ofAreas('txt', Buffer.from('\ufeff\r\n', 'utf16le')),
    'file-empty.layer': ofAreas('gpkg', () => geoPackages.empty!),
    'file-broken.records': ofAreas('geojsonl', '{"a":1}\n{"b":2}\n'),
    'file-broken.gzip': [
      ofAreas('csv.gz', gzipSync(`code,name\n${'530103,a\n'.repeat(50_000)}`).subarray(0, -40)),
      ofAreas('csv.gz', gzipSync(AREAS).subarray(0, 12)),
    ],
    'file-broken.table': ofAreas('csv', 'code,name\n1,"2\n3,4\n'),
    'file-broken.columns': ofAreas('csv', 'code,code\n1,2\n'),
    'file-broken.cut': ofAreas('geojson', JSON.stringify(COLLECTION).slice(0, -30)),
    'file-broken.zip': [
      ofAreas('zip', zipOf({ 'a.csv': AREAS }).subarray(0, -30)),
      ofAreas('zip', zipOf({ '../../escaped.csv': AREAS })),
    ],
    'file-broken.entry': ofAreas('zip', damaged(zipOf({ 'a.csv': AREAS }))),
    'file-broken.other': ofAreas('gpkg', () => geoPackages.whole!.subarray(0, 3000)),
    'record-too-large': ofAreas('csv', () => Buffer.alloc(65 * MEBIBYTE, 'a')),
    'zip-bomb.size': ofAreas(
      'zip',
      claimingSize(zipOf(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.csv`, AREAS])))),
    ),
    'zip-bomb.ratio': [
      ofAreas('zip', () => zipOf({ 'a.csv': Buffer.alloc(80 * MEBIBYTE, 'a') })),
      ofAreas('csv.gz', () => gzipSync(AREAS + `530104,${'a'.repeat(100_000)}\n`.repeat(800))),
    ],
    'zip-bomb.entries': ofAreas(
      'zip',
      zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.csv`, 'a']))),
    ),
    'zip-content.none': ofAreas('zip', zipOf({ 'readme.doc': 'x' })),
    'zip-content.parts': ofAreas('zip', zipOf({ 'a.shp': 'x' })),
    'zip-content.entry': ofAreas('zip', encrypted(zipOf({ 'a.csv': AREAS }))),
    'layer-unclear': ofAreas('zip', zipOf({ 'a.csv': AREAS, 'b.csv': AREAS })),
    'crs-unknown.name': of('places', 'csv', PLACE, { crs: 'mars' }),
    'crs-unknown.code': of('places', 'csv', PLACE, { crs: 'EPSG:99999' }),
    'crs-unknown.old-datum': [
      of('places', 'csv', PLACE, { crs: 'EPSG:2363' }),
      of('places', 'csv', PLACE, { crs: 'EPSG:2437' }),
    ],
    'crs-needed.behind': of('areas', 'geojson', JSON.stringify({ ...COLLECTION, crs: CRS })),
    'crs-needed.as-read': of('places', 'csv', placeAt(500_000, 3_000_000)),
    'crs-needed.as-stated': of('places', 'csv', placeAt(500_000, 3_000_000), { crs: 'cgcs2000' }),
    'coordinates-swapped': of('places', 'csv', placeAt(south, west)),
    'column-missing.field': of('buildings', 'csv', 'a,b\n1,2\n'),
    'column-missing.other-file': async () => {
      const files = [
        await importer.put('csv', AREAS),
        await importer.put('csv', '编码,名称\n530104,五华区\n'),
      ]
      return () => importer.run('areas', files)
    },
    'column-unknown': of('areas', 'csv', AREAS, { map: { name: '城区' } }),
    'option-unusable.field': of('areas', 'csv', AREAS, { map: { colour: 'name' } }),
    'option-unusable.new-codes': of('incidents', 'csv', () =>
      cases(...Array.from({ length: 5001 }, (_, i) => `address ${i}`)),
    ),
    'option-unusable.date-format': of('incidents', 'csv', cases('a'), { dateFormat: 'HH:mm' }),
    'option-unusable.time-zone': of('incidents', 'csv', cases('a'), { timeZone: 'Mars/Base' }),
    'option-unusable.valid-from': [
      of('grids', 'geojsonl', TWO_GRIDS, { validFrom: '2999-01-01' }),
      of('grids', 'geojsonl', TWO_GRIDS, { validFrom: '2024-02-30' }),
    ],
    'option-unusable.changed-since': async () => {
      await run('grids', 'geojsonl', TWO_GRIDS, { validFrom: '2024-07-01' })
      const higher = linesOf([gridAt(1, west, south + size / 2)])
      return of('grids', 'geojsonl', higher, { validFrom: '2024-03-01' })()
    },
    'too-many-rows': of(
      'grids',
      'geojsonl',
      () => {
        const geometry = squareAt(west, south, size)
        return linesOf(
          Array.from({ length: 50_001 }, (_, i) => ({ properties: { code: `g${i}` }, geometry })),
        )
      },
      { areaLength: 1 },
      'free',
    ),
    'rows-rejected.all': of('areas', 'csv', 'code,name\n5301,昆明\n'),
    'rows-rejected.strict': of('areas', 'csv', `${AREAS}5301,昆明\n`, { strict: true }),
    'coverage-problems.cleaning': of(
      'grids',
      'geojsonl',
      linesOf([gridAt(1, west, south), gridAt(2, west + size / 2, south)]),
    ),
    // What it leaves behind is too far away to be looked at before
    'coverage-problems.database': async () => {
      await run('grids', 'geojsonl', BLOCK)
      return of('grids', 'geojsonl', linesOf([gridAt(5, west + 9 * size, south)]))()
    },
    'area-codes-nested': of('areas', 'csv', 'code,name,level\n1,One,street\n10,Ten,street\n', {}, 'free'),
    'another-import.named': async () => {
      const file = await importer.put('csv', AREAS)
      let second: Promise<unknown> | undefined
      const begin = () => {
        second ??= importer.run('areas', file)
        second.catch(() => undefined)
      }
      const first = await TestImporter.create(db, {
        ...{ dissolveAreas: dissolveAreasFromGrids, checkCoverage },
        onProgress: begin,
      })
      return async () => {
        await first.run('areas', await first.put('csv', 'code,name\n5301,昆明\n')).catch(() => undefined)
        await first.drop()
        return second
      }
    },
    'another-import.unnamed': async () => {
      const file = await importer.put('csv', AREAS)
      return async () => {
        const undoing = undoImport(importer.parts(), 1_000_000, 'tester', systemAsker('test')).catch(
          () => undefined,
        )
        return importer.run('areas', file).finally(() => undoing)
      }
    },
    'disk-full': [
      async () => {
        await db().query(
          `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
           END $$`,
        )
        await db().query(
          `CREATE TRIGGER full_disk BEFORE INSERT ON areas FOR EACH ROW EXECUTE FUNCTION full_disk()`,
        )
        const act = await ofAreas('csv', AREAS)()
        return () => act().finally(() => db().query(`DROP FUNCTION full_disk CASCADE`))
      },
      ...(existsSync('/dev/full') ? [ontoFullDisk] : []),
    ],
  }

  /** The system's own full disk: once the rows were read, the report of those rejected goes there. */
  async function ontoFullDisk() {
    const { next } = await importer.one<{ next: number }>(
      `SELECT nextval(pg_get_serial_sequence('imports', 'id')) + 1 AS next`,
    )
    const full = await TestImporter.create(db, {
      ...{ dissolveAreas: dissolveAreasFromGrids, checkCoverage },
      onProgress({ step }) {
        if (step !== 'read') return
        mkdirSync(join(full.dataDir, 'reports'))
        symlinkSync('/dev/full', join(full.dataDir, `reports/import-${next}-rejected.csv`))
      },
    })
    const file = await full.put('csv', `${AREAS}530103,again\n`)
    return () => full.run('areas', file).finally(() => full.drop())
  }

  const examples = Object.entries(EXAMPLES).flatMap(([sentence, some]) =>
    [some].flat().map((example) => ({ sentence, example })),
  )
  it.each(examples)(
    '$sentence (%#)',
    async ({ sentence, example }) => {
      const act = await example()
      const before = await importer.everything()
      const refused = await act().then(
        () => null,
        (error: unknown) => error,
      )
      if (!(refused instanceof ImportRefused)) throw refused ?? new Error('It was not refused.')
      expect(refused.sentence).toBe(sentence)
      expect(refused.message).not.toMatch(/[{}]|undefined|NaN/)
      expect(await importer.everything()).toEqual(before)
      expect(await importer.one(`SELECT to_regclass('import_staging') AS staging`)).toEqual({ staging: null })
      expect(await importer.one(`SELECT count(*) AS n FROM imports WHERE state = 'running'`)).toEqual({
        n: 0,
      })
      expect(existsSync(join(importer.dataDir, 'tmp/import'))).toBe(false)
    },
    LONG,
  )
})
