import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ImportJob, type ImportOrder, isOver, type Upload } from '../../domain/import-job.ts'
import type { Problem } from '../../domain/problem.ts'
import type { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Database } from '../database/database.ts'
import { buildTestApp, signIn } from '../test-app.ts'

type Order = Pick<ImportOrder, 'kind'> & Partial<ImportOrder>

/** For tests: a server that listens, and somebody who imports through it. */
export class TestWebImporter {
  private constructor(
    readonly dataDir: string,
    readonly app: Awaited<ReturnType<typeof buildApp>>,
    readonly url: string,
    readonly cookie: string,
  ) {}

  static async open(db: Database, env: NodeJS.ProcessEnv = {}, folder?: string): Promise<TestWebImporter> {
    const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'web-import-test-')))
    const config = readConfig({
      LOG_LEVEL: 'silent',
      DATA_DIR: dataDir,
      DISTRICT_LANGUAGE: 'en',
      SIMULATE: '0',
      DEMO: '0',
      ...env,
    })
    const app = await buildTestApp({ config, db })
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    return new TestWebImporter(dataDir, app, url, await signIn(db))
  }

  async close(): Promise<void> {
    this.app.server.closeAllConnections()
    await this.app.close()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  async ask<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> {
    const answer = await this.app.inject({
      method,
      url: `/api/imports${path}`,
      ...(body && { payload: body as Record<string, unknown> }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? (null as T) : answer.json<T>() }
  }

  /** Sends files and waits until they were looked at. */
  async upload(files: Record<string, string | Uint8Array>): Promise<Upload> {
    const { status, body } = await this.send(files)
    if (status !== 201) throw new Error(JSON.stringify(body))
    return this.inspected((body as Upload).id)
  }

  async send(
    files: Record<string, string | Uint8Array>,
  ): Promise<{ status: number; body: Upload | Problem }> {
    const form = new FormData()
    for (const [name, content] of Object.entries(files)) {
      form.append('files', new Blob([content as BlobPart]), name)
    }
    const answer = await fetch(`${this.url}/api/imports/uploads`, {
      method: 'POST',
      body: form,
      headers: { cookie: this.cookie },
    })
    return { status: answer.status, body: (await answer.json()) as Upload | Problem }
  }

  async inspected(id: string): Promise<Upload> {
    for (;;) {
      const { body } = await this.ask<Upload>('GET', `/uploads/${id}`)
      if (body.state !== 'inspecting') return body
      await sleep(30)
    }
  }

  async begin(upload: Upload, order: Order): Promise<ImportJob> {
    const { status, body } = await this.ask<ImportJob>('POST', '', {
      uploadId: upload.id,
      settings: {},
      dryRun: false,
      ...order,
    })
    if (status !== 202) throw new Error(JSON.stringify(body))
    return body
  }

  async ended(id: number): Promise<ImportJob> {
    for (;;) {
      const { body } = await this.ask<ImportJob>('GET', `/${id}`)
      if (isOver(body.state) && body.progress === null) return body
      await sleep(30)
    }
  }

  async import(files: Record<string, string>, order: Order): Promise<ImportJob> {
    return this.ended((await this.begin(await this.upload(files), order)).id)
  }

  /** Sends a multipart request piece by piece; `rest` is called until it answers null. */
  stream(name: string, rest: () => Uint8Array | null, headers: Record<string, string> = {}): StreamedUpload {
    return new StreamedUpload(this.url, name, rest, { cookie: this.cookie, ...headers })
  }

  /** What stands in the folders for uploads and for work. */
  leftOver(): string[] {
    return ['uploads', 'tmp'].flatMap((folder) => {
      const path = join(this.dataDir, folder)
      return existsSync(path) ? readdirSync(path).map((name) => `${folder}/${name}`) : []
    })
  }
}

const BOUNDARY = 'x-x-boundary-x-x'

export class StreamedUpload {
  readonly request: ClientRequest
  readonly answer: Promise<{ status: number; body: Upload | Problem }>
  private cut = false

  constructor(
    url: string,
    name: string,
    private readonly rest: () => Uint8Array | null,
    headers: Record<string, string>,
  ) {
    this.request = request(`${url}/api/imports/uploads`, {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
    })
    this.answer = new Promise((resolve, reject) => {
      this.request.on('error', reject).on('response', async (response) => {
        let text = ''
        for await (const part of response.setEncoding('utf8')) text += part
        resolve({ status: response.statusCode!, body: JSON.parse(text) })
      })
    })
    this.answer.catch(() => undefined)
    this.request.write(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    )
  }

  /** Writes all that `rest` gives and ends the request. */
  async send(): Promise<void> {
    for (let piece = this.rest(); piece !== null && !this.cut; piece = this.rest()) {
      if (this.request.write(piece)) continue
      const waiting = new AbortController()
      await Promise.race([once(this.request, 'drain', { signal: waiting.signal }), this.answer])
      waiting.abort()
    }
    if (!this.cut) this.request.end(`\r\n--${BOUNDARY}--\r\n`)
  }

  /** As a closed tab does. */
  close(): void {
    this.cut = true
    this.request.destroy()
  }
}
