import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Findings, ImportJob, ImportJobPage, RejectPage, Upload } from '../../domain/import-job.ts'
import type { Problem } from '../../domain/problem.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { linesOf, squareAt, TWO_GRIDS, TWO_GRIDS_AT } from './test-import.ts'
import { TestWebImporter } from './test-web-import.ts'

const LONG = 120_000
const { west, south, size, community } = TWO_GRIDS_AT

/** Cases one a line, every tenth without a place. */
function casesCsv(rows: number, from = 1): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const n = from + i
    const place = n % 10 === 0 ? ',' : `${west + (n % 90) * 0.0002},${south + (n % 80) * 0.0001}`
    return `C${n},井盖破损,2024-05-${String(1 + (n % 28)).padStart(2, '0')} 08:00:00,${place}`
  })
  return `number,category,reportedAt,lng,lat\n${lines.join('\n')}\n`
}

/** Two grids with a gap of some metres between them, and one that overlaps both by a hair. */
const ROUGH_GRIDS = linesOf([
  { properties: { code: `${community}001` }, geometry: squareAt(west, south, size) },
  { properties: { code: `${community}002` }, geometry: squareAt(west + size - 1e-6, south, size) },
  { properties: { code: `${community}003` }, geometry: squareAt(west, south + size / 2, size / 4) },
])

