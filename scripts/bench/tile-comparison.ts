import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'

/** How two tiles of the same buildings differ. A hair is what is no wider than a unit of the tile. */
export interface Comparison {
  /** features that are in both */
  compared: number
  /** by how many units of the tile the outlines lie apart: up to 1, up to 2 */
  within1: number
  within2: number
  /** farther apart, by hairs that one of them has and the other cut off */
  hairs: number
  /** hairs of buildings along the buffer's edge that are in one tile alone */
  alone: number
  /** everything else: other attributes, another shape, a building that is missing */
  different: number
}

export function noComparison(): Comparison {
  return { compared: 0, within1: 0, within2: 0, hairs: 0, alone: 0, different: 0 }
}

/** Compares the layer `buildings` of two tiles feature by feature and adds what it finds to `sum`. */
export function compareTiles(ours: Uint8Array, theirs: Uint8Array, sum: Comparison): void {
  const own = featuresOf(ours)
  const other = featuresOf(theirs)
  for (const [id, feature] of own) {
    const twin = other.get(id)
    if (!twin) continue
    sum.compared++
    sum[likeness(feature, twin)]++
  }
  const alone = [...own].filter(([id]) => !other.has(id)).concat([...other].filter(([id]) => !own.has(id)))
  for (const [, feature] of alone) {
    const outlines = outlinesOf(feature)
    sum[Math.abs(areaOf(outlines)) <= lengthOf(outlines) / 2 ? 'alone' : 'different']++
  }
}

function likeness(a: VectorTileFeature, b: VectorTileFeature): 'within1' | 'within2' | 'hairs' | 'different' {
  if (!sameAttributes(a.properties, b.properties)) return 'different'
  const [outlinesA, outlinesB] = [outlinesOf(a), outlinesOf(b)]
  const apart = Math.max(farthest(outlinesA, outlinesB), farthest(outlinesB, outlinesA))
  if (apart <= 1) return 'within1'
  if (apart <= 2) return 'within2'
  const difference = Math.abs(areaOf(outlinesA) - areaOf(outlinesB))
  return difference <= Math.max(lengthOf(outlinesA), lengthOf(outlinesB)) / 2 ? 'hairs' : 'different'
}

function featuresOf(tile: Uint8Array): Map<number, VectorTileFeature> {
  const layer = tile.length ? new VectorTile(new PbfReader(tile)).layers.buildings : undefined
  const features = new Map<number, VectorTileFeature>()
  for (let i = 0; i < (layer?.length ?? 0); i++) {
    const feature = layer!.feature(i)
    features.set(feature.id!, feature)
  }
  return features
}

function sameAttributes(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

/** The closed rings as x, y, x, y ... */
function outlinesOf(feature: VectorTileFeature): number[][] {
  return feature.loadGeometry().map((ring) => ring.flatMap(({ x, y }) => [x, y]))
}

function areaOf(outlines: readonly number[][]): number {
  let sum = 0
  for (const line of outlines) {
    for (let at = 2; at < line.length; at += 2)
      sum += line[at - 2]! * line[at + 1]! - line[at]! * line[at - 1]!
  }
  return sum / 2
}

function lengthOf(outlines: readonly number[][]): number {
  let sum = 0
  for (const line of outlines) {
    for (let at = 2; at < line.length; at += 2) {
      sum += Math.hypot(line[at]! - line[at - 2]!, line[at + 1]! - line[at - 1]!)
    }
  }
  return sum
}

/** How far the vertex of `from` that is farthest from the outline `to` is from it. */
function farthest(from: readonly number[][], to: readonly number[][]): number {
  let most = 0
  for (const line of from) {
    for (let at = 0; at < line.length; at += 2) {
      most = Math.max(most, Math.sqrt(nearestSquared(line[at]!, line[at + 1]!, to)))
    }
  }
  return most
}

function nearestSquared(x: number, y: number, lines: readonly number[][]): number {
  let least = Number.POSITIVE_INFINITY
  for (const line of lines) {
    for (let at = 2; at < line.length; at += 2) {
      const ax = line[at - 2]!
      const ay = line[at - 1]!
      const dx = line[at]! - ax
      const dy = line[at + 1]! - ay
      const length = dx * dx + dy * dy
      const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
      least = Math.min(least, (x - ax - share * dx) ** 2 + (y - ay - share * dy) ** 2)
    }
  }
  return least
}
