import { describe, expect, it } from 'vitest'
import { daysAround, resolveSpan } from './time-span.ts'

const at = (text: string) => Date.parse(text) / 1000
const shanghai = (newest: string | null) => ({
  timeZone: 'Asia/Shanghai',
  incidentSpan: newest ? { from: '2014-01-01T00:00:00Z', to: newest } : null,
})
// 00:30 on the 23rd in Shanghai
const now = at('2026-11-22T16:30:10Z')

describe('the span a choice stands for', () => {
  it('takes today from midnight to midnight of the district', () => {
    expect(resolveSpan('today', now, shanghai(null))).toEqual({
      kind: 'today',
      from: at('2026-11-22T16:00:00Z'),
      to: at('2026-11-23T16:00:00Z'),
    })
  })

  it('ends 24 hours with the running minute', () => {
    expect(resolveSpan('24h', now, shanghai(null))).toEqual({
      kind: '24h',
      from: at('2026-11-21T16:31:00Z'),
      to: at('2026-11-22T16:31:00Z'),
    })
  })

  it('counts whole days, today included', () => {
    const { from, to } = resolveSpan('7d', now, shanghai(null))
    expect([from, to]).toEqual([at('2026-11-16T16:00:00Z'), at('2026-11-23T16:00:00Z')])
  })

  it('goes to the last 30 days with cases where only older cases exist and nobody chose', () => {
    const old = shanghai('2015-12-31T10:00:00Z')
    expect(resolveSpan(null, now, old)).toEqual({
      kind: 'latest',
      from: at('2015-12-01T16:00:00Z'),
      to: at('2015-12-31T16:00:00Z'),
    })
    expect(resolveSpan('7d', now, old).kind).toBe('7d')
    expect(resolveSpan(null, now, shanghai('2026-11-20T00:00:00Z')).kind).toBe('7d')
    expect(resolveSpan(null, now, shanghai(null)).kind).toBe('7d')
  })

  it('takes for all open cases the days since the first case, some more than a year at most', () => {
    const { from, to } = resolveSpan('open', now, shanghai('2026-11-20T00:00:00Z'))
    expect([from, to]).toEqual([at('2025-10-24T16:00:00Z'), at('2026-11-23T16:00:00Z')])
    const young = {
      ...shanghai(null),
      incidentSpan: { from: '2026-11-01T03:00:00Z', to: '2026-11-20T00:00:00Z' },
    }
    expect(resolveSpan('open', now, young).from).toBe(at('2026-10-31T16:00:00Z'))
  })

  it('asks for the whole days around a span', () => {
    const span = resolveSpan('24h', now, shanghai(null))
    expect(daysAround(span, 'Asia/Shanghai')).toEqual({
      from: at('2026-11-21T16:00:00Z'),
      to: at('2026-11-23T16:00:00Z'),
    })
  })
})
