import type { Position } from '../geometry.ts'
import { type Arrangement, UNBOUNDED } from './arrange.ts'
import { toDegrees } from './lattice.ts'
import { scaleAt } from './metric.ts'
import { isNarrower, type Segments, widestCircle } from './width.ts'

/** Connected faces that the same keys cover: an overlap, a gap (no key), or a piece of one key. */
export interface Region {
  keys: readonly number[]
  faces: number[]
  /** half-edges with the region on their left and something else on their right */
  border: number[]
}

/**
 * The regions of the faces that `isWanted` picks. `keysOfFace` may differ from what covers the faces now.
 * O(n) for n half-edges.
 */
export function findRegions(
  arrangement: Arrangement,
  keysOfFace: readonly (readonly number[])[],
  isWanted: (face: number) => boolean,
): Region[] {
  const { face } = arrangement
  const group = Int32Array.from(keysOfFace, (_, own) => own)
  const groupOf = (own: number): number => {
    let root = own
    while (group[root] !== root) root = group[root]!
    for (let at = own; at !== root; ) [at, group[at]] = [group[at]!, root]
    return root
  }
  const wanted = Uint8Array.from(keysOfFace, (_, own) => (own !== UNBOUNDED && isWanted(own) ? 1 : 0))
  for (let h = 0; h < face.length; h += 2) {
    const [left, right] = [face[h]!, face[h + 1]!]
    // faces that nothing covers meet only at a bridge, which is there to part them
    if (!wanted[left] || !wanted[right] || keysOfFace[left]!.length === 0) continue
    if (areSame(keysOfFace[left]!, keysOfFace[right]!)) group[groupOf(left)] = groupOf(right)
  }
  const regions = new Map<number, Region>()
  keysOfFace.forEach((keys, own) => {
    if (!wanted[own]) return
    const region = regions.get(groupOf(own))
    if (region) region.faces.push(own)
    else regions.set(groupOf(own), { keys, faces: [own], border: [] })
  })
  face.forEach((left, h) => {
    if (!wanted[left]) return
    const right = face[h ^ 1]!
    if (!wanted[right] || groupOf(left) !== groupOf(right)) regions.get(groupOf(left))!.border.push(h)
  })
  return [...regions.values()]
}

function areSame(some: readonly number[], others: readonly number[]): boolean {
  return some === others || (some.length === others.length && some.every((one, i) => one === others[i]))
}

/** A region in metres round its lower left corner. */
export interface Measures {
  areaM2: number
  segments: Segments
  lengths: Float64Array
  perimeterM: number
  toPosition: (x: number, y: number) => Position
}

export function measure({ vertices, origin, faceDoubleAreas }: Arrangement, region: Region): Measures {
  let [west, south] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const h of region.border) {
    west = Math.min(west, vertices.a(origin[h]!))
    south = Math.min(south, vertices.b(origin[h]!))
  }
  const scale = scaleAt(south)
  const segments = new Float64Array(region.border.length * 4)
  const lengths = new Float64Array(region.border.length)
  region.border.forEach((h, i) => {
    const [a, b] = [origin[h]!, origin[h ^ 1]!]
    const [x1, y1] = [(vertices.a(a) - west) * scale.x, (vertices.b(a) - south) * scale.y]
    const [x2, y2] = [(vertices.a(b) - west) * scale.x, (vertices.b(b) - south) * scale.y]
    segments.set([x1, y1, x2, y2], i * 4)
    lengths[i] = Math.hypot(x2 - x1, y2 - y1)
  })
  const doubleArea = region.faces.reduce((sum, face) => sum + faceDoubleAreas[face]!, 0)
  return {
    areaM2: (doubleArea / 2) * scale.x * scale.y,
    segments,
    lengths,
    perimeterM: sumOf([...lengths]),
    toPosition: (x, y) => [
      toDegrees(Math.round(west + x / scale.x)),
      toDegrees(Math.round(south + y / scale.y)),
    ],
  }
}

/** The same to the last bit for the same numbers in any order. */
export function sumOf(values: number[]): number {
  return values.sort((a, b) => a - b).reduce((sum, value) => sum + value, 0)
}

/** Whether a circle of this diameter fits nowhere inside. */
export function isSliver({ areaM2, perimeterM, segments }: Measures, toleranceM: number): boolean {
  // no region holds less than the circle in it, nor more than its perimeter times that circle's radius
  if (areaM2 < (Math.PI / 4) * toleranceM ** 2) return true
  if (2 * areaM2 > perimeterM * toleranceM) return false
  return isNarrower(segments, toleranceM)
}

/** Where a region is widest, and how wide. */
export function widest({ segments, toPosition }: Measures): {
  at: Position
  widthM: number
} {
  const circle = widestCircle(segments)
  return { at: toPosition(circle.x, circle.y), widthM: 2 * circle.radius }
}
