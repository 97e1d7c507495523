import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { PairIndex } from '../../domain/coverage/pair-index.ts'

/** Cases that stand too close together to be told apart. */
export interface Cluster {
  count: number
  /** mean position, degrees */
  lng: number
  lat: number
}

/** Pixels: a cluster gathers about as much of the screen. */
export const CLUSTER_CELL_PIXELS = 96

/**
 * Cases gathered on a lattice that is fixed to the ground, cell by cell, then neighbours that would touch
 * joined into the larger one: moving the map changes nothing, and the counts add up to `rows.length`.
 * O(rows + cells log cells).
 * @param zoom whole
 */
export function clusters(columns: IncidentColumns, rows: Uint32Array, zoom: number): Cluster[] {
  if (rows.length === 0) return []
  const { lngE7, latE7 } = columns
  const { width, height } = cellE7(zoom, latE7[rows[rows.length >> 1]!]!)
  const lattice = new PairIndex()
  const cells: Cell[] = []
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    const [lng, lat] = [lngE7[row]!, latE7[row]!]
    const number = lattice.add(Math.floor(lng / width), Math.floor(lat / height))
    const cell = cells[number]
    if (cell) {
      cell.count++
      cell.lng += lng
      cell.lat += lat
    } else cells[number] = { number, count: 1, lng, lat }
  }
  return joinNeighbours(lattice, cells, width, height)
}

interface Cell {
  /** in the lattice, which knows its column and row */
  number: number
  count: number
  /** the sums of the positions of its cases, degrees x 1e7 */
  lng: number
  lat: number
}

/** A cell square on the screen at this zoom near this latitude (Web Mercator, 512 pixels at zoom 0). */
function cellE7(zoom: number, latE7: number): { width: number; height: number } {
  const width = (360e7 * CLUSTER_CELL_PIXELS) / (512 * 2 ** zoom)
  const cosine = Math.cos(((latE7 / 1e7) * Math.PI) / 180)
  return { width, height: width * Math.max(0.05, cosine) }
}

function joinNeighbours(lattice: PairIndex, cells: Cell[], width: number, height: number): Cluster[] {
  const taken = new Uint8Array(cells.length)
  const found: Cluster[] = []
  const byColumnAndRow = (one: Cell, other: Cell) =>
    lattice.a(one.number) - lattice.a(other.number) || lattice.b(one.number) - lattice.b(other.number)
  for (const cell of [...cells].sort((one, other) => other.count - one.count || byColumnAndRow(one, other))) {
    if (taken[cell.number]) continue
    taken[cell.number] = 1
    const joined = { ...cell }
    for (const [right, up] of NEIGHBOURS) {
      const number = lattice.find(lattice.a(cell.number) + right, lattice.b(cell.number) + up)
      const other = cells[number]
      if (!other || taken[number] || !touch(cell, other, width, height)) continue
      taken[number] = 1
      joined.count += other.count
      joined.lng += other.lng
      joined.lat += other.lat
    }
    const { count, lng, lat } = joined
    found.push({ count, lng: lng / count / 1e7, lat: lat / count / 1e7 })
  }
  return found
}

const NEIGHBOURS = [
  [-1, -1],
  [0, -1],
  [1, -1],
  [-1, 0],
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
] as const

function touch(one: Cell, other: Cell, width: number, height: number): boolean {
  const dx = (one.lng / one.count - other.lng / other.count) / width
  const dy = (one.lat / one.count - other.lat / other.count) / height
  return dx * dx + dy * dy < 0.5 * 0.5
}
