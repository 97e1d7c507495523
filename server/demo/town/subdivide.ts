import type { Random } from '../random.ts'
import type { Block } from './layout.ts'
import type { Mesh } from './mesh.ts'
import type { Roads } from './roads.ts'
import type { ArcKind, TownRecipe } from './town-recipe.ts'
import type { Point } from './warp.ts'

/** Tries of one cut, each with another turn and place. */
const TRIES = 12
const NAMED: ReadonlySet<ArcKind> = new Set(['primary', 'secondary', 'tertiary', 'lane'])

/**
 * Cuts a block across its longer way so that each piece gets ground for its grids. The number of the face and
 * theme stay with the first piece.
 */
export function halve<B extends Block>(
  { mesh, roads }: { mesh: Mesh; roads: Roads },
  recipe: TownRecipe,
  block: B,
  kind: ArcKind,
  random: Random,
): [B, B] {
  const { face, grids } = block
  const corners = mesh
    .halfEdgesOf(face)
    .map((h): Point => [mesh.x[mesh.origin[h]!]!, mesh.y[mesh.origin[h]!]!])
  const area = mesh.area(face)
  const crooked = recipe.themes[block.theme].crookedDeg
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const share = Math.max(1, Math.round(grids * random.between(0.4, 0.6))) / grids
    const across = acrossLongerWay(mesh, face, corners)
    const turn = (random.between(-crooked, crooked) * Math.PI) / 180 + (attempt > 6 ? Math.PI / 2 : 0)
    const [dx, dy] = [
      across[0] * Math.cos(turn) - across[1] * Math.sin(turn),
      across[0] * Math.sin(turn) + across[1] * Math.cos(turn),
    ]
    const [x, y] = pointThatLeaves(corners, [dx, dy], area * Math.min(share, 1 - 1 / grids))
    const joinM = kind === 'wall' ? 0 : 0.2 * Math.sqrt(area)
    const road = NAMED.has(kind) ? roads.add(kind) : -1
    const cut = mesh.cut(face, { x, y, dx, dy }, { kind, road, joinM })
    if (!cut) continue
    if (road !== -1) roads.goOn(mesh, cut.edge)
    const left = Math.round((grids * mesh.area(face)) / area)
    const first = Math.min(Math.max(left, 1), grids - 1)
    return [
      { ...block, grids: first },
      { ...block, face: cut.face, grids: grids - first },
    ]
  }
  throw new Error(`a block of ${Math.round(area)} square metres is too small for ${grids} grids`)
}

/** The direction square to the longest side, or along it where the face is deeper than long. */
function acrossLongerWay(mesh: Mesh, face: number, corners: readonly Point[]): Point {
  let along: Point = [1, 0]
  let longest = 0
  let start = mesh.halfEdgesOf(face).find((h) => !mesh.isStraight(h))!
  const first = start
  do {
    let h = start
    while (mesh.isStraight(mesh.next[h]!)) h = mesh.next[h]!
    const [a, b] = [mesh.origin[start]!, mesh.end(h)]
    const [dx, dy] = [mesh.x[b]! - mesh.x[a]!, mesh.y[b]! - mesh.y[a]!]
    const length = Math.hypot(dx, dy)
    if (length > longest) {
      longest = length
      along = [dx / length, dy / length]
    }
    start = mesh.next[h]!
  } while (start !== first)
  const extent = (dx: number, dy: number) => {
    const places = corners.map(([x, y]) => x * dx + y * dy)
    return Math.max(...places) - Math.min(...places)
  }
  const across: Point = [-along[1], along[0]]
  return extent(...along) >= 0.95 * extent(...across) ? across : along
}

/** A point whose line in the direction has this area of the polygon on its left. */
function pointThatLeaves(corners: readonly Point[], [dx, dy]: Point, leftArea: number): Point {
  const places = corners.map(([x, y]) => dx * y - dy * x)
  let [low, high] = [Math.min(...places), Math.max(...places)]
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2
    if (areaBeyond(corners, places, middle) > leftArea) low = middle
    else high = middle
  }
  // places grow to the left of the direction
  return [-dy * low, dx * low]
}

/** The area of the part of a convex polygon whose places are above the limit. */
function areaBeyond(corners: readonly Point[], places: readonly number[], limit: number): number {
  const kept: Point[] = []
  corners.forEach((corner, i) => {
    const j = (i + 1) % corners.length
    if (places[i]! >= limit) kept.push(corner)
    if (places[i]! >= limit === places[j]! >= limit) return
    const share = (limit - places[i]!) / (places[j]! - places[i]!)
    const other = corners[j]!
    kept.push([corner[0] + share * (other[0] - corner[0]), corner[1] + share * (other[1] - corner[1])])
  })
  return kept.reduce((sum, [x, y], i) => {
    const [x2, y2] = kept[(i + 1) % kept.length]!
    return sum + (x * y2 - x2 * y) / 2
  }, 0)
}
