import { type MercatorCamera, worldPixels } from '../../domain/wall/camera.ts'

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
    zoom: Math.log2(width / w / worldPixels(0)),
    bearing,
    pitch,
  }
}

/** Slow at both ends. */
export const eased = (share: number) => (share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2)
