import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BREAK_METHODS, classBreaks, classOf, ZERO_CLASS } from './breaks.ts'

const value = fc.oneof(
  fc.constant(null),
  fc.constant(0),
  fc.integer({ min: -20, max: 50 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
)

test.each(BREAK_METHODS)('%s: every value falls into the class whose bounds and count hold it', (method) => {
  fc.assert(
    fc.property(fc.array(value), fc.integer({ min: 1, max: 9 }), (values, wanted) => {
      const result = classBreaks(values, wanted, method)
      const { classes } = result
      expect(classes.length).toBeLessThanOrEqual(wanted)
      const places = new Map<number | null, number>()
      for (const one of values) {
        const number = classOf(result, one)
        places.set(number, (places.get(number) ?? 0) + 1)
        if (one === null) expect(number).toBeNull()
        else if (number !== ZERO_CLASS) {
          const { from, to } = classes[number!]!
          expect(one).toBeGreaterThanOrEqual(from)
          expect(one).toBeLessThanOrEqual(to)
        }
      }
      expect(places.get(null) ?? 0).toBe(result.withoutValue)
      expect(places.get(ZERO_CLASS) ?? 0).toBe(result.zeros)
      classes.forEach((one, n) => {
        expect(one.places).toBe(places.get(n) ?? 0)
        if (n > 0) expect(one.from).toBeGreaterThanOrEqual(classes[n - 1]!.to)
        if (method === 'quantile') expect(one.places).toBeGreaterThan(0)
      })
    }),
  )
})

describe('what a legend shows', () => {
  const bounds = (values: (number | null)[], wanted: number, method: 'quantile' | 'equal') =>
    classBreaks(values, wanted, method).classes.map(({ from, to, places }) => [from, to, places])

  test('quantiles hold about equally many places and never part equal values', () => {
    expect(bounds([1, 2, 3, 4, 5, 6, 7, 8], 4, 'quantile')).toEqual([
      [1, 2, 2],
      [3, 4, 2],
      [5, 6, 2],
      [7, 8, 2],
    ])
    expect(bounds([1, 1, 1, 1, 1, 1, 9, 10, 11], 3, 'quantile')).toEqual([
      [1, 1, 6],
      [9, 11, 3],
    ])
  })

  test('equal intervals of whole numbers have whole bounds, and one may be empty', () => {
    expect(bounds([1, 2, 3, 30], 3, 'equal')).toEqual([
      [1, 10, 3],
      [11, 20, 0],
      [21, 30, 1],
    ])
    expect(bounds([0.5, 1, 2.5], 2, 'equal')).toEqual([
      [0.5, 1.5, 2],
      [1.5, 2.5, 1],
    ])
  })

  test('few distinct values get a class each', () => {
    expect(bounds([3, 3, 7], 5, 'quantile')).toEqual([
      [3, 3, 2],
      [7, 7, 1],
    ])
    expect(bounds([4, 4], 5, 'equal')).toEqual([[4, 4, 2]])
  })

  test('zero and "no value" are told apart from the classes', () => {
    expect(classBreaks([0, 0, null, 5], 5, 'quantile')).toEqual({
      zeroApart: true,
      zeros: 2,
      withoutValue: 1,
      classes: [{ from: 5, to: 5, places: 1 }],
    })
    expect(classBreaks([0, 0, null], 5, 'equal')).toMatchObject({ zeros: 2, classes: [] })
    expect(classBreaks([], 5, 'quantile')).toMatchObject({ zeros: 0, classes: [] })
    expect(classBreaks([-1, 0, 1], 3, 'quantile').classes).toHaveLength(3)
  })
})
