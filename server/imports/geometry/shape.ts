import type { Geometry } from 'geojson'
import type { RejectReason } from '../../../domain/import-reasons.ts'
import type { ToLngLat } from '../crs.ts'
import { isPlainlySimple } from './simple-ring.ts'

/** Degrees x 1e7, the precision of all stored geometry: x, y, x, y... of a closed ring. */
export type FlatRing = number[]

/** Polygons with their rings, the outer one first. */
export interface Shape {
  polygons: FlatRing[][]
  /** true: proved valid; false: the database must look */
  plainlyValid: boolean
}

export const UNITS_PER_DEGREE = 1e7

const MAX_X = 180 * UNITS_PER_DEGREE
const MAX_Y = 90 * UNITS_PER_DEGREE

/**
 * A Polygon or MultiPolygon in longitude and latitude, snapped to 1e-7 degree, rings closed, repeated
 * vertices and rings without area left out; or the reason why it is none.
 */
export function readShape(geometry: Geometry | null, toLngLat: ToLngLat): Shape | RejectReason {
  if (!geometry) return 'geometry-missing'
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return 'geometry-wrong-type'
  const sources = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  if (!Array.isArray(sources)) return 'coordinate-not-a-number'
  const polygons: FlatRing[][] = []
  for (const source of sources) {
    if (!Array.isArray(source)) return 'coordinate-not-a-number'
    const rings: FlatRing[] = []
    for (const positions of source) {
      const ring = readRing(positions, toLngLat)
      if (typeof ring === 'string') return ring
      if (ring.length >= 8) rings.push(ring)
      // Without an outer ring its holes are nothing either
      else if (rings.length === 0) break
    }
    if (rings.length > 0) polygons.push(rings)
  }
  if (polygons.length === 0) return sources.length === 0 ? 'geometry-missing' : 'geometry-invalid'
  const plainlyValid = polygons.length === 1 && polygons[0]!.length === 1 && isPlainlySimple(polygons[0]![0]!)
  return { polygons, plainlyValid }
}

function readRing(positions: unknown, toLngLat: ToLngLat): FlatRing | RejectReason {
  if (!Array.isArray(positions)) return 'coordinate-not-a-number'
  const ring: FlatRing = []
  for (const position of positions) {
    const fault = addPosition(ring, position, toLngLat)
    if (fault) return fault
  }
  const last = ring.length - 2
  if (last >= 0 && (ring[0] !== ring[last] || ring[1] !== ring[last + 1])) ring.push(ring[0]!, ring[1]!)
  return ring
}

function addPosition(ring: FlatRing, position: unknown, toLngLat: ToLngLat): RejectReason | null {
  if (!Array.isArray(position)) return 'coordinate-not-a-number'
  const [sourceX, sourceY] = position as unknown[]
  if (typeof sourceX !== 'number' || typeof sourceY !== 'number') return 'coordinate-not-a-number'
  const [lng, lat] = toLngLat(sourceX, sourceY)
  const x = snapped(lng)
  const y = snapped(lat)
  const fault = placeFault(x, y)
  if (fault) return fault
  const last = ring.length - 2
  if (last < 0 || ring[last] !== x || ring[last + 1] !== y) ring.push(x, y)
  return null
}

/** Degrees as whole units of 1e-7 degree. */
export const snapped = (degrees: number) => Math.round(degrees * UNITS_PER_DEGREE)

/** What is wrong with a snapped place, as a place on the earth; null: nothing. */
export function placeFault(x: number, y: number): RejectReason | null {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return 'coordinate-not-a-number'
  return Math.abs(x) <= MAX_X && Math.abs(y) <= MAX_Y ? null : 'coordinates-out-of-range'
}
