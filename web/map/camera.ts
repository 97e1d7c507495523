import type { Bbox } from '../../domain/geometry.ts'
import type { Camera } from './map-types.ts'

/** Pixels of the map's edges that panels cover. */
export interface Inset {
  top: number
  right: number
  bottom: number
  left: number
}

export const NO_INSET: Inset = { top: 0, right: 0, bottom: 0, left: 0 }

/** Where the map looks while there is no district to look at. */
export const NOWHERE: Camera = { lng: 104, lat: 35, zoom: 3.2, bearing: 0, pitch: 0 }

/** Equal as far as an address can tell: 1e-6 degrees, 0.01 zoom, 0.1 degrees of bearing and pitch. */
export function sameCamera(one: Camera, other: Camera): boolean {
  return (
    Math.abs(one.lng - other.lng) < 2e-6 &&
    Math.abs(one.lat - other.lat) < 2e-6 &&
    Math.abs(one.zoom - other.zoom) < 0.011 &&
    Math.abs(one.bearing - other.bearing) < 0.11 &&
    Math.abs(one.pitch - other.pitch) < 0.11
  )
}

/** `bbox` made larger by `share` of its size on every side. */
export function widened([west, south, east, north]: Bbox, share: number): Bbox {
  const [dx, dy] = [(east - west) * share, (north - south) * share]
  return [west - dx, south - dy, east + dx, north + dy]
}
