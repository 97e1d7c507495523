import { PassThrough } from 'node:stream'
import { expect, it, vi } from 'vitest'
import { Steps } from './steps.ts'

function terminal(isTTY: boolean) {
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 80 })
  return { steps: new Steps(out as unknown as NodeJS.WriteStream), read: () => String(out.read() ?? '') }
}

it('shows on a terminal what runs, for how long and how far it is, in one line', () => {
  vi.useFakeTimers()
  const { steps, read } = terminal(true)
  const web = steps.begin('Building')
  const database = steps.begin('Opening')
  web.detail('12 of 40')
  vi.advanceTimersByTime(200)
  expect(read()).toBe('\r\x1b[KBuilding ... 0.2 s, 12 of 40; Opening ... 0.2 s')
  database.end()
  expect(read()).toBe('\r\x1b[KOpening: done in 0.2 s\n')
  web.end()
  expect(read()).toBe('\r\x1b[KBuilding: done in 0.2 s\n\r\x1b[K')
  vi.advanceTimersByTime(1000)
  expect(read()).toBe('')
  vi.useRealTimers()
})

it('writes whole lines where there is no terminal, and says now and then that it goes on', async () => {
  vi.useFakeTimers()
  const { steps, read } = terminal(false)
  const sequence = steps.sequence()
  sequence.next('Opening')
  vi.advanceTimersByTime(15_000)
  sequence.next('Migrating')
  await sequence.through(Promise.resolve())
  expect(read()).toBe(
    'Opening ...\nOpening ... 15.0 s\nOpening: done in 15.0 s\nMigrating ...\nMigrating: done in 0.0 s\n',
  )
  vi.useRealTimers()
})

it('does not call done what failed', async () => {
  const { steps, read } = terminal(false)
  const sequence = steps.sequence()
  sequence.next('Connecting')
  await expect(sequence.through(Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  steps.abandon()
  expect(read()).not.toContain('done')
})
