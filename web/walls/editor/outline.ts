import type { AreaFeature } from '../../../domain/area.ts'
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
