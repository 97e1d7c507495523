import { get, type IncomingMessage, request } from 'node:http'
import { EventStreamReader, type StreamEvent } from '../../domain/live/event-stream.ts'
import type { LiveChanges, LiveHello } from '../../domain/live/live-event.ts'

/** For tests: one who listens, without anything that a page does for itself. */
export class TestListener {
  readonly events: StreamEvent[] = []
  /** the position of the last event */
  last: string | null = null
  status: number | null = null
  headers: IncomingMessage['headers'] = {}
  ended = false
  readonly #asked: ReturnType<typeof get>
  #answer: IncomingMessage | null = null

  constructor(
    readonly base: string,
    readonly cookie: string,
    after: string | null = null,
    onEvent: (event: StreamEvent) => void = () => undefined,
  ) {
    const reader = new EventStreamReader()
    // As a browser asks: what is told must not wait for a compressor
    const headers = {
      cookie,
      'accept-encoding': 'gzip, br',
      ...(after !== null && { 'last-event-id': after }),
    }
    const end = () => {
      this.ended = true
    }
    this.#asked = get(`${base}/api/live`, { headers, agent: false }, (answer) => {
      this.#answer = answer
      this.status = answer.statusCode!
      this.headers = answer.headers
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        for (const event of reader.read(text)) {
          this.events.push(event)
          if (event.id) this.last = event.id
          onEvent(event)
        }
      })
      answer.on('error', () => undefined)
      answer.on('close', end)
    })
    this.#asked.on('error', end)
  }

  named(name: string): StreamEvent[] {
    return this.events.filter((event) => event.name === name)
  }

  get hello(): LiveHello | null {
    const [event] = this.named('hello')
    return event ? JSON.parse(event.data) : null
  }

  get changes(): LiveChanges[] {
    return this.named('changes').map(({ data }) => JSON.parse(data))
  }

  get caseIds(): number[] {
    return this.changes.flatMap(({ cases }) => cases.map(({ id }) => id))
  }

  get gone(): number[] {
    return this.changes.flatMap(({ gone }) => gone)
  }

  get topics(): string[] {
    return this.changes.flatMap(({ topics }) => topics)
  }

  /** Reads nothing of what comes. */
  pause(): void {
    this.#answer!.pause()
  }

  resume(): void {
    this.#answer!.resume()
  }

  async ack(stream = this.hello!.stream): Promise<{ open: boolean; now: number }> {
    const body = JSON.stringify({ stream })
    const headers = { cookie: this.cookie, 'content-type': 'application/json' }
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.base}/api/live/acks`,
        { method: 'POST', headers, agent: false },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8')
          answer.on('data', (part: string) => {
            text += part
          })
          answer.on('end', () => resolve(JSON.parse(text)))
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
  }

  close(): void {
    this.#asked.destroy()
  }
}
