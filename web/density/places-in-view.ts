import { boxOf } from '../../domain/bbox.ts'
import { ZERO_CLASS } from '../../domain/density/breaks.ts'
import type { Bbox, MultiPolygon } from '../../domain/geometry.ts'
import type { Density } from './use-density.ts'

interface Shapes {
  features: { properties: { code: string }; geometry: { coordinates: MultiPolygon } | null }[]
}

/** The box around each shape, by its code. */
export function boxesOf(...collections: (Shapes | null | undefined)[]): Map<string, Bbox> {
  const boxes = new Map<string, Bbox>()
  for (const { properties, geometry } of collections.flatMap((shapes) => shapes?.features ?? [])) {
    if (geometry) boxes.set(properties.code, boxOf(geometry.coordinates))
  }
  return boxes
}

/** How many places of each class are seen. */
export interface PlacesInView {
  zeros: number
  withoutValue: number
  /** by number of class */
  classes: number[]
}

/**
 * @param boxes of grids and areas; hexagons bring their middles along
 * @param seen null: everything
 */
export function placesInView(
  {
    answer,
    rowByCode,
    classByCode,
    classes,
  }: Pick<Density, 'answer' | 'rowByCode' | 'classByCode' | 'classes'>,
  boxes: ReadonlyMap<string, Bbox>,
  seen: Bbox | null,
): PlacesInView {
  const counts: PlacesInView = { zeros: 0, withoutValue: 0, classes: classes.classes.map(() => 0) }
  for (const [code, number] of classByCode) {
    if (seen) {
      const box = answer.by === 'hexagon' ? pointBox(rowByCode.get(code)) : boxes.get(code)
      if (!box || !meet(box, seen)) continue
    }
    if (number === null) counts.withoutValue++
    else if (number === ZERO_CLASS) counts.zeros++
    else counts.classes[number]!++
  }
  return counts
}

const pointBox = (row: { lng?: number; lat?: number } | undefined): Bbox | null =>
  row?.lng === undefined || row.lat === undefined ? null : [row.lng, row.lat, row.lng, row.lat]

const meet = (one: Bbox, other: Bbox) =>
  one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
