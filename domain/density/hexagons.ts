import type { Selection } from '../columns/filter.ts'
import type { IncidentColumns } from '../columns/incident-columns.ts'
import { bothLookups } from '../columns/select.ts'
import type { Position, Ring } from '../geometry.ts'

const EARTH_RADIUS_M = 6378137
const RADIANS = Math.PI / 180
/** Where the square map ends: a pole would lie infinitely far off. */
const FARTHEST_LATITUDE = 85.0511

/** Width across the flat sides, which is also the distance of neighbouring centres; metres on the ground. */
export const SMALLEST_HEXAGON_M = 20
export const LARGEST_HEXAGON_M = 50_000

/**
 * A tiling of the Web Mercator plane with equal hexagons, points up and down, one centred on 0° 0°. Their
 * size on the ground is exact at `latitude` and true to 1 % within half a degree of it in middle latitudes.
 * Coordinates are axial (q to the east, r to the north-east).
 */
export interface HexagonTiling {
  sizeM: number
  /** degrees */
  latitude: number
  /** centre to corner, Mercator metres */
  radius: number
  /** of one hexagon, on the ground */
  areaKm2: number
}

/** `latitude` is taken to a tenth of a degree, so that hexagons stay when a border is redrawn. */
export function hexagonTiling(sizeM: number, latitude: number): HexagonTiling {
  const rounded = Math.round(latitude * 10) / 10
  return {
    sizeM,
    latitude: rounded,
    radius: sizeM / Math.sqrt(3) / Math.cos(rounded * RADIANS),
    areaKm2: ((Math.sqrt(3) / 2) * sizeM * sizeM) / 1e6,
  }
}

/** The latitude to tile at: the middle of the grids, or without grids where the cases are. */
export function latitudeOf(middleOfGrids: number | null, { latE7, length }: IncidentColumns): number {
  return middleOfGrids ?? (length > 0 ? latE7[length >> 1]! / 1e7 : 0)
}

export interface Hexagon {
  q: number
  r: number
}

/** The hexagon that holds a position. */
export function hexagonAt(tiling: HexagonTiling, [lng, lat]: Position): Hexagon {
  return hexagonOfKey(keyAt(tiling.radius, lng, lat))
}

export function hexagonCentre({ radius }: HexagonTiling, { q, r }: Hexagon): Position {
  return unproject(radius * Math.sqrt(3) * (q + r / 2), radius * 1.5 * r)
}

/** The closed ring of its six corners, counter-clockwise from the lower right. */
export function hexagonRing({ radius }: HexagonTiling, { q, r }: Hexagon): Ring {
  const x = radius * Math.sqrt(3) * (q + r / 2)
  const y = radius * 1.5 * r
  return [-30, 30, 90, 150, 210, 270, -30].map((angle) =>
    unproject(x + radius * Math.cos(angle * RADIANS), y + radius * Math.sin(angle * RADIANS)),
  )
}

/** The hexagons with at least one case of the selection, and how many. */
export function countByHexagon(
  selection: Selection,
  { radius }: HexagonTiling,
): { hexagon: Hexagon; count: number }[] {
  const { start, end } = selection
  const { facet: facets, grid: grids, lngE7, latE7 } = selection.columns
  const { facet, grid } = bothLookups(selection)
  const counts = new Map<number, number>()
  for (let row = start; row < end; row++) {
    if (!(facet[facets[row]!]! & grid[grids[row]!]!)) continue
    const key = keyAt(radius, lngE7[row]! / 1e7, latE7[row]! / 1e7)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return Array.from(counts, ([key, count]) => ({ hexagon: hexagonOfKey(key), count }))
}

// One number holds both coordinates: each lies well within 25 bits and a sign for hexagons of 20 m and more
const OFFSET = 2 ** 25
const SPAN = 2 ** 26

/** Rounding in cube coordinates, as described on redblobgames.com/grids/hexagons. */
function keyAt(radius: number, lng: number, lat: number): number {
  const x = (EARTH_RADIUS_M * lng * RADIANS) / radius
  const onMap = Math.max(-FARTHEST_LATITUDE, Math.min(FARTHEST_LATITUDE, lat))
  const y = (EARTH_RADIUS_M * Math.atanh(Math.sin(onMap * RADIANS))) / radius
  const exactR = (2 / 3) * y
  const exactQ = x / Math.sqrt(3) - exactR / 2
  let q = Math.round(exactQ)
  let r = Math.round(exactR)
  const s = Math.round(-exactQ - exactR)
  const offQ = Math.abs(q - exactQ)
  const offR = Math.abs(r - exactR)
  const offS = Math.abs(s + exactQ + exactR)
  if (offQ > offR && offQ > offS) q = -r - s
  else if (offR > offS) r = -q - s
  return (q + OFFSET) * SPAN + r + OFFSET
}

function hexagonOfKey(key: number): Hexagon {
  return { q: Math.floor(key / SPAN) - OFFSET, r: (key % SPAN) - OFFSET }
}

function unproject(x: number, y: number): Position {
  return [x / EARTH_RADIUS_M / RADIANS, Math.asin(Math.tanh(y / EARTH_RADIUS_M)) / RADIANS]
}
