import type { Bbox } from '../../domain/geometry.ts'
import { type MercatorPlace, mercatorOf } from '../../domain/mercator.ts'

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

const RHO = Math.SQRT2

/**
 * Between two cameras, `share` (0 to 1) of the way: out, across and in, as smooth as can be (van Wijk and Nuij 2003).
 * @param width of the picture, pixels
 */
export function between(
  from: MercatorCamera,
  to: MercatorCamera,
  width: number,
  share: number,
): MercatorCamera {
  if (share <= 0) return from
  if (share >= 1) return to
  const turn = ((((to.bearing - from.bearing + 540) % 360) + 360) % 360) - 180
  const bearing = from.bearing + turn * share
  const pitch = from.pitch + (to.pitch - from.pitch) * share
  const w0 = width / worldPixels(from.zoom)
  const w1 = width / worldPixels(to.zoom)
  const u1 = Math.hypot(to.x - from.x, to.y - from.y)
  if (u1 < 1e-9) {
    const zoom = from.zoom + (to.zoom - from.zoom) * share
    return { x: to.x, y: to.y, zoom, bearing, pitch }
  }
  const bend = (w: number, sign: number) => {
    const b = (w1 ** 2 - w0 ** 2 + sign * RHO ** 4 * u1 ** 2) / (2 * w * RHO ** 2 * u1)
    return -Math.asinh(b)
  }
  const [r0, r1] = [bend(w0, 1), bend(w1, -1)]
  const s = (share * (r1 - r0)) / RHO
  const u = (w0 / RHO ** 2) * (Math.cosh(r0) * Math.tanh(RHO * s + r0) - Math.sinh(r0))
  const w = (w0 * Math.cosh(r0)) / Math.cosh(RHO * s + r0)
  return {
    x: from.x + ((to.x - from.x) * u) / u1,
    y: from.y + ((to.y - from.y) * u) / u1,
    zoom: Math.log2(width / w / TILE_PIXELS),
    bearing,
    pitch,
  }
}

/** Slow at both ends. */
export const eased = (share: number) => (share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2)
