import { Value } from 'typebox/value'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WallReport } from '../../domain/wall/report.ts'
import { keepFault, lastFault, noteFault } from './last-fault.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

it('keeps what a report can take, however long it is', () => {
  expect(lastFault(0)).toBeNull()
  keepFault('x'.repeat(600))
  expect(lastFault(0)?.text).toHaveLength(500)
  expect(Value.Check(WallReport.properties.lastError, lastFault(0))).toBe(true)
})

it('waits longer with each fault that follows at once', () => {
  expect([1, 2, 3].map(() => keepFault('x'))).toEqual([5_000, 10_000, 20_000])
})

it('tells the last one of this page, by the clock of the server', () => {
  const before = Date.now()
  noteFault('a panel failed')
  const told = lastFault(3_600_000)!
  expect(told.text).toBe('a panel failed')
  expect(Date.parse(told.at)).toBeLessThanOrEqual(Date.now() - 3_600_000)
  expect(Date.parse(told.at)).toBeGreaterThanOrEqual(before - 3_600_000)
})
