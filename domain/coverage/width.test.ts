import { describe, expect, it } from 'vitest'
import { isNarrower, widestCircle } from './width.ts'

const box = (west: number, south: number, east: number, north: number) => [
  ...[west, south, east, south],
  ...[east, south, east, north],
  ...[east, north, west, north],
  ...[west, north, west, south],
]

describe('the width of a region', () => {
  it('is the diameter of the largest circle inside', () => {
    const { x, y, radius } = widestCircle(Float64Array.from(box(0, 0, 8, 8)))
    expect([x, y, radius]).toEqual([4, 4, 4])
  })

  it('counts what lies in a hole as outside', () => {
    const frame = Float64Array.from([...box(0, 0, 10, 10), ...box(1, 1, 9, 7)])
    const { x, y, radius } = widestCircle(frame)
    expect(radius).toBeCloseTo(1.5, 0)
    expect(y).toBeGreaterThan(7)
    expect(x).toBeGreaterThan(0)
  })

  it('is told apart from a limit, however long and crooked the region is', () => {
    const bend = Float64Array.from([
      ...[0, 0, 100, 0],
      ...[100, 0, 100, 100],
      ...[100, 100, 99, 100],
      ...[99, 100, 99, 1],
      ...[99, 1, 0, 1],
      ...[0, 1, 0, 0],
    ])
    expect(isNarrower(bend, 0.9)).toBe(false)
    expect(isNarrower(bend, 1.3)).toBe(true)
    expect(isNarrower(Float64Array.from(box(0, 0, 1000, 0.4)), 0.5)).toBe(true)
  })
})
