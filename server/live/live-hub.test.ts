import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Database } from '../database/database.ts'
import type { LiveBatch } from './live-batch.ts'
import { LiveHub, type Outbox } from './live-hub.ts'
import { LiveStream } from './live-stream.ts'

const POSITION = 'e~1~1:1:'
const CHANGE = {
  xid: '1',
  seq: 1,
  topic: 'incident',
  key: '7',
  areaCode: '',
  departmentCode: null,
}

let isDown: boolean
let told: Parameters<Outbox['subscribe']>[0]
let feed: Outbox
let db: Database
let logged: string[]
let hub: LiveHub
beforeEach(() => {
  vi.useFakeTimers()
  isDown = false
  logged = []
  feed = {
    position: POSITION,
    readAt: 0,
    since: async () => null,
    subscribe: (listener) => {
      told = listener
      return () => undefined
    },
  }
  const query = async () => {
    if (isDown) throw new Error('the database is away')
    return { rows: [], rowCount: 0 }
  }
  db = { query } as unknown as Database
  const log = {
    warn: (_: object, message: string) => logged.push(message),
    info: (message: string) => logged.push(message),
  }
  hub = new LiveHub({ db, feed, log })
})
afterEach(() => {
  hub.stop()
  vi.useRealTimers()
})

it('logs once that the database is away, and that it is back; what changed meanwhile is told', async () => {
  const batches: LiveBatch[] = []
  hub.join({ batch: (batch) => batches.push(batch), reload: () => undefined })
  for (const _ of [1, 2]) {
    isDown = true
    told.changed([CHANGE], POSITION)
    await vi.advanceTimersByTimeAsync(10_000)
    isDown = false
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(batches).toHaveLength(2)
  const once = ['changed cases cannot be read; trying again', 'changed cases can be read again']
  expect(logged).toEqual([...once, ...once])
})

it('sends nothing more to who is slow once the stream has ended', async () => {
  const scope = { areas: [''], departmentCode: null }
  const stream = new LiveStream({ db, feed, hub, scope, release: '1.0' })
  const faults: Error[] = []
  stream.body.on('error', (fault) => faults.push(fault))
  await stream.begin(null)
  // Nobody has read the first event yet
  stream.endAnew()
  stream.beat(Number.POSITIVE_INFINITY)
  stream.endAnew()
  const events: string[] = []
  stream.body.setEncoding('utf8').on('data', (text) => events.push(text))
  await vi.advanceTimersByTimeAsync(1)
  expect(faults).toEqual([])
  expect(events.join('').match(/event: \w+/g)).toEqual(['event: hello', 'event: reload'])
})
