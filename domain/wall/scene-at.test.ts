import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readyMadeWall } from './ready-made.ts'
import { sceneAt } from './scene-at.ts'
import type { When } from './schedule.ts'
import { type Steering, UNSTEERED } from './steering.ts'
import type { WallContent } from './wall.ts'
import { holds } from './when.ts'

const at = (iso: string) => Date.parse(iso)
const READY = readyMadeWall('en')
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']

const anyTimeOfDay = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((pair) => pair.map((part) => String(part).padStart(2, '0')).join(':'))
const anyWhen: fc.Arbitrary<When> = fc.record(
  {
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: anyTimeOfDay,
    to: anyTimeOfDay,
    firstDay: fc.constantFrom('2026-03-01', '2026-03-29', '2026-10-25'),
    lastDay: fc.constantFrom('2026-03-29', '2026-10-25', '2026-12-31'),
  },
  { requiredKeys: [] },
)
const anyContent: fc.Arbitrary<WallContent> = fc
  .tuple(
    fc.array(fc.integer({ min: 5, max: 3600 }), { minLength: 1, maxLength: 6 }),
    fc.array(fc.tuple(anyWhen, fc.array(fc.nat(7), { minLength: 1, maxLength: 5 })), { maxLength: 4 }),
  )
  .map(([seconds, programmes]) => ({
    ...READY,
    scenes: seconds.map((each, n) => ({ ...READY.scenes[0]!, id: `scene-${n}`, seconds: each })),
    // Some name a scene that is gone
    programmes: programmes.map(([when, scenes]) => ({ when, scenes: scenes.map((n) => `scene-${n}`) })),
  }))
// Around the days on which clocks are put forward and back
const anyNow = fc
  .tuple(
    fc.constantFrom('2026-03-07', '2026-03-28', '2026-04-04', '2026-10-24', '2026-10-31', '2026-12-31'),
    fc.nat(3 * 86_400_000),
  )
  .map(([day, ms]) => at(`${day}T00:00:00Z`) + ms)
const anySteering: fc.Arbitrary<Steering> = fc
  .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.option(fc.nat(7)), anyNow)
  .map(([offsetSeconds, pin, until]) => ({
    ...UNSTEERED,
    offsetSeconds,
    pinned: pin === null ? null : `scene-${pin}`,
    until: new Date(until).toISOString(),
  }))

describe('the scene at a moment', () => {
  it('is one from its begin to its end, and another begins where it ends', () => {
    fc.assert(
      fc.property(
        anyContent,
        anySteering,
        anyNow,
        fc.constantFrom(...ZONES),
        (content, steering, now, zone) => {
          const { scene, beganAt, endsAt, pinned } = sceneAt(content, steering, now, zone)
          expect(content.scenes).toContain(scene)
          expect(beganAt).toBeLessThanOrEqual(now)
          expect(endsAt).toBeGreaterThan(now)
          expect(endsAt - beganAt).toBeLessThanOrEqual(scene.seconds * 1000)
          const last = sceneAt(content, steering, endsAt - 1, zone)
          expect(last).toEqual({ scene, beganAt, endsAt, pinned })
          const next = sceneAt(content, steering, endsAt, zone)
          // A pin that ends gives way to whatever goes on below it
          if (next.pinned === pinned) expect(next.beganAt).toBe(endsAt)
          else expect(next.beganAt).toBeLessThanOrEqual(endsAt)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('goes round in the order of the scenes', () => {
    const seen: string[] = []
    let now = at('2026-11-27T04:00:00Z')
    for (let n = 0; n < 16; n++) {
      const { scene, endsAt } = sceneAt(READY, UNSTEERED, now, 'Asia/Shanghai')
      seen.push(scene.id)
      now = endsAt
    }
    const order = READY.scenes.map(({ id }) => id)
    const first = order.indexOf(seen[0]!)
    expect(seen).toEqual(Array.from({ length: 16 }, (_, n) => order[(first + n) % 8]))
  })

  it('follows the programme that holds, also over midnight, and all scenes when none does', () => {
    const content = {
      ...READY,
      programmes: [{ when: { weekdays: [5], from: '22:00', to: '02:00' }, scenes: ['heat'] }],
    }
    const shown = (iso: string) => sceneAt(content, UNSTEERED, at(iso), 'Asia/Shanghai').scene.id
    // Friday, 27 November 2026
    expect(shown('2026-11-27T23:30:00+08:00')).toBe('heat')
    expect(shown('2026-11-28T01:59:59+08:00')).toBe('heat')
    const after = sceneAt(content, UNSTEERED, at('2026-11-28T02:00:00+08:00'), 'Asia/Shanghai')
    expect(after.beganAt).toBe(at('2026-11-28T02:00:00+08:00'))
    const inTheMorning = new Set(
      Array.from({ length: 24 }, (_, n) =>
        shown(new Date(at('2026-11-28T03:00:00+08:00') + n * 10_000).toISOString()),
      ),
    )
    expect(inTheMorning.size).toBeGreaterThan(3)
  })

  it('stays at a pinned scene until the pin is over', () => {
    const now = at('2026-11-27T04:00:00Z')
    const steering = { ...UNSTEERED, pinned: 'streets', until: new Date(now + 600_000).toISOString() }
    for (const after of [0, 299_999, 599_999])
      expect(sceneAt(READY, steering, now + after, 'UTC')).toMatchObject({
        pinned: true,
        scene: { id: 'streets' },
      })
    expect(sceneAt(READY, steering, now + 600_000, 'UTC').pinned).toBe(false)
  })
})

describe('a time that something holds', () => {
  const berlin = (when: When, iso: string) => holds(when, at(iso) / 1000, 'Europe/Berlin')

  it('is by the clock that people see when it is put forward and back', () => {
    // Sunday, 29 March 2026: 02:00 becomes 03:00
    const when = { weekdays: [7], from: '01:30', to: '03:30' }
    expect(berlin(when, '2026-03-29T01:29:00+01:00')).toBe(false)
    expect(berlin(when, '2026-03-29T01:30:00+01:00')).toBe(true)
    expect(berlin(when, '2026-03-29T03:29:00+02:00')).toBe(true)
    expect(berlin(when, '2026-03-29T03:30:00+02:00')).toBe(false)
    // Sunday, 25 October 2026: 02:30 comes twice
    expect(berlin({ from: '02:15', to: '02:45' }, '2026-10-25T02:30:00+02:00')).toBe(true)
    expect(berlin({ from: '02:15', to: '02:45' }, '2026-10-25T02:30:00+01:00')).toBe(true)
  })

  it('keeps its first and last day, to which the hours after midnight belong', () => {
    const when = { from: '20:00', to: '06:00', firstDay: '2026-05-01', lastDay: '2026-05-01' }
    expect(berlin(when, '2026-05-01T05:00:00+02:00')).toBe(false)
    expect(berlin(when, '2026-05-01T20:00:00+02:00')).toBe(true)
    expect(berlin(when, '2026-05-02T05:59:59+02:00')).toBe(true)
    expect(berlin(when, '2026-05-02T20:00:00+02:00')).toBe(false)
  })
})
