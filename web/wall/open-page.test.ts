import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { pageAnswers, untilPageAnswers } from './open-page.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const answering = (...statuses: (number | null)[]) => {
  const ask = vi.fn(async (_address: string, { headers }: RequestInit) => {
    // As the server tells who browses from who asks for data
    if (new Headers(headers).get('accept') !== 'text/html') return new Response('', { status: 404 })
    const status = statuses.length > 1 ? statuses.shift()! : statuses[0]!
    if (status === null) throw new TypeError('Failed to fetch')
    return new Response('', { status })
  })
  vi.stubGlobal('fetch', ask)
  return ask
}

it('opens nothing while a proxy answers for the server, or nobody does', async () => {
  const ask = answering(502, null, 503, 200)
  let stands: boolean | null = null
  void untilPageAnswers('/wall', new AbortController().signal).then((it) => {
    stands = it
  })
  await vi.advanceTimersByTimeAsync(14_000)
  expect([stands, ask.mock.calls.length]).toEqual([null, 3])
  await vi.advanceTimersByTimeAsync(2_000)
  expect([stands, ask.mock.calls.length]).toEqual([true, 4])
})

it('asks no longer once nobody waits', async () => {
  const ask = answering(502)
  const ending = new AbortController()
  const waiting = untilPageAnswers('/wall', ending.signal)
  await vi.advanceTimersByTimeAsync(1_000)
  ending.abort()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([await waiting, ask.mock.calls.length]).toEqual([false, 1])
  answering(200)
  expect(await pageAnswers('/wall')).toBe(true)
})
