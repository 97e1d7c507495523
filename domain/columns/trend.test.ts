import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, startOfDay } from '../local-day.ts'
import { trendAxis } from './trend.ts'

const anySpan = fc
  .record({ from: fc.integer({ min: 0, max: 2e9 }), length: fc.integer({ min: 1, max: 4e8 }) })
  .map(({ from, length }) => ({ from, to: from + length }))
const anyZone = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'America/Sao_Paulo')

describe('the bars of a trend', () => {
  it('cover the span once, without a gap', () => {
    fc.assert(
      fc.property(anySpan, anyZone, (span, zone) => {
        const { edges } = trendAxis(span, zone)
        expect(edges[0]).toBe(span.from)
        expect(edges.at(-1)).toBe(span.to)
        for (let n = 1; n < edges.length; n++) expect(edges[n]!).toBeGreaterThan(edges[n - 1]!)
        expect(edges.length).toBeLessThan(400)
      }),
    )
  })

  it('are days of the district, whatever the clock does', () => {
    const zone = 'America/New_York'
    const from = startOfDay('2015-03-02', zone)
    const { unit, edges } = trendAxis({ from, to: startOfDay('2015-03-16', zone) }, zone)
    expect(unit).toBe('day')
    expect(edges.slice(0, -1).map((edge) => dayOf(edge, zone))).toEqual(
      Array.from({ length: 14 }, (_, n) => `2015-03-${String(n + 2).padStart(2, '0')}`),
    )
    expect(new Set(edges.slice(1).map((edge, n) => edge - edges[n]!))).toEqual(new Set([86_400, 82_800]))
  })
})
