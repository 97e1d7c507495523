import type { Geometry } from 'geojson'
import type { Bbox, Position } from '../../../domain/geometry.ts'
import type { ToLngLat } from '../crs.ts'
import { parseWkt } from '../geometry/wkt.ts'
import type { SourceRow } from '../readers/source.ts'
import { SpreadSample } from './spread-sample.ts'

const MOST_POINTS = 3000
const MOST_OUTLINES = 1200
const OUTLINE_VERTICES = 40

/** The columns of a table that hold places. */
export interface PlaceColumns {
  lng?: string | undefined
  lat?: string | undefined
  wkt?: string | undefined
}

/** Where the rows of files lie: their extent, the kinds of their shapes, and some of them for a small map. */
export class FileExtent {
  readonly geometries = new Set<string>()
  readonly points = new SpreadSample<Position>(MOST_POINTS)
  readonly outlines = new SpreadSample<Position[]>(MOST_OUTLINES)
  private readonly box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]

  /** null: no row has a place that is one on earth */
  get bbox(): Bbox | null {
    return this.box[0] <= this.box[2] ? (this.box.map(stored) as Bbox) : null
  }

  add(row: SourceRow, columns: PlaceColumns, toLngLat: ToLngLat): void {
    const geometry = row.geometry ?? geometryIn(row.properties, columns)
    if (!geometry) return
    this.geometries.add(geometry.type)
    this.addGeometry(geometry, toLngLat)
  }

  private addGeometry(geometry: Geometry, toLngLat: ToLngLat): void {
    if (geometry.type === 'GeometryCollection') {
      for (const one of geometry.geometries) this.addGeometry(one, toLngLat)
      return
    }
    for (const line of linesOf(geometry.coordinates)) {
      const positions = line.map(([x, y]) => toLngLat(x!, y!)).filter(isOnEarth)
      for (const position of positions) this.widen(position)
      if (positions.length === 1) this.points.offer(() => positions[0]!)
      else if (positions.length > 1) this.outlines.offer(() => thinned(positions))
    }
  }

  private widen([lng, lat]: Position): void {
    const { box } = this
    if (lng < box[0]) box[0] = lng
    if (lat < box[1]) box[1] = lat
    if (lng > box[2]) box[2] = lng
    if (lat > box[3]) box[3] = lat
  }
}

function geometryIn(properties: Record<string, unknown>, { lng, lat, wkt }: PlaceColumns): Geometry | null {
  const text = wkt === undefined ? null : properties[wkt]
  if (typeof text === 'string' && text !== '') return parseWkt(text)
  if (lng === undefined || lat === undefined) return null
  const [x, y] = [Number(properties[lng] || NaN), Number(properties[lat] || NaN)]
  // Devices without a fix write nought, nought
  if (!Number.isFinite(x) || !Number.isFinite(y) || (x === 0 && y === 0)) return null
  return { type: 'Point', coordinates: [x, y] }
}

/** The lines of positions that coordinates of any depth are made of; a point is a line of one. */
function linesOf(coordinates: unknown): number[][][] {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return []
  if (typeof coordinates[0] === 'number') return [[coordinates as number[]]]
  if (Array.isArray(coordinates[0]) && typeof coordinates[0][0] === 'number')
    return [coordinates as number[][]]
  return coordinates.flatMap(linesOf)
}

/** To the digits that are stored. */
const stored = (degrees: number) => Number(degrees.toFixed(7))

const isOnEarth = ([lng, lat]: Position) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90

/** A line drawn small needs few of its vertices; its ends stay. */
function thinned(positions: readonly Position[]): Position[] {
  const step = Math.ceil(positions.length / OUTLINE_VERTICES)
  const kept = positions.filter((_, index) => index % step === 0 || index === positions.length - 1)
  return kept.map(([lng, lat]) => [Number(lng.toFixed(6)), Number(lat.toFixed(6))])
}
