import { SolidPolygonLayer } from '@deck.gl/layers'
import { type HexagonTiling, hexagonRing } from '../../domain/density/hexagons.ts'
import type { Ring } from '../../domain/geometry.ts'
import { rgbOf } from '../ui/colour.ts'
import { PLACE_OPACITY } from '../ui/map-colours.ts'

interface ColouredHexagon {
  ring: Ring
  fill: string
}

/** @param fill `#rrggbb` by `q,r` */
export function colouredHexagons(
  tiling: HexagonTiling,
  fill: ReadonlyMap<string, string>,
): ColouredHexagon[] {
  return Array.from(fill, ([code, colour]) => {
    const [q, r] = code.split(',').map(Number)
    return { ring: hexagonRing(tiling, { q: q ?? 0, r: r ?? 0 }), fill: colour }
  })
}

export function hexagonsLayer(hexagons: ColouredHexagon[], placement: { beforeId: string }) {
  return new SolidPolygonLayer<ColouredHexagon, { beforeId: string }>({
    id: 'hexagons',
    ...placement,
    data: hexagons,
    filled: true,
    extruded: false,
    getPolygon: (hexagon) => hexagon.ring,
    // deck.gl bends its own opacity by a gamma, and these shall look like the grids
    getFillColor: (hexagon) => [...rgbOf(hexagon.fill), 255 * PLACE_OPACITY],
  })
}
