import type { Lot, Side, Site } from './site.ts'
import type { ArcKind } from './town-recipe.ts'
import { Walk } from './walk.ts'

export interface FrontStyle {
  /** the chance of a row of fronts along a side of each kind */
  chances: Partial<Record<ArcKind, number>>
  lengthM: readonly [least: number, most: number]
  depthM: readonly [least: number, most: number]
  gapM: readonly [least: number, most: number]
  lot: () => Pick<Lot, 'shape' | 'use' | 'floors'>
}

const CORNER_M = 5
const WIDE_GAP = { chance: 0.12, leastM: 10, mostM: 22 }

/** Rows of buildings along the streets, each with its door to the street. */
export function buildFronts(site: Site, style: FrontStyle): void {
  const { random } = site
  for (const side of site.sides) {
    const chance = style.chances[side.kind]
    if (chance === undefined || !random.chance(chance)) continue
    const walk = new Walk(side.points)
    let at = CORNER_M + random.between(0, 8)
    while (at < walk.lengthM - CORNER_M - style.lengthM[0]) {
      const length = Math.min(random.between(...style.lengthM), walk.lengthM - CORNER_M - at)
      if (length < style.lengthM[0] * 0.7) break
      const isPlaced = placeFront(site, side, walk, at, length, random.between(...style.depthM), style)
      if (!isPlaced) {
        at += 4
        continue
      }
      const gap = random.chance(WIDE_GAP.chance)
        ? random.between(WIDE_GAP.leastM, WIDE_GAP.mostM)
        : random.between(...style.gapM)
      at += length + gap
    }
  }
}

function placeFront(
  site: Site,
  side: Side,
  walk: Walk,
  at: number,
  length: number,
  depth: number,
  style: FrontStyle,
): boolean {
  const [a, b] = [walk.pointAt(at), walk.pointAt(at + length)]
  const chord = Math.hypot(b[0] - a[0], b[1] - a[1])
  const [ux, uy] = [(b[0] - a[0]) / chord, (b[1] - a[1]) / chord]
  const lot = style.lot()
  // back from the street as far as its bends ask for
  for (const back of [0.3, 1.2, 3]) {
    const away = side.halfWidthsM[0]! + side.setbackM + depth / 2 + back
    const alongM = at + length / 2
    const placed = site.place(
      {
        x: (a[0] + b[0]) / 2 - uy * away,
        y: (a[1] + b[1]) / 2 + ux * away,
        ux,
        uy,
        halfLength: chord / 2,
        halfDepth: depth / 2,
        ...lot,
        name: null,
        door: { edge: side.edge, alongM: side.isReversed ? walk.lengthM - alongM : alongM },
      },
      1.2,
    )
    if (placed) return true
  }
  return false
}
