import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossing, doCross, doubleArea, passesPixel, side, toDegrees, toUnits } from './lattice.ts'

const lng = fc.integer({ min: -1_800_000_000, max: 1_800_000_000 })
const lat = fc.integer({ min: -900_000_000, max: 900_000_000 })
const small = fc.integer({ min: -9, max: 9 })

describe('the lattice', () => {
  it('gives back the double that a parser reads from seven decimals', () => {
    fc.assert(
      fc.property(lng, (units) => {
        const degrees = toDegrees(units)
        expect(degrees).toBe(Number((units / 1e7).toFixed(7)))
        expect(toUnits(degrees)).toBe(units)
      }),
    )
  })

  it('tells sides exactly all over the Earth', () => {
    const nearLine = fc.tuple(lng, lat, lng, lat, fc.double({ min: -1, max: 2, noNaN: true }), small, small)
    fc.assert(
      fc.property(nearLine, ([ax, ay, bx, by, share, dx, dy]) => {
        const px = Math.round(ax + share * (bx - ax)) + dx
        const py = Math.round(ay + share * (by - ay)) + dy
        const exact = BigInt(bx - ax) * BigInt(py - ay) - BigInt(by - ay) * BigInt(px - ax)
        expect(side(ax, ay, bx, by, px, py)).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0)
      }),
    )
  })

  it('rounds a crossing to the same point whichever way round it is asked', () => {
    fc.assert(
      fc.property(lng, lat, lng, lat, lng, lat, lng, lat, (ax, ay, bx, by, cx, cy, dx, dy) => {
        fc.pre(doCross(ax, ay, bx, by, cx, cy, dx, dy))
        const point = crossing(ax, ay, bx, by, cx, cy, dx, dy)
        expect(crossing(dx, dy, cx, cy, ax, ay, bx, by)).toEqual(point)
        expect(crossing(bx, by, ax, ay, cx, cy, dx, dy)).toEqual(point)
        expect(passesPixel(ax, ay, bx, by, ...point)).toBe(true)
        expect(passesPixel(cx, cy, dx, dy, ...point)).toBe(true)
      }),
    )
  })

  it('finds the pixels that a segment passes, each point of it in one', () => {
    fc.assert(
      fc.property(small, small, small, small, (ax, ay, bx, by) => {
        const passed = pixelsBySampling(ax, ay, bx, by)
        for (let x = -10; x <= 10; x++) {
          for (let y = -10; y <= 10; y++) {
            expect([x, y, passesPixel(ax, ay, bx, by, x, y)]).toEqual([x, y, passed.has(`${x} ${y}`)])
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('measures rings however large', () => {
    expect(doubleArea([0, 4, 4, 0], [0, 0, 3, 3])).toBe(24)
    expect(doubleArea([0, 0, 4, 4], [0, 3, 3, 0])).toBe(-24)
    const [w, h] = [1_800_000_000, 900_000_000]
    expect(doubleArea([-w, w, w, -w], [-h, -h, h, h])).toBe(8 * w * h)
  })
})

/** Where a segment meets borders of pixels, and half-way between such places, in whole multiples of 1/scale. */
function pixelsBySampling(ax: number, ay: number, bx: number, by: number): Set<string> {
  const [dx, dy] = [bx - ax, by - ay]
  const scale = 8 * Math.max(1, Math.abs(dx)) * Math.max(1, Math.abs(dy))
  const passed = new Set<string>()
  for (let t = 0; t <= scale; t++) {
    const cell = (start: number, step: number) =>
      Math.floor((2 * (start * scale + t * step) + scale) / (2 * scale))
    passed.add(`${cell(ax, dx)} ${cell(ay, dy)}`)
  }
  return passed
}
