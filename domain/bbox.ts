import type { Bbox } from './geometry.ts'

type Coordinates = readonly (readonly (readonly (readonly number[])[])[])[]

/** Around a shape, by the coordinates of its polygons; holes lie inside of the outer ring. */
export function boxOf(polygons: Coordinates): Bbox {
  const box: Bbox = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (const [outer] of polygons) {
    for (const [lng, lat] of outer ?? []) {
      if (lng! < box[0]) box[0] = lng!
      if (lat! < box[1]) box[1] = lat!
      if (lng! > box[2]) box[2] = lng!
      if (lat! > box[3]) box[3] = lat!
    }
  }
  return box
}

/** Around both. */
export const together = (a: Bbox, b: Bbox): Bbox => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]
