import type { AreaFeature } from '../../../domain/area.ts'
import { mercatorOf } from '../../../domain/mercator.ts'

type Shape = NonNullable<AreaFeature['geometry']>

/** In shares of the world's width, from its north-west corner. */
export interface Bounds {
  west: number
  north: number
  east: number
  south: number
}

/** As the `d` of a path of SVG. */
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

export function boundsOf({ coordinates }: Shape): Bounds {
  const bounds = { west: 1, north: 1, east: 0, south: 0 }
  for (const [lng, lat] of coordinates.flat(2)) {
    const { x, y } = mercatorOf(lng!, lat!)
    bounds.west = Math.min(bounds.west, x)
    bounds.east = Math.max(bounds.east, x)
    bounds.north = Math.min(bounds.north, y)
    bounds.south = Math.max(bounds.south, y)
  }
  return bounds
}
