import { describe, expect, it } from 'vitest'
import type { Alarm } from './alarm.ts'
import { alarmAt, type HeardAlarm } from './alarm-at.ts'
import { readyMadeWall } from './ready-made.ts'

const RULES = readyMadeWall('en').alarms
const START = Date.parse('2026-11-27T04:00:00Z')
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString()

const alarm = (id: number, raised: number, more: Partial<Alarm> = {}): Alarm => ({
  ...{ id, source: 'rule', wallId: 0, ruleId: 'critical', title: '', text: '', level: 1, areaCode: '' },
  ...{ lng: null, lat: null, incidentIds: [], acknowledgedAt: null, acknowledgedBy: null, placeName: '' },
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

  it('is over when it expires; one of no rule of the wall stays half a minute', () => {
    expect(shown([standing(alarm(1, 0, { expiresAt: iso(4) }))], 5)).toBeUndefined()
    const cap = [standing(alarm(1, 0, { source: 'cap', ruleId: null }))]
    expect([29, 30].map((at) => shown(cap, at))).toEqual([1, undefined])
  })
})
