import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Upload } from '../../../domain/import-job.ts'
import { makeTestDatabase, type TestDatabase } from '../../database/test-database.ts'
import { zipOf } from '../readers/test-files.ts'
import { TestWebImporter } from '../test-web-import.ts'
import { safeFileName } from './file-name.ts'
import { UploadStore } from './upload-store.ts'

const LONG = 240_000
const MEBIBYTE = 2 ** 20
const CSV = 'code,name\n01,a\n'

describe('uploads', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await makeTestDatabase()
  }, LONG)
  afterAll(() => database?.drop())

  async function withServer(
    env: NodeJS.ProcessEnv,
    test: (web: TestWebImporter) => Promise<void>,
  ): Promise<void> {
    const web = await TestWebImporter.open(database.db, env)
    try {
      await test(web)
    } finally {
      await web.close()
    }
  }

  /** Files of uploads in the folder; what was wrong with them may still be written there. */
  const filesLeft = (web: TestWebImporter) =>
    execFileSync('find', [web.dataDir, '-type', 'f', '-not', '-name', 'upload.json*'], { encoding: 'utf8' })

  describe('that can be no import are refused in a sentence, and are gone', () => {
    let web: TestWebImporter
    beforeAll(async () => {
      web = await TestWebImporter.open(database.db)
    }, LONG)
    afterAll(() => web?.close())

    it.each([
      ['a.shp', 'x', 'ending-unknown.shp'],
      ['a.docx', 'x', 'ending-unknown.other'],
      ['a.geojson', '\x89PNG\r\n', 'content-not-as-ending'],
      ['a.csv', '', 'file-empty.whole'],
      ['a.geojson', '{"type":"FeatureCollection","features":[{"type":"Fea', 'file-broken.cut'],
      ['a.zip', zipOf({ 'a.csv': Buffer.alloc(100 * MEBIBYTE, 'a') }), 'zip-bomb.ratio'],
      ['a.csv.gz', gzipSync(Buffer.alloc(100 * MEBIBYTE, `${'a'.repeat(100_000)}\n`)), 'zip-bomb.ratio'],
      ['a.zip', zipOf({ 'readme.doc': 'x' }), 'zip-content.none'],
      ['a.gpkg', 'SQLite format 3\0 and nothing', 'file-broken.other'],
    ])(
      '%s (%#)',
      async (name, content, sentence) => {
        const upload = await web.upload({ [name]: content })
        expect(upload).toMatchObject({ state: 'refused', refusal: { sentence } })
        expect(filesLeft(web)).toBe('')
        const order = { uploadId: upload.id, kind: 'areas', settings: {}, dryRun: false }
        expect((await web.ask('POST', '', order)).status).toBe(404)
      },
      LONG,
    )

    it('named without a boundary are refused by the field', async () => {
      const headers = { 'content-type': 'multipart/form-data' }
      const answer = await web.app.inject({ method: 'POST', url: '/api/imports/uploads', headers })
      expect([answer.statusCode, answer.json().faults[0].field]).toEqual([400, 'content-type'])
      expect(filesLeft(web)).toBe('')
    })

    it(
      'and keep what a choice puts right',
      async () => {
        const upload = await web.upload({ 'two.zip': zipOf({ 'a.csv': CSV, 'b.csv': CSV }) })
        expect(upload).toMatchObject({
          state: 'inspected',
          inspection: null,
          refusal: { sentence: 'layer-unclear', choices: ['a', 'b'] },
        })
        await web.ask('POST', `/uploads/${upload.id}/inspection`, { settings: { layer: 'b' } })
        expect((await web.inspected(upload.id)).inspection).toMatchObject({
          rows: 1,
          columns: ['code', 'name'],
        })
        expect((await web.ask('DELETE', `/uploads/${upload.id}`)).status).toBe(204)
        expect(filesLeft(web)).toBe('')
      },
      LONG,
    )
  })

  it(
    'of one line of 2 GB are refused while they are read',
    async () =>
      withServer({ UPLOAD_LIMIT_MB: '3000' }, async (web) => {
        const piece = Buffer.alloc(4 * MEBIBYTE, 'a')
        let left = 512
        const upload = web.stream('line.csv', () => (left-- > 0 ? piece : null))
        await upload.send()
        const { status, body } = await upload.answer
        expect(status).toBe(201)
        expect(await web.inspected((body as Upload).id)).toMatchObject({
          state: 'refused',
          files: [{ name: 'line.csv', bytes: 2048 * MEBIBYTE }],
          refusal: { sentence: 'record-too-large', values: { mebibytes: 64 } },
        })
        expect(filesLeft(web)).toBe('')
      }),
    LONG,
  )

  it(
    'in another form than files are refused',
    async () =>
      withServer({}, async (web) => {
        const answer = await web.app.inject({
          method: 'POST',
          url: '/api/imports/uploads',
          payload: { a: 1 },
        })
        expect(answer.statusCode).toBe(406)
        expect(web.leftOver()).toEqual([])
      }),
    LONG,
  )

  it(
    'outlive the server, and are purged after a day; what it left half-sent goes',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'web-import-test-'))
      const store = new UploadStore(folder)
      const begun = await store.begin()
      const upload = await begun.keep([{ name: 'a.csv', bytes: 1 }])
      const halfSent = await store.begin()
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
      await utimes(join(store.folder, halfSent.id), hoursAgo(2), hoursAgo(2))
      const running = await store.begin()
      const next = new UploadStore(folder)
      await next.open()
      expect(next.find(upload.id)).toMatchObject({ files: [{ name: 'a.csv' }] })
      expect(existsSync(join(store.folder, halfSent.id))).toBe(false)
      expect(existsSync(join(store.folder, running.id))).toBe(true)
      await next.purge(Date.now() + 25 * 3_600_000)
      expect(next.find(upload.id)).toBeNull()
      expect(existsSync(join(store.folder, upload.id))).toBe(false)
      await rm(folder, { recursive: true })
    },
    LONG,
  )
})

describe('names of files', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\a\\网格.zip', '网格.zip'],
    ['.hidden.csv', 'hidden.csv'],
    ['a\u0000b\u202e.csv', 'ab.csv'],
    ['..', ''],
    [`${'长'.repeat(100)}.csv.gz`, `${'长'.repeat(64)}.csv.gz`],
  ])('%j is kept as %j', (sent, kept) => {
    expect(safeFileName(sent)).toBe(kept)
  })
})
