import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readyMadeWall } from './ready-made.ts'
import { sceneAt, scenesAt } from './scene-at.ts'
import { inForce, STEERED_MS, steer } from './steer.ts'
import { type Steering, type SteeringCommand, UNSTEERED } from './steering.ts'

const content = readyMadeWall('en')
const timeZone = 'Asia/Shanghai'
const idsAt = (now: number) => scenesAt(content, now, timeZone).map(({ id }) => id)
const standing = (steering: Steering, now: number) => sceneAt(content, steering, now, timeZone).scene.id
const command = (steering: Steering, one: SteeringCommand, now: number) =>
  steer(content, steering, one, { now, timeZone, by: 'desk' })

const anyNow = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })
const anyScene = fc.constantFrom(...content.scenes.map(({ id }) => id))
const anyPin = fc.option(anyScene, { nil: null })
const anySteering = fc.record({ offsetSeconds: fc.integer({ min: -90_000, max: 90_000 }), pinned: anyPin })

describe('a remote', () => {
  it('goes to the scene after or before the one that stands, at its begin, whatever stood there', () => {
    fc.assert(
      fc.property(
        anyNow,
        anySteering,
        fc.constantFrom('next', 'previous'),
        (now, { offsetSeconds, pinned }, kind) => {
          const until = pinned === null ? null : new Date(now + 60_000).toISOString()
          const before: Steering = { ...UNSTEERED, offsetSeconds, pinned, until }
          const after = command(before, { kind: kind as 'next' | 'previous' }, now)
          const ids = idsAt(now)
          const step = kind === 'next' ? 1 : -1
          const wanted = ids[(ids.indexOf(standing(before, now)) + step + ids.length) % ids.length]
          expect(standing(after, now)).toBe(wanted)
          expect(now - sceneAt(content, after, now, timeZone).beganAt).toBeLessThan(1000)
          expect(after.pinned).toBeNull()
        },
      ),
    )
  })

  it('comes to every scene of a programme that names one twice', () => {
    const [a, b, c] = content.scenes.map(({ id }) => id) as [string, string, string]
    const programmed = { ...content, programmes: [{ when: {}, scenes: [a, b, a, c] }] }
    const now = 1_764_000_000_000
    for (const [kind, order] of [
      ['next', [a, b, a, c]],
      ['previous', [c, a, b, a]],
    ] as const) {
      let steering = UNSTEERED
      const seen = Array.from({ length: 8 }, () => {
        steering = steer(programmed, steering, { kind }, { now, timeZone, by: 'desk' })
        return sceneAt(programmed, steering, now, timeZone).scene.id
      })
      // Wherever it begins, it goes round twice
      expect((seen.join() + seen.join()).includes(order.join())).toBe(true)
      expect(seen.slice(0, 4)).toEqual(seen.slice(4))
    }
  })

  it('pins, flies and marks for a while, each beside the others, and takes everything back', () => {
    const now = 1_764_000_000_000
    const pinned = command(UNSTEERED, { kind: 'pin', scene: content.scenes[3]!.id }, now)
    expect(standing(pinned, now + STEERED_MS - 1)).toBe(content.scenes[3]!.id)
    expect(inForce(pinned, now + STEERED_MS)).toMatchObject({ pinned: null, until: null })
    const flown = command(pinned, { kind: 'fly', lng: 1, lat: 2, zoom: 3 }, now + 1000)
    const marked = command(flown, { kind: 'point', lng: 1, lat: 2, text: 'here' }, now + 2000)
    expect(marked).toEqual({
      offsetSeconds: 0,
      pinned: content.scenes[3]!.id,
      camera: { lng: 1, lat: 2, zoom: 3 },
      mark: { lng: 1, lat: 2, text: 'here' },
      until: new Date(now + 2000 + STEERED_MS).toISOString(),
      by: 'desk',
    })
    // What is over does not come back with the next command
    expect(command(marked, { kind: 'point', lng: 5, lat: 5, text: '' }, now + 2 * STEERED_MS)).toMatchObject({
      pinned: null,
      camera: null,
    })
    expect(command(marked, { kind: 'resume' }, now)).toEqual({ ...UNSTEERED, by: 'desk' })
  })
})