describeOnEachDatabase('importing through the web', (db) => {
  let web: TestWebImporter
  beforeAll(async () => {
    web = await TestWebImporter.open(db())
  }, LONG)
  afterAll(() => web?.close())
  beforeEach(async () => {
    // Emptied row by row: the cases may just be read into memory, and TRUNCATE would stand in the way
    const tables = ['incidents', 'buildings', 'grids', 'areas', 'categories', 'departments', 'imports']
    for (const table of [...tables, 'import_mappings']) await db().query(`DELETE FROM ${table}`)
  })

  const count = async (table: string) =>
    (await db().query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]!.n

  it(
    'says what files are: format, rows, columns, extent, kind',
    async () => {
      const { inspection, files, state } = await web.upload({ '网格.geojsonl': TWO_GRIDS })
      expect(state).toBe('inspected')
      expect(files).toEqual([{ name: '网格.geojsonl', bytes: Buffer.byteLength(TWO_GRIDS) }])
      expect(inspection).toMatchObject({
        files: [{ name: '网格.geojsonl', format: 'geojson', layer: null, crs: null, rows: 2 }],
        rows: 2,
        unreadableRows: 0,
        columns: ['code', 'name'],
        firstRows: [
          [`${community}001`, '第1网格'],
          [`${community}002`, '第2网格'],
        ],
        geometries: ['Polygon'],
        bbox: [west, south, west + 2 * size, south + size],
        kind: 'grids',
        remembered: {},
        warnings: [],
      })
      expect(inspection!.outlines).toHaveLength(2)
    },
    LONG,
  )

  it(
    'looks again with other settings, and warns at the option that would put it right',
    async () => {
      const swapped = 'number,category,reportedAt,lng,lat\nC1,a,2024-05-01,25.001,102.501\n'
      const upload = await web.upload({ 'cases.csv': swapped })
      expect(upload.inspection!.warnings).toEqual([{ sentence: 'coordinates-swapped', values: {} }])
      const again = await web.ask<Upload>('POST', `/uploads/${upload.id}/inspection`, {
        settings: { swapAxes: true },
      })
      expect(again.status).toBe(202)
      expect((await web.inspected(upload.id)).inspection).toMatchObject({
        warnings: [],
        bbox: [102.501, 25.001, 102.501, 25.001],
        kind: 'incidents',
      })
      const unknown = await web.ask<Problem>('POST', `/uploads/${upload.id}/inspection`, {
        settings: { colour: 'red' },
      })
      expect(unknown.status).toBe(400)
    },
    LONG,
  )

  it(
    'checks first, writing nothing: the report is that of the import',
    async () => {
      await web.import({ 'grids.geojsonl': TWO_GRIDS }, { kind: 'grids' })
      const upload = await web.upload({ 'cases.csv': casesCsv(60) })
      const checked = await web.ended((await web.begin(upload, { kind: 'incidents', dryRun: true })).id)
      expect(checked).toMatchObject({ state: 'checked', rowsRead: 60, inserted: 54, rowsRejected: 6 })
      expect(await count('incidents')).toBe(0)
      expect(await count('categories')).toBe(0)
      const done = await web.ended((await web.begin(upload, { kind: 'incidents' })).id)
      expect(await count('incidents')).toBe(54)
      const alike = ({
        rowsRead,
        inserted,
        updated,
        unchanged,
        rowsRejected,
        rejectedBy,
        summary,
      }: ImportJob) => ({
        ...{ rowsRead, inserted, updated, unchanged, rowsRejected, rejectedBy, summary },
      })
      expect(alike(done)).toEqual(alike(checked))
      const rejects = async ({ id }: ImportJob) => (await web.ask<RejectPage>('GET', `/${id}/rejects`)).body
      expect(await rejects(done)).toEqual(await rejects(checked))
      expect((await web.app.inject(`/api/imports/${done.id}/report.csv`)).body).toBe(
        (await web.app.inject(`/api/imports/${checked.id}/report.csv`)).body,
      )
    },
    LONG,
  )

  it(
    'gives the report page by page, each row with its field and reason',
    async () => {
      const quoted = 'number,category,reportedAt,lng,lat\n"C ""1"", x",a,yesterday,102.5,25\n'
      const { id } = await web.import(
        { 'a.csv': quoted + casesCsv(80).split('\n').slice(1).join('\n') },
        { kind: 'incidents' },
      )
      const page = async (query: string) => (await web.ask<RejectPage>('GET', `/${id}/rejects?${query}`)).body
      const first = await page('limit=2')
      expect(first.items).toEqual([
        { file: 'a.csv', row: 1, key: 'C "1", x', field: 'reportedAt', reason: 'time-unreadable' },
        { file: 'a.csv', row: 11, key: 'C10', field: 'geometry', reason: 'geometry-missing' },
      ])
      const rows: number[] = []
      for (let next = first.next; next !== null; ) {
        const { items, next: after } = await page(`limit=2&cursor=${next}`)
        rows.push(...items.map(({ row }) => row))
        next = after
      }
      expect(rows).toEqual([21, 31, 41, 51, 61, 71, 81])
      const csv = await web.app.inject(`/api/imports/${id}/report.csv`)
      expect(csv.headers['content-disposition']).toContain(`import-${id}-rejected.csv`)
      expect(csv.body).toContain('Form of times')
    },
    LONG,
  )

  it(
    'shows the gaps and overlaps of grids where they are, with the sentence at the option',
    async () => {
      const upload = await web.upload({ 'rough-grids.geojsonl': ROUGH_GRIDS })
      const refused = await web.ended((await web.begin(upload, { kind: 'grids', dryRun: true })).id)
      expect(refused).toMatchObject({
        state: 'refused',
        hasFindings: true,
        refusal: { sentence: 'coverage-problems.cleaning', values: { problems: 1, kind: 'overlap' } },
      })
      expect(JSON.stringify(refused)).not.toContain(web.dataDir)
      const { body } = await web.ask<Findings>('GET', `/${refused.id}/findings`)
      expect(body.features.map(({ properties }) => [properties.kind, properties.closed])).toEqual([
        ['overlap', false],
        ['overlap-removed', true],
      ])
      const [lng, lat] = body.features[0]!.geometry.coordinates
      expect([lng! - west, lat! - south - size / 2].every((d) => d > 0 && d < size / 2)).toBe(true)
      const marked = await web.begin(upload, { kind: 'grids', settings: { needsRepair: 'import' } })
      expect(await web.ended(marked.id)).toMatchObject({ state: 'done', inserted: 3, hasFindings: true })
    },
    LONG,
  )

  it(
    'remembers which column was which for the next file with the same columns',
    async () => {
      const own = 'NR,ART,WANN,lng,lat\n1,a,2024-05-01,102.5,25\n'
      const settings = { map: { number: 'NR', category: 'ART', reportedAt: 'WANN' }, timeZone: 'Asia/Tokyo' }
      const { state } = await web.import({ 'x.csv': own }, { kind: 'incidents', settings })
      expect(state).toBe('done')
      const { inspection } = await web.upload({ 'y.csv': 'lat,lng,WANN,ART,NR\n25,102.5,2024-05-02,b,2\n' })
      expect(inspection).toMatchObject({ kind: 'incidents', remembered: { incidents: settings } })
    },
    LONG,
  )

  it(
    'keeps a record of who imported what, and undoes it',
    async () => {
      const { id } = await web.import({ 'grids.geojsonl': TWO_GRIDS }, { kind: 'grids' })
      const later = await web.import({ 'cases.csv': casesCsv(5) }, { kind: 'incidents' })
      await db().query(`UPDATE imports SET state = 'running', finished_at = NULL WHERE id = $1`, [id])
      expect(await web.ask<Problem>('POST', `/${id}/cancel`)).toMatchObject({
        status: 409,
        body: { sentences: [{ sentence: 'not-now.elsewhere' }] },
      })
      await db().query(`UPDATE imports SET state = 'done', finished_at = now() WHERE id = $1`, [id])
      const list = await web.ask<ImportJobPage>('GET', '?limit=1')
      expect(list.body).toMatchObject({
        items: [{ id: later.id, startedBy: 'test-administrator', undoable: true }],
      })
      const rest = await web.ask<ImportJobPage>('GET', `?limit=1&cursor=${list.body.next}`)
      expect(rest.body).toMatchObject({ items: [{ id, fileName: 'grids.geojsonl' }], next: null })
      const blocked = await web.ask<Problem>('POST', `/${id}/undo`)
      expect(blocked).toMatchObject({
        status: 409,
        body: { sentences: [{ sentence: 'undo-blocked.in-use', values: { what: 'incidents', rows: 5 } }] },
      })
      expect((await web.ask<ImportJob>('POST', `/${later.id}/undo`)).body).toMatchObject({ state: 'undone' })
      expect((await web.ask<ImportJob>('POST', `/${id}/undo`)).status).toBe(200)
      expect(await count('incidents')).toBe(0)
      expect(await count('grids')).toBe(0)
      expect(await web.ask<Problem>('POST', `/${id}/undo`)).toMatchObject({
        status: 409,
        body: { sentences: [{ sentence: 'not-now.not-done', values: { id, state: 'undone' } }] },
      })
    },
    LONG,
  )

  it(
    'cancelled, leaves nothing, and what waits behind it goes on',
    async () => {
      const before = web.leftOver()
      const many = await web.upload({ 'cases.csv': casesCsv(60_000) })
      const running = await web.begin(many, { kind: 'incidents' })
      const waiting = await web.begin(many, { kind: 'incidents', dryRun: true })
      const next = await web.begin(await web.upload({ 'c.csv': 'code,name\n01,a\n' }), { kind: 'categories' })
      const progress = async () => (await web.ask<ImportJob>('GET', `/${running.id}`)).body.progress
      while ((await progress())?.rows === 0 || (await progress()) === null) await sleep(5)
      expect(await web.ask<Problem>('DELETE', `/uploads/${many.id}`)).toMatchObject({
        status: 409,
        body: { sentences: [{ sentence: 'not-now.files-in-use' }] },
      })
      expect((await web.ask('POST', `/${running.id}/cancel`)).status).toBe(202)
      expect((await web.ask('POST', `/${waiting.id}/cancel`)).status).toBe(202)
      expect(await web.ended(running.id)).toMatchObject({ state: 'cancelled', inserted: 0, undoable: false })
      expect(await web.ended(waiting.id)).toMatchObject({ state: 'cancelled' })
      expect(await web.ended(next.id)).toMatchObject({ state: 'done' })
      expect(await count('incidents')).toBe(0)
      const left = await db().query(`SELECT to_regclass('import_staging') AS staging`)
      expect(left.rows).toEqual([{ staging: null }])
      expect(await web.ask<Problem>('POST', `/${running.id}/cancel`)).toMatchObject({
        status: 409,
        body: { sentences: [{ sentence: 'not-now.ended' }] },
      })
      await web.ask('DELETE', `/uploads/${many.id}`)
      expect(web.leftOver()).toEqual(expect.arrayContaining(before))
      expect(web.leftOver()).toHaveLength(before.length)
    },
    LONG,
  )

  it(
    'is cancelled in the middle of writing too',
    async () => {
      const upload = await web.upload({ 'cases.csv': casesCsv(20_000) })
      const { id } = await web.begin(upload, { kind: 'incidents' })
      for (;;) {
        const { progress } = (await web.ask<ImportJob>('GET', `/${id}`)).body
        if (progress?.step === 'write') break
        await sleep(2)
      }
      expect((await web.ask('POST', `/${id}/cancel`)).status).toBe(202)
      expect(await web.ended(id)).toMatchObject({ state: 'cancelled' })
      expect(await count('incidents')).toBe(0)
      expect(await count('categories')).toBe(0)
    },
    LONG,
  )

  it(
    'answers others while a large file is read, cleaned and written',
    async () => {
      const upload = await web.upload({ 'cases.csv': casesCsv(30_000) })
      const job = await web.begin(upload, { kind: 'incidents' })
      let asked = 0
      for (;;) {
        const health = await fetch(`${web.url}/api/health`, { signal: AbortSignal.timeout(5000) })
        expect(health.status).toBe(200)
        asked++
        const { body } = await web.ask<ImportJob>('GET', `/${job.id}`)
        if (body.state === 'done') break
        expect(['queued', 'running']).toContain(body.state)
      }
      expect(asked).toBeGreaterThan(3)
    },
    LONG,
  )

  it(
    'undoes nothing while another import runs',
    async () => {
      const first = await web.import({ 'c.csv': 'code,name\n01,a\n' }, { kind: 'categories' })
      const running = await web.begin(await web.upload({ 'cases.csv': casesCsv(20_000) }), {
        kind: 'incidents',
      })
      // Asked first by its thread for the lock, then for rows
      while (!(await web.ask<ImportJob>('GET', `/${running.id}`)).body.progress?.rows) await sleep(2)
      const { status, body } = await web.ask<Problem>('POST', `/${first.id}/undo`)
      expect(status).toBe(409)
      expect(body.sentences![0]!.sentence).toMatch(/^another-import/)
      await web.ask('POST', `/${running.id}/cancel`)
      await web.ended(running.id)
    },
    LONG,
  )

  it(
    'tells of an import that a stop of the server cut short, and shows no report of a former one',
    async () => {
      const { id } = await web.import({ 'cases.csv': casesCsv(20) }, { kind: 'incidents' })
      await db().query(`UPDATE imports SET state = 'running', finished_at = NULL WHERE id = $1`, [id])
      const again = await TestWebImporter.open(db(), {}, web.dataDir)
      expect((await again.ask<ImportJob>('GET', `/${id}`)).body).toMatchObject({ state: 'failed' })
      again.app.server.closeAllConnections()
      await again.app.close()
      await db().query(`SELECT setval(pg_get_serial_sequence('imports', 'id'), $1, false)`, [id])
      await db().query(`DELETE FROM imports`)
      const clean = await web.import({ 'cases.csv': casesCsv(5, 101) }, { kind: 'incidents' })
      expect(clean.id).toBe(id)
      expect((await web.ask('GET', `/${id}/report.csv?report=rejected`)).status).toBe(404)
    },
    LONG,
  )

  it(
    'is described to machines',
    async () => {
      const { paths } = (await web.app.inject('/api/openapi.json')).json()
      const own = Object.keys(paths).filter((path) => path.startsWith('/api/imports'))
      expect(own).toContain('/api/imports/uploads/{id}/inspection')
      const upload = paths['/api/imports/uploads'].post
      expect(Object.keys(upload.requestBody.content)).toEqual(['multipart/form-data'])
    },
    LONG,
  )
})
