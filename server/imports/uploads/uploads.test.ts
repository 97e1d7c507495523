import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Upload } from '../../../domain/import-job.ts'
import type { Problem } from '../../../domain/problem.ts'
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

  const sentences = ({ body }: { body: Upload | Problem }) =>
    (body as Problem).sentences?.map(({ sentence }) => sentence)

  async function withServer(
    env: NodeJS.ProcessEnv,
    test: (web: TestWebImporter) => Promise<void>,
    folder?: string,
  ): Promise<void> {
    const web = await TestWebImporter.open(database.db, env, folder)
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
    'beyond the limit are refused, announced or not',
    async () =>
      withServer({ UPLOAD_LIMIT_MB: '8' }, async (web) => {
        const limits = await web.ask('GET', '/uploads/limits')
        expect(limits.body).toMatchObject({ bytes: 8 * MEBIBYTE, files: 50 })
        const announced = await web.send({ 'a.csv': Buffer.alloc(12 * MEBIBYTE, 'a') })
        expect([announced.status, sentences(announced)]).toEqual([413, ['upload-too-large']])
        const piece = Buffer.alloc(MEBIBYTE, 'a')
        let left = 40
        const upload = web.stream('a.csv', () => (left-- > 0 ? piece : null))
        await upload.send().catch(() => undefined)
        const answer = await upload.answer
        expect([answer.status, sentences(answer)]).toEqual([413, ['upload-too-large']])
        const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`${i}.csv`, CSV]))
        expect(sentences(await web.send(many))).toEqual(['upload-too-many-files'])
        expect(web.leftOver()).toEqual([])
      }),
    LONG,
  )

  it(
    'ten at once: as many as fit are taken, the others are told to wait, nothing is half-written',
    async () =>
      withServer({}, async (web) => {
        let go = false
        const uploads = Array.from({ length: 10 }, () => {
          const pieces = [Buffer.from(CSV)]
          return web.stream('a.csv', () => pieces.shift() ?? null)
        })
        while (web.leftOver().length < 4) await sleep(20)
        go = true
        await Promise.all(uploads.map((upload) => go && upload.send().catch(() => undefined)))
        const answers = await Promise.all(uploads.map(({ answer }) => answer))
        const taken = answers.filter(({ status }) => status === 201)
        const told = answers.filter(({ status }) => status === 429)
        expect([taken.length, told.length]).toEqual([4, 6])
        expect(sentences(told[0]!)).toEqual(['upload-too-many'])
        for (const { body } of taken) await web.inspected((body as Upload).id)
        expect(web.leftOver()).toHaveLength(4)
        expect((await web.upload({ 'b.csv': CSV })).state).toBe('inspected')
      }),
    LONG,
  )

  it(
    'that break off in the middle leave nothing',
    async () =>
      withServer({}, async (web) => {
        const piece = Buffer.alloc(MEBIBYTE, 'a')
        let sent = 0
        const upload = web.stream('a.csv', () => (sent++ < 5 ? piece : null))
        for (let i = 0; i < 5; i++) upload.request.write(piece)
        while (filesLeft(web) === '') await sleep(20)
        upload.close()
        while (web.leftOver().length > 0) await sleep(20)
        expect(filesLeft(web)).toBe('')
        expect((await web.upload({ 'b.csv': CSV })).state).toBe('inspected')
      }),
    LONG,
  )

  it(
    'without a file, or that are no upload at all, are refused',
    async () =>
      withServer({}, async (web) => {
        expect(sentences(await web.send({}))).toEqual(['option-unusable.file'])
        const answer = await web.app.inject({
          method: 'POST',
          url: '/api/imports/uploads',
          payload: { a: 1 },
        })
        expect(answer.statusCode).toBe(406)
        expect(
          (await web.ask<Problem>('GET', '/uploads/11111111-1111-4111-8111-111111111111')).body,
        ).toMatchObject({
          sentences: [{ sentence: 'upload-gone' }],
        })
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

  const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/mount')
  it.skipIf(!mayMount)(
    'onto a full disk are refused in a sentence (needs root to mount a small one)',
    async () => {
      const disk = await mkdtemp(join(tmpdir(), 'web-import-test-'))
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m', 'tmpfs', disk])
      try {
        await withServer(
          {},
          async (web) => {
            const announced = await web.send({ 'a.csv': Buffer.alloc(90 * MEBIBYTE, 'a') })
            expect([announced.status, sentences(announced)]).toEqual([507, ['upload-no-space']])
            const piece = Buffer.alloc(MEBIBYTE, 'a')
            let left = 200
            const upload = web.stream('a.csv', () => (left-- > 0 ? piece : null))
            await upload.send().catch(() => undefined)
            const answer = await upload.answer
            expect([answer.status, sentences(answer)]).toEqual([507, ['upload-no-space']])
            expect(web.leftOver()).toEqual([])
          },
          join(disk, 'data'),
        )
      } finally {
        execFileSync('umount', ['--lazy', disk])
        await rm(disk, { recursive: true, force: true })
      }
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
