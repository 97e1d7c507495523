import { describe, expect, it } from 'vitest'
import type { Alarm } from './alarm.ts'
import { alarmAt, type HeardAlarm } from './alarm-at.ts'
import { readyMadeWall } from './ready-made.ts'

const RULES = readyMadeWall('en').alarms
const START = Date.parse('2026-11-27T04:00:00Z')
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString()

const alarm = (id: number, raised: number, more: Partial<Alarm> = {}): Alarm => ({
  ...{ id, source: 'rule', wallId: 0, ruleId: 'critical', title: '', text: '', level: 1, placeCode: '' },
  ...{ lng: null, lat: null, incidentIds: [], acknowledgedAt: null, acknowledgedBy: null, placeName: '' },
  isWhollyOwn: true,
  raisedAt: iso(raised),
  expiresAt: iso(raised + 600),
  ...more,
})
const standing = (one: Alarm, goneAfter: number | null = null): HeardAlarm => ({
  alarm: one,
  goneAt: goneAfter === null ? null : START + goneAfter * 1000,
})
const shown = (heard: HeardAlarm[], seconds: number) =>
  alarmAt(heard, RULES, START + seconds * 1000)?.alarm.id

describe('the alarm at the front', () => {
  it('queues: each stays for its seconds, the one raised first before the next', () => {
    const heard = [standing(alarm(2, 5)), standing(alarm(1, 0)), standing(alarm(3, 100))]
    expect([0, 19, 20, 39, 40, 99, 100, 119, 120].map((at) => shown(heard, at))).toEqual([
      ...[1, 1, 2, 2, undefined, undefined, 3, 3, undefined],
    ])
  })

  it('goes when it is acknowledged, and the next one comes at once for all of its seconds', () => {
    const heard = [standing(alarm(1, 0), 8), standing(alarm(2, 5))]
    expect([7, 8, 27, 28].map((at) => shown(heard, at))).toEqual([1, 2, 2, undefined])
  })

  it('leaves the others where they are when one is acknowledged after its time', () => {
    const heard = [standing(alarm(1, 0), 35), standing(alarm(2, 5))]
    expect([20, 36, 39, 40].map((at) => shown(heard, at))).toEqual([2, 2, 2, undefined])
  })

  it('is the graver one at once, and the other goes on for what it had left', () => {
    const heard = [
      standing(alarm(1, 0, { level: 3 })),
      standing(alarm(2, 5)),
      standing(alarm(3, 6, { level: 2 })),
    ]
    const at = (seconds: number) => alarmAt(heard, RULES, START + seconds * 1000)!
    expect([4, 5, 24, 25, 44, 45, 59].map((seconds) => at(seconds).alarm.id)).toEqual([1, 2, 2, 3, 3, 1, 1])
    expect(at(59).beganAt).toBe(START + 45_000)
    expect(at(10).beganAt).toBe(START + 5_000)
    expect(shown(heard, 60)).toBeUndefined()
  })

  it('is the grave one also behind a storm of lesser ones', () => {
    const storm = Array.from({ length: 120 }, (_, n) => standing(alarm(n + 1, n, { level: 3 })))
    expect(shown([...storm, standing(alarm(999, 200))], 201)).toBe(999)
  })

  it('is over when it expires; one of no rule of the wall stays half a minute', () => {
    expect(shown([standing(alarm(1, 0, { expiresAt: iso(4) }))], 5)).toBeUndefined()
    const cap = [standing(alarm(1, 0, { source: 'cap', ruleId: null }))]
    expect([29, 30].map((at) => shown(cap, at))).toEqual([1, undefined])
  })
})
