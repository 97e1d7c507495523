import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lngLatOf, mercatorOf } from '../../domain/mercator.ts'
import { cameraOfBox, moved, worldPixels } from '../../domain/wall/camera.ts'
import { between } from './camera-path.ts'

const anyCamera = fc.record({
  x: fc.double({ min: 0.7, max: 0.9, noNaN: true }),
  y: fc.double({ min: 0.3, max: 0.5, noNaN: true }),
  zoom: fc.double({ min: 8, max: 17, noNaN: true }),
  bearing: fc.double({ min: -180, max: 180, noNaN: true }),
  pitch: fc.double({ min: 0, max: 60, noNaN: true }),
})

describe('the camera of a wall', () => {
  it('fits a box into the part of the picture that panels leave clear', () => {
    const picture = { left: 0, top: 0, width: 800, height: 450 }
    const clear = { left: 200, top: 50, width: 400, height: 380 }
    const camera = cameraOfBox([120, 30, 120.2, 30.1], clear, picture)
    const pixelOf = (lng: number, lat: number) => {
      const { x, y } = mercatorOf(lng, lat)
      const world = worldPixels(camera.zoom)
      return [400 + (x - camera.x) * world, 225 + (y - camera.y) * world] as const
    }
    const [left, top] = pixelOf(120, 30.1)
    const [right, bottom] = pixelOf(120.2, 30)
    expect(left).toBeCloseTo(200, 3)
    expect(right).toBeCloseTo(600, 3)
    expect((top + bottom) / 2).toBeCloseTo(240, 3)
    const [lng, lat] = lngLatOf(mercatorOf(120.1, 30.05))
    expect(lng).toBeCloseTo(120.1, 9)
    expect(lat).toBeCloseTo(30.05, 9)
  })

  it('goes from one to the other without a jump', () => {
    fc.assert(
      fc.property(anyCamera, anyCamera, (from, to) => {
        expect(between(from, to, 800, 0)).toEqual(from)
        expect(between(from, to, 800, 1)).toEqual(to)
        const near = between(from, to, 800, 1e-6)
        expect(Math.abs(near.zoom - from.zoom)).toBeLessThan(0.01)
        const last = between(from, to, 800, 1 - 1e-6)
        expect(Math.abs(last.zoom - to.zoom)).toBeLessThan(0.01)
        expect(Math.hypot(last.x - to.x, last.y - to.y) * worldPixels(to.zoom)).toBeLessThan(1)
        for (const part of Object.values(between(from, to, 800, 0.5))) expect(part).toBeTypeOf('number')
      }),
    )
  })

  it('shows each machine of a split wall its own part', () => {
    const camera = { x: 0.8, y: 0.4, zoom: 12, bearing: 0, pitch: 0 }
    const right = moved(camera, 400, 0)
    expect((right.x - camera.x) * worldPixels(12)).toBeCloseTo(400, 6)
    expect(right.y).toBe(camera.y)
  })
})
