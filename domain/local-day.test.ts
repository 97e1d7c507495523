import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, startOfDay } from './local-day.ts'

const anyZone = fc.constantFrom(
  'Asia/Shanghai',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'Pacific/Auckland',
  'UTC',
)
const anySecond = fc.integer({ min: 0, max: 2 ** 31 })

describe('days of a time zone', () => {
  it('start with their first second: the one before belongs to the day before', () => {
    fc.assert(
      fc.property(anySecond, anyZone, (seconds, zone) => {
        const day = dayOf(seconds, zone)
        const start = startOfDay(day, zone)
        expect(dayOf(start, zone)).toBe(day)
        expect(dayOf(start - 1, zone)).toBe(addDays(day, -1))
        expect(start).toBeLessThanOrEqual(seconds)
        expect(startOfDay(addDays(day, 1), zone)).toBeGreaterThan(seconds)
      }),
    )
  })

  it.each([
    ['2015-03-08', 'America/New_York', '2015-03-08T05:00:00Z'],
    ['2015-03-09', 'America/New_York', '2015-03-09T04:00:00Z'],
    // The clock went from midnight to one: the day starts at one
    ['2017-10-15', 'America/Sao_Paulo', '2017-10-15T03:00:00Z'],
    ['2026-11-22', 'Asia/Shanghai', '2026-11-21T16:00:00Z'],
  ])('%s in %s starts at %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(Date.parse(instant) / 1000)
  })
})
