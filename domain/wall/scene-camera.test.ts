import { expect, it } from 'vitest'
import type { Bbox } from '../geometry.ts'
import { mercatorOf } from '../mercator.ts'
import { type MercatorCamera, worldPixels } from './camera.ts'
import { BUSIEST_STREET } from './panel.ts'
import { boxIn, pictureOf } from './picture.ts'
import { cameraOfScene } from './scene-camera.ts'

const PICTURE = pictureOf(800, 450, { left: 0.1, top: 0, right: 0, bottom: 0 })
const BOX = { x: 6, y: 0, width: 12, height: 12 }
const DISTRICT: Bbox = [120, 30, 120.2, 30.1]
const STREET: Bbox = [120, 30, 120.02, 30.02]
const PLACES = { district: DISTRICT, boxes: new Map([['S', STREET]]), busiest: 'S' }

/** Pixels of the picture, of a camera that looks north. */
function pixelOf({ x, y, zoom }: MercatorCamera, lng: number, lat: number) {
  const at = mercatorOf(lng, lat)
  const { width, height } = PICTURE.whole
  return [width / 2 + (at.x - x) * worldPixels(zoom), height / 2 + (at.y - y) * worldPixels(zoom)] as const
}

it('keeps in its box what a scene looks at, free of what stands at the foot of the map', () => {
  const box = boxIn(PICTURE, BOX, 0)
  for (const [area, [west, south, east, north]] of [
    ['S', STREET],
    [BUSIEST_STREET, STREET],
    ['gone', DISTRICT],
  ] as const) {
    const camera = cameraOfScene({ camera: { kind: 'area', area }, box: BOX }, PICTURE, PLACES)!
    const [left, top] = pixelOf(camera, west, north)
    const [right, bottom] = pixelOf(camera, east, south)
    expect(left).toBeGreaterThan(box.left)
    expect(right).toBeLessThan(box.left + box.width)
    expect((left + right) / 2).toBeCloseTo(box.left + box.width / 2, 3)
    expect(top).toBeGreaterThan(box.top)
    expect(bottom).toBeLessThan(box.top + box.height - 70)
  }
})

it('looks at a view of its own as it was chosen, in the middle of the box', () => {
  const view = { lng: 120.1, lat: 30.05, zoom: 14, bearing: 0, pitch: 30 }
  const camera = cameraOfScene({ camera: { kind: 'at', ...view }, box: BOX }, PICTURE, PLACES)!
  expect(camera).toMatchObject({ zoom: 14, bearing: 0, pitch: 30 })
  const [x] = pixelOf(camera, 120.1, 30.05)
  const box = boxIn(PICTURE, BOX, 0)
  expect(x).toBeCloseTo(box.left + box.width / 2, 3)
})

it('knows nowhere to look where there is no district', () => {
  const nothing = { district: null, boxes: new Map(), busiest: null }
  expect(cameraOfScene({ camera: { kind: 'district' }, box: BOX }, PICTURE, nothing)).toBeNull()
})
