import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ServerClock } from './server-clock.ts'

it('is never further off than half of the quickest answer took', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e7, max: 1e7 }),
      fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 30 }),
      (offset, trips) => {
        const clock = new ServerClock()
        let at = 1.7e12
        for (const [there, back] of trips) {
          at += 10_000
          const found = clock.heard(at, at + there + back, at + there + offset)
          expect(Math.abs(found - offset)).toBeLessThanOrEqual((there + back) / 2 + 1)
        }
      },
    ),
  )
})

it('follows a clock that is set', () => {
  const clock = new ServerClock()
  expect(clock.heard(1000, 1010, 1005)).toBe(0)
  expect(clock.heard(9000, 9200, 109_100)).toBe(100_000)
})
