import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { PairIndex } from '../../domain/coverage/pair-index.ts'
import type { Bbox } from '../../domain/geometry.ts'
import { STATUSES, type Status } from '../../domain/incident.ts'

/** From here on every case is drawn; before it, clusters. */
export const POINTS_FROM_ZOOM = 15

/** Cases at one very place. */
export interface Spot {
  /** the newest of those that are open, else the newest */
  row: number
  count: number
  lng: number
  lat: number
  /** of that one */
  status: Status
  /** any of them is open past its deadline */
  overdue: boolean
}

/**
 * The places inside `bbox` where cases stand, in the order of the oldest case of each.
 * @param rows rising, so that later ones are newer
 * @param now seconds since 1970
 */
export function spots(columns: IncidentColumns, rows: Uint32Array, bbox: Bbox, now: number): Spot[] {
  const { lngE7, latE7, status, dueAt, closedAt } = columns
  const [west, south, east, north] = bbox.map((degrees) => Math.round(degrees * 1e7)) as Bbox
  const isOpen = (row: number) => closedAt[row] === 0
  const places = new PairIndex()
  const found: Spot[] = []
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    const [lng, lat] = [lngE7[row]!, latE7[row]!]
    if (lng < west || lng > east || lat < south || lat > north) continue
    const place = places.add(lng, lat)
    const spot = found[place] ?? {
      row,
      count: 0,
      lng: lng / 1e7,
      lat: lat / 1e7,
      status: STATUSES[status[row]!]!,
      overdue: false,
    }
    found[place] = spot
    spot.count++
    // What is still to be done is not hidden by what was closed after it was reported
    if (isOpen(row) || !isOpen(spot.row)) {
      spot.row = row
      spot.status = STATUSES[status[row]!]!
    }
    spot.overdue ||= isOpen(row) && dueAt[row]! > 0 && dueAt[row]! < now
  }
  return found
}
