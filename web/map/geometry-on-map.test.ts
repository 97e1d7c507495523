import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Position, Ring } from '../../domain/geometry.ts'
import { sameCamera, widened } from './camera.ts'
import { labelPoint } from './label-point.ts'
import { metresPerPixel, scaleBar } from './scale-bar.ts'

/** A star-shaped ring around (lng, lat): never crosses itself. */
const star = fc
  .tuple(
    fc.double({ min: 100, max: 140, noNaN: true }),
    fc.double({ min: 20, max: 50, noNaN: true }),
    fc.array(fc.double({ min: 0.001, max: 0.02, noNaN: true }), { minLength: 5, maxLength: 24 }),
  )
  .map(([lng, lat, radii]): Ring => {
    const corners = radii.map((radius, index): Position => {
      const angle = (index * 2 * Math.PI) / radii.length
      return [lng + radius * Math.cos(angle), lat + radius * Math.sin(angle)]
    })
    return [...corners, corners[0]!]
  })

function inside(ring: Ring, [x, y]: Position): boolean {
  let within = false
  for (let index = 0; index + 1 < ring.length; index++) {
    const [x1, y1] = ring[index]!
    const [x2, y2] = ring[index + 1]!
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) within = !within
  }
  return within
}

const square = (west: number, south: number, size: number): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]

describe('the point where a name is written', () => {
  it('lies inside the shape', () => {
    fc.assert(
      fc.property(star, (ring) => {
        expect(inside(ring, labelPoint([[ring]])!)).toBe(true)
      }),
    )
  })

  it('lies in the largest part and not in a hole', () => {
    const hole = square(10.2, 10.2, 0.6)
    const point = labelPoint([[square(0, 0, 0.1)], [square(10, 10, 1), hole]])!
    expect(inside(square(10, 10, 1), point)).toBe(true)
    expect(inside(hole, point)).toBe(false)
  })

  it('is the middle of a square', () => {
    const [lng, lat] = labelPoint([[square(0, 0, 1)]])!
    expect(lng).toBeCloseTo(0.5, 9)
    expect(lat).toBeCloseTo(0.5, 9)
  })

  it('is nowhere for a shape without area', () => {
    expect(labelPoint([])).toBeNull()
    expect(
      labelPoint([
        [
          [
            [0, 0],
            [1, 0],
            [0, 0],
            [0, 0],
          ],
        ],
      ]),
    ).toBeNull()
  })
})

describe('the scale bar', () => {
  it('is the longest of 1, 2, 5 times ten to the n that fits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e5, noNaN: true }), (metresAPixel) => {
        const { metres, pixels } = scaleBar(metresAPixel, 110)
        expect(['1', '2', '5']).toContain(metres.toExponential()[0])
        expect(pixels).toBeLessThanOrEqual(110.001)
        expect(pixels).toBeGreaterThan(110 / 2.51)
        expect(pixels * metresAPixel).toBeCloseTo(metres, 6)
      }),
    )
  })

  it('knows how long a pixel is on the ground', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78271.5, 1)
    expect(metresPerPixel(60, 10)).toBeCloseTo(78271.5 / 2 / 1024, 3)
  })
})

describe('cameras', () => {
  const camera = { lng: 139.7, lat: 35.7, zoom: 12.34, bearing: 10, pitch: 30 }
  it('are the same when an address cannot tell them apart', () => {
    expect(sameCamera(camera, { ...camera, lng: 139.7000004, zoom: 12.344 })).toBe(true)
    expect(sameCamera(camera, { ...camera, lat: 35.7001 })).toBe(false)
    expect(sameCamera(camera, { ...camera, pitch: 31 })).toBe(false)
  })
  it('see a box that is widened on every side', () => {
    expect(widened([0, 10, 2, 20], 0.5)).toEqual([-1, 5, 3, 25])
  })
})
