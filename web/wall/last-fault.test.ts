import { Value } from 'typebox/value'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WallReport } from '../../domain/wall/report.ts'
import { faultBefore, keepFault } from './last-fault.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

it('keeps what a report can take, however long it is', () => {
  expect(faultBefore()).toBeNull()
  keepFault('x'.repeat(600))
  expect(Value.Check(WallReport.properties.lastError, faultBefore())).toBe(true)
  expect(faultBefore()).toHaveLength(500)
})

it('waits longer with each fault that follows at once', () => {
  expect([1, 2, 3].map(() => keepFault('x'))).toEqual([5_000, 10_000, 20_000])
})
