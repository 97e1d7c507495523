import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlainlySimple } from './simple-ring.ts'

const closed = (...positions: [number, number][]) => [...positions, positions[0]!].flat()

/** By the definition, with whole numbers of any size: no two edges share a point beyond their common vertex. */
function isSimple(ring: number[]): boolean {
  const points = Array.from(
    { length: ring.length / 2 - 1 },
    (_, i) => [BigInt(ring[i * 2]!), BigInt(ring[i * 2 + 1]!)] as const,
  )
  const n = points.length
  const cross = (o: readonly bigint[], a: readonly bigint[], b: readonly bigint[]) =>
    (a[0]! - o[0]!) * (b[1]! - o[1]!) - (a[1]! - o[1]!) * (b[0]! - o[0]!)
  const between = (a: readonly bigint[], b: readonly bigint[], p: readonly bigint[]) =>
    cross(a, b, p) === 0n && [0, 1].every((k) => (p[k]! - a[k]!) * (p[k]! - b[k]!) <= 0n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue
      const [a, b, c, d] = [points[i]!, points[(i + 1) % n]!, points[j]!, points[(j + 1) % n]!]
      if (j !== (i + 1) % n && between(a, b, c)) return false
      if ((j + 1) % n !== i && between(a, b, d)) return false
      const sides = [cross(a, b, c), cross(a, b, d), cross(c, d, a), cross(c, d, b)]
      if (sides[0]! * sides[1]! < 0n && sides[2]! * sides[3]! < 0n) return false
    }
  }
  return true
}

describe('isPlainlySimple', () => {
  it('knows a square, a bow tie, a spike and a touching corner', () => {
    expect(isPlainlySimple(closed([0, 0], [9, 0], [9, 9], [0, 9]))).toBe(true)
    expect(isPlainlySimple(closed([0, 0], [9, 9], [9, 0], [0, 9]))).toBe(false)
    expect(isPlainlySimple(closed([0, 0], [9, 0], [20, 0], [9, 0], [9, 9]))).toBe(false)
    expect(isPlainlySimple(closed([0, 0], [9, 0], [9, 9], [5, 0], [0, 9]))).toBe(false)
  })

  it('never calls a ring simple that is not, and finds most that are', () => {
    const position = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    const distinct = fc.uniqueArray(position, { minLength: 3, maxLength: 8, selector: String })
    fc.assert(
      fc.property(distinct, (positions) => {
        const ring = closed(...positions)
        if (isPlainlySimple(ring)) expect(isSimple(ring)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('leaves extents beyond exact arithmetic to the database', () => {
    expect(isPlainlySimple(closed([0, 0], [4e8, 0], [4e8, 4e8]))).toBe(false)
  })
})
