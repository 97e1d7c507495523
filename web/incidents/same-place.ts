import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'

/** A case among those at its very place. */
export interface SamePlace {
  /** ids, the newest first */
  ids: number[]
  /** index of the case in them */
  position: number
}

/** Null when the case is none of `rows`. O(rows). */
export function samePlace(columns: IncidentColumns, rows: Uint32Array, id: number): SamePlace | null {
  const own = rows.find((row) => columns.id[row] === id)
  if (own === undefined) return null
  const [lng, lat] = [columns.lngE7[own]!, columns.latE7[own]!]
  const ids: number[] = []
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index]!
    if (columns.lngE7[row] === lng && columns.latE7[row] === lat) ids.push(columns.id[row]!)
  }
  return { ids, position: ids.indexOf(id) }
}
