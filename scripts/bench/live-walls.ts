import { type ChildProcess, fork } from 'node:child_process'
import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { EventStreamReader } from '../../domain/live/event-stream.ts'
import type { LiveChanges } from '../../domain/live/live-event.ts'
import { WALL_COOKIE } from '../../server/access/cookie.ts'
import { READ_TYPESCRIPT } from '../../server/test-server-process.ts'

const FILE = fileURLToPath(import.meta.url)

/** `come`: all of them, reading what they are told or only draining the line; `tell`: what was heard. */
type Order = { order: 'come'; base: string; tokens: string[]; reads: boolean } | { order: 'leave' | 'tell' }

/** By wall: the cases that it was told of, and when (milliseconds since 1970, with fractions). */
export type Heard = [id: number, atMs: number][][]

/** Many walls in a process of their own, as they are in the world: what they do costs the server nothing. */
export class ListeningWalls {
  readonly #child: ChildProcess

  constructor() {
    this.#child = fork(FILE, { execArgv: [...READ_TYPESCRIPT] })
  }

  /** Once every one of them has had its first event. */
  async come(base: string, tokens: string[], { reads }: { reads: boolean }): Promise<void> {
    await this.#ask({ order: 'come', base, tokens, reads })
  }

  /** Once every line is closed. */
  async leave(): Promise<void> {
    await this.#ask({ order: 'leave' })
  }

  async heard(): Promise<Heard> {
    return this.#ask({ order: 'tell' }) as Promise<Heard>
  }

  end(): void {
    this.#child.kill()
  }

  #ask(order: Order): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('The process of the walls has ended.'))
      this.#child.once('exit', gone)
      this.#child.once('message', (answer) => {
        this.#child.off('exit', gone)
        resolve(answer)
      })
      this.#child.send(order)
    })
  }
}

/** The clock that both processes share, finer than a millisecond. */
export const nowMs = () => performance.timeOrigin + performance.now()

class Wall {
  readonly heard = new Map<number, number>()
  /** settled with its first event */
  readonly here: Promise<void>
  /** settled with the end of its line */
  readonly gone: Promise<void>
  readonly #asked: ReturnType<typeof get>

  constructor(base: string, token: string, reads: boolean) {
    const reader = new EventStreamReader()
    const headers = { cookie: `${WALL_COOKIE}=${token}` }
    const asked = get(`${base}/api/live`, { headers, agent: false })
    asked.on('error', () => undefined)
    this.#asked = asked
    this.gone = new Promise((resolve) => asked.on('close', () => resolve()))
    this.here = new Promise((resolve) =>
      asked.on('response', (answer) => {
        if (answer.statusCode !== 200) throw new Error(`A wall was answered ${answer.statusCode}.`)
        answer.on('error', () => undefined)
        answer.on('data', (bytes: Buffer) => {
          resolve()
          if (reads) this.#read(reader, bytes.toString())
        })
      }),
    )
  }

  leave(): void {
    this.#asked.destroy()
  }

  #read(reader: EventStreamReader, text: string): void {
    const at = nowMs()
    for (const { name, data } of reader.read(text)) {
      if (name !== 'changes') continue
      for (const { id } of (JSON.parse(data) as LiveChanges).cases) this.heard.set(id, at)
    }
  }
}

if (process.argv[1] === FILE) {
  let walls: Wall[] = []
  process.on('message', async (order: Order) => {
    if (order.order === 'come') {
      walls = order.tokens.map((token) => new Wall(order.base, token, order.reads))
      await Promise.all(walls.map(({ here }) => here))
      process.send!(null)
    } else if (order.order === 'leave') {
      for (const wall of walls) wall.leave()
      await Promise.all(walls.map(({ gone }) => gone))
      process.send!(null)
    } else {
      process.send!(walls.map(({ heard }) => [...heard]))
    }
  })
  process.on('disconnect', () => process.exit())
}
