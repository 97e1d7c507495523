import type { Bbox } from '../geometry.ts'
import { type MercatorPlace, mercatorOf } from '../mercator.ts'

/** Where the middle of a picture looks: a place of Web Mercator's unit square, zoom, degrees. */
export interface MercatorCamera extends MercatorPlace {
  zoom: number
  bearing: number
  pitch: number
}

export const isSameCamera = (a: MercatorCamera, b: MercatorCamera): boolean =>
  a.x === b.x && a.y === b.y && a.zoom === b.zoom && a.bearing === b.bearing && a.pitch === b.pitch

/** Pixels of the whole picture, from its upper left corner. */
export interface Rect {
  left: number
  top: number
  width: number
  height: number
}

const TILE_PIXELS = 512
const CLOSEST_ZOOM = 17

export const worldPixels = (zoom: number) => TILE_PIXELS * 2 ** zoom

/** Looks straight down so that a box fills `clear`, a part of a picture of this size. */
export function cameraOfBox([west, south, east, north]: Bbox, clear: Rect, picture: Rect): MercatorCamera {
  const a = mercatorOf(west, north)
  const b = mercatorOf(east, south)
  const scale = Math.min(clear.width / Math.max(b.x - a.x, 1e-9), clear.height / Math.max(b.y - a.y, 1e-9))
  const zoom = Math.min(CLOSEST_ZOOM, Math.log2(scale / TILE_PIXELS))
  return seenIn({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, zoom, bearing: 0, pitch: 0 }, clear, picture)
}

/** The camera of the whole picture that shows in the middle of `clear` what `wanted` looks at. */
export function seenIn(wanted: MercatorCamera, clear: Rect, picture: Rect): MercatorCamera {
  const dx = picture.width / 2 - (clear.left + clear.width / 2)
  const dy = picture.height / 2 - (clear.top + clear.height / 2)
  return moved(wanted, dx, dy)
}

/** The camera whose middle is so many pixels to the right of and below this one's. */
export function moved(camera: MercatorCamera, dx: number, dy: number): MercatorCamera {
  const angle = (camera.bearing * Math.PI) / 180
  const world = worldPixels(camera.zoom)
  return {
    ...camera,
    x: camera.x + (dx * Math.cos(angle) - dy * Math.sin(angle)) / world,
    y: camera.y + (dx * Math.sin(angle) + dy * Math.cos(angle)) / world,
  }
}
