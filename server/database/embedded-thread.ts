import { Worker } from 'node:worker_threads'
import type { WorkerOptions, WorkerReply, WorkerRequest } from './embedded-worker.ts'

const START = new URL('./embedded-worker-start.mjs', import.meta.url)

interface Waiting {
  resolve: (reply: WorkerReply) => void
  reject: (reason: Error) => void
}

/** The worker thread of the embedded database, asked one thing at a time. */
export class EmbeddedThread {
  readonly #worker: Worker
  #waiting: Waiting | null = null
  #stopped = false

  private constructor(options: WorkerOptions) {
    this.#worker = new Worker(START, { execArgv: [], workerData: options })
    this.#worker.on('message', (reply: WorkerReply) => {
      if (typeof reply === 'object' && 'last' in reply && reply.last) this.#stopped = true
      this.#settle((waiting) => waiting.resolve(reply))
    })
    this.#worker.on('error', (error) => this.#settle((waiting) => waiting.reject(error)))
    this.#worker.on('exit', () => {
      this.#stopped = true
      this.#settle((waiting) =>
        waiting.reject(new Error('The embedded database stopped before it answered.')),
      )
    })
  }

  /** Ready when the database is open. An error has a `code` where the file system gave one. */
  static async start(options: WorkerOptions): Promise<EmbeddedThread> {
    const thread = new EmbeddedThread(options)
    const reply = await thread.#reply()
    if (reply === 'opened') return thread
    await thread.#worker.terminate()
    throw typeof reply === 'object' && 'failed' in reply
      ? Object.assign(new Error(reply.failed.message), { code: reply.failed.code })
      : new Error('The embedded database did not open.')
  }

  /** true once the database has ended, by itself or on request */
  get stopped(): boolean {
    return this.#stopped
  }

  /** Gives `request` away: it cannot be read afterwards. */
  async ask(request: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const reply = await this.#send({ request }, [request.buffer])
    if (typeof reply === 'string' || !('answer' in reply)) throw new Error('The embedded database is closed.')
    return reply.answer
  }

  async close(): Promise<void> {
    if (!this.#stopped) await this.#send('close', [])
    await this.#worker.terminate()
  }

  #send(message: WorkerRequest, transfer: ArrayBuffer[]): Promise<WorkerReply> {
    if (this.#stopped) return Promise.reject(new Error('The embedded database has stopped.'))
    const reply = this.#reply()
    this.#worker.postMessage(message, transfer)
    return reply
  }

  #reply(): Promise<WorkerReply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting) how(waiting)
  }
}
