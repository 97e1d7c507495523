import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LiveStream } from './live-stream.ts'
import { LiveStreams, USUAL_TIMING } from './live-streams.ts'

/** What is owed: a dead connection is noticed within 30 s, and its other side acks every 10 s. */
const OWED_MS = 30_000
const ACK_EVERY_MS = 10_000

let streams: LiveStreams
beforeEach(() => {
  vi.useFakeTimers()
  streams = new LiveStreams(USUAL_TIMING)
})
afterEach(() => {
  streams.close()
  vi.useRealTimers()
})

const open = () => {
  const stream = {
    ...{ id: 'a', body: new EventEmitter(), heardAt: Date.now(), stuckSince: null as number | null },
    ...{ cut: vi.fn(), beat: vi.fn(), end: vi.fn() },
  }
  streams.add({ stream: stream as unknown as LiveStream, who: 'wall 1', check: async () => 'same' })
  return stream
}

it.each([100, 2_500, 5_000, 9_900])(
  'cuts a connection within 30 s of its last ack, also one that came %i ms after a beat',
  async (afterBeat) => {
    await vi.advanceTimersByTimeAsync(10_000 + afterBeat)
    const stream = open()
    await vi.advanceTimersByTimeAsync(ACK_EVERY_MS)
    streams.ack('a', 'wall 1')
    await vi.advanceTimersByTimeAsync(OWED_MS)
    expect(stream.cut).toHaveBeenCalled()
  },
)

it('cuts one that takes nothing more within 30 s, though it acks', async () => {
  const stream = open()
  await vi.advanceTimersByTimeAsync(12_000)
  stream.stuckSince = Date.now()
  for (let ms = 0; ms < OWED_MS; ms += ACK_EVERY_MS) {
    await vi.advanceTimersByTimeAsync(ACK_EVERY_MS)
    streams.ack('a', 'wall 1')
  }
  expect(stream.cut).toHaveBeenCalled()
})

it('leaves one alone whose acks come late now and then', async () => {
  const stream = open()
  for (const wait of [10_000, 14_000, 10_000, 19_000, 10_000]) {
    await vi.advanceTimersByTimeAsync(wait)
    streams.ack('a', 'wall 1')
  }
  expect(stream.cut).not.toHaveBeenCalled()
})
