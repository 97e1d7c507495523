import type { Bbox, Position } from '../../domain/geometry.ts'
import type { ToLngLat } from './crs.ts'
import { placeFault, snapped } from './geometry/shape.ts'
import { parseWkt } from './geometry/wkt.ts'
import { ImportRefused } from './import-refused.ts'
import type { SourceRow, UnreadableRow } from './readers/source.ts'

/** About 100 km: further away from the district a place is hardly meant. */
const FAR_DEGREES = 1
// South of this nobody has a district: American places read as latitude first lie there
const SOUTHERNMOST_CITY = -60

export type Plausibility = 'plausible' | 'out-of-range' | 'swapped'

/** How a place looks, given where the district lies (null: unknown). */
export function plausibility([lng, lat]: Position, extent: Bbox | null): Plausibility {
  const inRange = onEarth(lng, lat)
  const inRangeSwapped = onEarth(lat, lng)
  if (!inRange) return inRangeSwapped ? 'swapped' : 'out-of-range'
  if (!inRangeSwapped) return 'plausible'
  if (extent) return isNear(lng, lat, extent) || !isNear(lat, lng, extent) ? 'plausible' : 'swapped'
  return lat < SOUTHERNMOST_CITY && lng > SOUTHERNMOST_CITY ? 'swapped' : 'plausible'
}

const onEarth = (lng: number, lat: number) => placeFault(snapped(lng), snapped(lat)) === null

function isNear(lng: number, lat: number, [west, south, east, north]: Bbox): boolean {
  return (
    lng >= west - FAR_DEGREES &&
    lng <= east + FAR_DEGREES &&
    lat >= south - FAR_DEGREES &&
    lat <= north + FAR_DEGREES
  )
}

/**
 * Refuses a file most of whose first places cannot be longitude and latitude, with the remedy.
 * @throws ImportRefused
 */
export function refuseImplausible(
  rows: readonly (SourceRow | UnreadableRow)[],
  toLngLat: ToLngLat,
  columns: { lng?: string; lat?: string; wkt?: string },
  { extent, crsStated }: { extent: Bbox | null; crsStated: boolean },
): void {
  const places = rows.map((row) => ('unreadable' in row ? null : firstPosition(row, columns)))
  const first = places.find((place) => place !== null)
  if (!first) return
  const judged = places
    .filter((place) => place !== null)
    .map((place) => plausibility(toLngLat(...place), extent))
  const share = (wanted: Plausibility) => judged.filter((one) => one === wanted).length / judged.length
  if (share('swapped') > 0.5) {
    throw new ImportRefused('coordinates-swapped', {})
  }
  if (share('out-of-range') <= 0.5) return
  const [x, y] = first
  throw new ImportRefused(crsStated ? 'crs-needed.as-stated' : 'crs-needed.as-read', { x, y })
}

/** The first position of a record's geometry as it stands in the file; null when it has none. */
function firstPosition(
  { geometry, properties }: SourceRow,
  columns: { lng?: string; lat?: string; wkt?: string },
): Position | null {
  const wkt = columns.wkt ? properties[columns.wkt] : null
  const shape = geometry ?? (typeof wkt === 'string' ? parseWkt(wkt) : null)
  if (shape && 'coordinates' in shape) {
    let inner: unknown = shape.coordinates
    while (Array.isArray(inner) && Array.isArray(inner[0])) inner = inner[0]
    return Array.isArray(inner) && inner.length >= 2 ? [Number(inner[0]), Number(inner[1])] : null
  }
  const lng = columns.lng ? Number(properties[columns.lng] || NaN) : NaN
  const lat = columns.lat ? Number(properties[columns.lat] || NaN) : NaN
  return Number.isFinite(lng) && Number.isFinite(lat) ? [lng, lat] : null
}
