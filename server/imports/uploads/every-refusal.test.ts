import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Upload } from '../../../domain/import-job.ts'
import type { RefusalSentence } from '../../../domain/import-refusals.ts'
import type { Problem } from '../../../domain/problem.ts'
import { makeTestDatabase, type TestDatabase } from '../../database/test-database.ts'
import { zipOf } from '../readers/test-files.ts'
import { TestWebImporter } from '../test-web-import.ts'

type Sentence = Extract<RefusalSentence, `upload-${string}` | 'option-unusable.file' | 'look-failed'>

interface Answer {
  status: number
  body: Upload | Problem
}

interface Example {
  /** of the answer */
  status: number
  env?: NodeJS.ProcessEnv
  /** where the data directory is to be; without it the place for temporary files */
  disk?: () => Promise<Disk>
  act(web: TestWebImporter): Promise<Answer>
  /** uploads that stay */
  taken?: number
}

interface Disk {
  folder: string
  giveBack(): Promise<void>
}

const LONG = 240_000
const MEBIBYTE = 2 ** 20
const CSV = 'code,name\n01,a\n'
const PIECE = Buffer.alloc(MEBIBYTE, 'a')

/** Sends `pieces` MiB without having said how much it will be, until it is told to stop. */
async function stream(web: TestWebImporter, pieces: number): Promise<Answer> {
  let left = pieces
  const upload = web.stream('a.csv', () => (left-- > 0 ? PIECE : null))
  const sending = upload.send().catch(() => undefined)
  const answer = await upload.answer
  upload.close()
  await sending
  return answer
}

/** Says that `bytes` will come, and waits for what is said to that. */
async function announce(web: TestWebImporter, bytes: number): Promise<Answer> {
  const upload = web.stream('a.csv', () => null, { 'content-length': String(bytes) })
  const answer = await upload.answer
  upload.close()
  return answer
}

/** A disk of memory, which nobody has made larger than what may be sent. */
async function memoryDisk(): Promise<Disk> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'web-import-test-'))
  return { folder, giveBack: () => rm(folder, { recursive: true, force: true }) }
}

async function smallDisk(): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'web-import-test-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m', 'tmpfs', folder])
  return {
    folder,
    async giveBack() {
      execFileSync('umount', ['--lazy', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/mount')

/** Ten uploads at once, of which as many are taken as fit; the answer to one of the others. */
async function tenAtOnce(web: TestWebImporter): Promise<Answer> {
  const uploads = Array.from({ length: 10 }, () => {
    const pieces = [Buffer.from(CSV)]
    return web.stream('a.csv', () => pieces.shift() ?? null)
  })
  while (web.leftOver().length < 4) await sleep(20)
  await Promise.all(uploads.map((upload) => upload.send().catch(() => undefined)))
  const answers = await Promise.all(uploads.map(({ answer }) => answer))
  const taken = answers.filter(({ status }) => status === 201)
  expect(taken).toHaveLength(4)
  for (const { body } of taken) await web.inspected((body as Upload).id)
  return answers.find(({ status }) => status !== 201)!
}

const EXAMPLES: Record<Sentence, Example | readonly Example[]> = {
  'option-unusable.file': { status: 400, act: (web) => web.send({}) },
  'upload-too-large': [
    { status: 413, env: { UPLOAD_LIMIT_MB: '8' }, act: (web) => announce(web, 12 * MEBIBYTE) },
    { status: 413, env: { UPLOAD_LIMIT_MB: '8' }, act: (web) => stream(web, 40) },
  ],
  'upload-no-space': [
    {
      status: 507,
      env: { UPLOAD_LIMIT_MB: '1000000' },
      disk: memoryDisk,
      async act(web) {
        const { bavail, bsize } = await statfs(dirname(web.dataDir))
        return announce(web, bavail * bsize)
      },
    },
    ...(mayMount ? [{ status: 507, disk: smallDisk, act: (web: TestWebImporter) => stream(web, 200) }] : []),
  ],
  'upload-too-many': { status: 429, act: tenAtOnce, taken: 4 },
  'upload-too-many-files': {
    status: 413,
    act: (web) => web.send(Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`${i}.csv`, CSV]))),
  },
  // Cut off behind somebody who had promised less; who cuts it off himself hears nothing
  'upload-cut': {
    status: 400,
    async act(web) {
      const upload = web.stream('a.csv', () => null)
      upload.request.end(CSV)
      return upload.answer
    },
  },
  'upload-unnamed': { status: 400, act: (web) => web.send({ '..': CSV }) },
  // What is kept for unpacking is no folder
  'look-failed': {
    status: 201,
    async act(web) {
      await mkdir(web.dataDir, { recursive: true })
      await writeFile(join(web.dataDir, 'tmp'), '')
      const { status, body } = await web.send({ 'a.zip': zipOf({ 'a.csv': CSV }) })
      const looked = await web.inspected((body as Upload).id)
      await rm(join(web.dataDir, 'tmp'))
      return { status, body: looked }
    },
    taken: 1,
  },
  'upload-gone': {
    status: 404,
    act: (web) => web.ask<Problem>('GET', '/uploads/11111111-1111-4111-8111-111111111111'),
  },
}

describe('an upload is refused, with nothing left of it:', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await makeTestDatabase()
  }, LONG)
  afterAll(() => database?.drop())

  const examples = Object.entries(EXAMPLES).flatMap(([sentence, some]) =>
    [some].flat().map((example: Example) => ({ sentence, example })),
  )
  it.each(examples)(
    '$sentence (%#)',
    async ({ sentence, example: { status, env, disk, act, taken = 0 } }) => {
      const place = await disk?.()
      try {
        const web = await TestWebImporter.open(database.db, env, place && join(place.folder, 'data'))
        try {
          const answer = await act(web)
          const { body } = answer
          const said = 'id' in body ? [body.refusal] : body.sentences
          expect(said?.map((one) => one?.sentence)).toEqual([sentence])
          expect(answer.status).toBe(status)
          expect(web.leftOver()).toHaveLength(taken)
        } finally {
          await web.close()
        }
      } finally {
        await place?.giveBack()
      }
    },
    LONG,
  )

  it(
    'one that breaks off in the middle leaves nothing, and the next is taken',
    async () => {
      const web = await TestWebImporter.open(database.db)
      try {
        const upload = web.stream('a.csv', () => null)
        for (let i = 0; i < 5; i++) upload.request.write(PIECE)
        while (web.leftOver().length === 0) await sleep(20)
        upload.close()
        while (web.leftOver().length > 0) await sleep(20)
        expect((await web.upload({ 'b.csv': CSV })).state).toBe('inspected')
      } finally {
        await web.close()
      }
    },
    LONG,
  )
})
