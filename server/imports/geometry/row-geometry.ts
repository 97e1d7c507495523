import type { Geometry } from 'geojson'
import type { Bbox, Position } from '../../../domain/geometry.ts'
import type { ColumnMap, ImportKind } from '../../../domain/import-fields.ts'
import type { ToLngLat } from '../crs.ts'
import type { FieldReader } from '../field-reader.ts'
import { plausibility } from '../implausible-places.ts'
import type { SourceRow } from '../readers/source.ts'
import { placeFault, readShape, type Shape, snapped, UNITS_PER_DEGREE } from './shape.ts'
import { parseWkt } from './wkt.ts'

/** Kinds whose rows may have a shape in a column. */
type WithShape = { [Kind in ImportKind]: 'wkt' extends keyof ColumnMap<Kind> ? Kind : never }[ImportKind]

/** Kinds whose rows are points. */
type WithPoint = 'incidents' | 'places'

/** A polygon or polygons of a record; null when it has none that can be used, the fault being told to `fields`. */
export function polygonOf<Kind extends WithShape>(
  fields: FieldReader<Kind>,
  row: SourceRow,
  toLngLat: ToLngLat,
  extent: Bbox | null,
): Shape | null {
  const geometry = geometryOf(fields, row)
  const shape = readShape(geometry, toLngLat)
  if (typeof shape === 'string') {
    const swapped =
      shape === 'coordinates-out-of-range' && isSwapped(firstPosition(geometry!, toLngLat), extent)
    fields.reject('geometry', swapped ? 'coordinates-swapped' : shape)
    return null
  }
  const [x, y] = shape.polygons[0]![0]!
  if (!isSwapped([x! / UNITS_PER_DEGREE, y! / UNITS_PER_DEGREE], extent)) return shape
  fields.reject('geometry', 'coordinates-swapped')
  return null
}

function firstPosition(geometry: Geometry, toLngLat: ToLngLat): Position {
  let inner: unknown = 'coordinates' in geometry ? geometry.coordinates : []
  while (Array.isArray(inner) && Array.isArray(inner[0])) inner = inner[0]
  const [x, y] = inner as number[]
  return toLngLat(x!, y!)
}

/** The place of a record in units of 1e-7 degree; null when it has none that can be used. */
export function pointOf<Kind extends WithPoint>(
  fields: FieldReader<Kind>,
  row: SourceRow,
  toLngLat: ToLngLat,
  extent: Bbox | null,
): [x: number, y: number] | null {
  const geometry = geometryOf(fields, row) ?? columnsPoint(fields)
  if (!geometry) {
    if (!fields.fault) fields.reject('geometry', 'geometry-missing')
    return null
  }
  if (geometry.type !== 'Point' || !Array.isArray(geometry.coordinates)) {
    fields.reject('geometry', 'geometry-wrong-type')
    return null
  }
  const [sourceX, sourceY] = geometry.coordinates as unknown[]
  const [lng, lat] =
    typeof sourceX === 'number' && typeof sourceY === 'number' ? toLngLat(sourceX, sourceY) : [NaN, NaN]
  const [x, y] = [snapped(lng), snapped(lat)]
  const swapped = isSwapped([lng, lat], extent)
  const fault = swapped ? 'coordinates-swapped' : placeFault(x, y)
  if (!fault) return [x, y]
  fields.reject('geometry', fault)
  return null
}

function geometryOf<Kind extends WithShape>(fields: FieldReader<Kind>, row: SourceRow): Geometry | null {
  if (row.geometry) return row.geometry
  const wkt = fields.text('wkt' as Parameters<typeof fields.text>[0], Number.MAX_SAFE_INTEGER)
  return wkt === null ? null : parseWkt(wkt)
}

const ANY = { min: -1e9, max: 1e9 }

function columnsPoint<Kind extends WithPoint>(fields: FieldReader<Kind>): Geometry | null {
  type Field = Parameters<typeof fields.number>[0]
  const x = fields.number('lng' as Field, ANY)
  const y = fields.number('lat' as Field, ANY)
  // Devices without a fix write nought, nought
  if (x === null || y === null || (x === 0 && y === 0)) return null
  return { type: 'Point', coordinates: [x, y] }
}

const isSwapped = (position: Position, extent: Bbox | null) => plausibility(position, extent) === 'swapped'
