import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ErrorBoundary } from './error-boundary.tsx'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const failed = (againAfterMs?: number) => {
  const boundary = new ErrorBoundary({
    fallback: () => null,
    children: null,
    ...(againAfterMs !== undefined && { againAfterMs }),
  })
  const set = vi.spyOn(boundary, 'setState').mockImplementation(() => undefined)
  boundary.componentDidCatch(new Error('x'), { componentStack: '' })
  return { boundary, set }
}

it('tries what failed anew by itself, where nobody sits who could', () => {
  const { set } = failed(60_000)
  vi.advanceTimersByTime(59_000)
  expect(set).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(set.mock.calls).toEqual([[{ error: null }]])
})

it('leaves it to whoever sits there, and does nothing once it is gone', () => {
  const { set } = failed()
  const left = failed(60_000)
  left.boundary.componentWillUnmount()
  vi.advanceTimersByTime(120_000)
  expect([set, left.set].map(({ mock }) => mock.calls)).toEqual([[], []])
})
