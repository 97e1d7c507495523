import { afterEach, describe, expect, it, vi } from 'vitest'
import { LiveFeed, type LiveLine, type LiveNews } from './live-feed.ts'

/** A server as the feed meets it: each connection is written to by the test. */
class FakeServer implements LiveLine {
  readonly opened: (string | null)[] = []
  acked: string[] = []
  refused = 0
  status = 200
  isDown = false
  knowsStream = true
  clockAheadMs = 0
  #line: ReadableStreamDefaultController<Uint8Array> | null = null

  async open(after: string | null, signal: AbortSignal): Promise<Response> {
    this.opened.push(after)
    if (this.isDown) throw new TypeError('no network')
    if (this.status !== 200) return new Response('', { status: this.status })
    const body = new ReadableStream<Uint8Array>({
      start: (line) => {
        this.#line = line
      },
    })
    signal.addEventListener('abort', () => {
      this.#line = null
    })
    return new Response(body)
  }
  async ack(stream: string) {
    this.acked.push(stream)
    return { open: this.knowsStream, now: Date.now() + this.clockAheadMs }
  }
  onRefused() {
    this.refused += 1
  }
  get isOpen() {
    return this.#line !== null
  }
  write(name: string, data: object, id?: string) {
    const text = `${id ? `id: ${id}\n` : ''}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
    this.#line!.enqueue(new TextEncoder().encode(text))
  }
  hello(id?: string) {
    this.write('hello', { stream: `s${this.opened.length}`, release: 'r1', now: Date.now() }, id)
  }
  end() {
    this.#line!.close()
    this.#line = null
  }
}

const NOTHING = { cases: [], gone: [], topics: [] }
const TIMING = { ackMs: 1000, silentMs: 2500, firstRetryMs: 100, longestRetryMs: 1000 }

describe('the feed of a page', () => {
  let feed: LiveFeed
  afterEach(() => {
    feed.stop()
    vi.useRealTimers()
  })

  async function begin() {
    vi.useFakeTimers()
    const server = new FakeServer()
    const news: LiveNews[] = []
    feed = new LiveFeed(server, TIMING)
    feed.subscribe((one) => news.push(one))
    feed.start()
    await vi.advanceTimersByTimeAsync(1)
    return { server, news }
  }
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  it('hears, and goes on behind what it heard when the line is cut', async () => {
    const { server, news } = await begin()
    expect(feed.status.state).toBe('connecting')
    server.hello('p0')
    await pass(1)
    expect(feed.status).toMatchObject({ state: 'live', release: 'r1' })
    server.write('changes', NOTHING, 'p1')
    server.write('beat', { now: 0 }, 'p2')
    await pass(1)
    server.end()
    await pass(1000)
    expect(server.opened).toEqual([null, 'p2'])
    server.hello()
    server.write('changes', NOTHING, 'p3')
    await pass(1)
    expect(news).toEqual([
      { kind: 'reload', position: 'p0' },
      { kind: 'changes', position: 'p1', changes: NOTHING },
      { kind: 'changes', position: 'p3', changes: NOTHING },
    ])
    server.write('reload', {}, 'p4')
    await pass(1)
    expect(news.at(-1)).toEqual({ kind: 'reload', position: 'p4' })
  })

  it('says that it is lost, tries ever less often, and is back by itself', async () => {
    const { server } = await begin()
    server.hello('p0')
    await pass(1)
    server.isDown = true
    server.end()
    await pass(20_000)
    expect(feed.status.state).toBe('lost')
    const tries = server.opened.length
    expect(tries).toBeGreaterThan(15)
    expect(tries).toBeLessThan(50)
    server.isDown = false
    await pass(1000)
    server.hello()
    await pass(1)
    expect(feed.status.state).toBe('live')
  })

  it('notices a dead line by its silence, and a server that does not know it by its answer', async () => {
    const { server } = await begin()
    server.hello('p0')
    await pass(2400)
    server.write('beat', { now: 0 }, 'p0')
    await pass(2400)
    expect([server.opened.length, server.isOpen]).toEqual([1, true])
    await pass(1200)
    expect(server.opened.length).toBe(2)
    server.hello()
    server.knowsStream = false
    await pass(2000)
    expect(server.opened.length).toBe(3)
  })

  it('acks what it hears and reckons the server’s clock', async () => {
    const { server } = await begin()
    server.clockAheadMs = 60_000
    server.hello('p0')
    await pass(2100)
    expect(server.acked).toEqual(['s1', 's1', 's1'])
    expect(feed.status.toServerMs).toBe(60_000)
  })

  it('finds out who asks when it is refused, and closes when nobody wants it', async () => {
    const { server } = await begin()
    server.hello('p0')
    await pass(1)
    server.status = 401
    server.end()
    await pass(500)
    expect(server.refused).toBeGreaterThan(0)
    const tries = server.opened.length
    feed.stop()
    await pass(10_000)
    expect(server.opened.length).toBe(tries)
  })
})
