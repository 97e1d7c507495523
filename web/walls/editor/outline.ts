import type { AreaFeature } from '../../../domain/area.ts'
import type { Bbox } from '../../../domain/geometry.ts'
import { mercatorOf } from '../../../domain/mercator.ts'

type Shape = NonNullable<AreaFeature['geometry']>

/** As the `d` of a path of SVG, in shares of the world's width from its north-west corner. */
export function outlineOf({ coordinates }: Shape): string {
  return coordinates
    .flat()
    .map((ring) => {
      const points = ring.map(([lng, lat]) => {
        const { x, y } = mercatorOf(lng!, lat!)
        return `${x.toFixed(9)} ${y.toFixed(9)}`
      })
      return `M${points.join('L')}Z`
    })
    .join('')
}

/** Degrees. */
export function boxOf({ coordinates }: Shape): Bbox {
  const box: Bbox = [180, 90, -180, -90]
  for (const [lng, lat] of coordinates.flat(2)) {
    box[0] = Math.min(box[0], lng!)
    box[1] = Math.min(box[1], lat!)
    box[2] = Math.max(box[2], lng!)
    box[3] = Math.max(box[3], lat!)
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
