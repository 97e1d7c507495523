import Flatbush from 'flatbush'
import type { HalfEdges } from './half-edges.ts'
import { side } from './lattice.ts'
import type { PairIndex } from './pair-index.ts'

/**
 * The face on the inside of each cycle: a cycle that runs anticlockwise bounds a face of its own (numbered from
 * 1), any other is the outline of a connected group of edges and lies in the face around that group; 0 is the
 * rest of the world. O(g sqrt n log n) for g groups among n edges.
 */
export function nestCycles(vertices: PairIndex, halfEdges: HalfEdges): Int32Array {
  const { start, doubleAreas } = halfEdges
  const face = new Int32Array(start.length)
  let faces = 0
  const outlines: number[] = []
  doubleAreas.forEach((doubleArea, cycle) => {
    if (doubleArea > 0) face[cycle] = ++faces
    else outlines.push(cycle)
  })
  if (outlines.length < 2) return face
  const below = new EdgesBelow(vertices, halfEdges)
  const hanging = new Map(outlines.map((cycle) => [cycle, below.cycleUnder(cycle)]))
  for (const outline of outlines) face[outline] = faceAround(outline, hanging, face, doubleAreas)
  return face
}

/** From outline to outline down to a face, or to nothing. */
function faceAround(
  outline: number,
  hanging: ReadonlyMap<number, number | null>,
  face: Int32Array,
  doubleAreas: readonly number[],
): number {
  let cycle = hanging.get(outline) ?? null
  while (cycle !== null && doubleAreas[cycle]! <= 0) cycle = hanging.get(cycle) ?? null
  return cycle === null ? 0 : face[cycle]!
}

class EdgesBelow {
  private readonly boxes: Flatbush
  private readonly bottom: number

  constructor(
    private readonly vertices: PairIndex,
    private readonly halfEdges: HalfEdges,
  ) {
    const { origin } = halfEdges
    this.boxes = new Flatbush(origin.length / 2)
    for (let h = 0; h < origin.length; h += 2) {
      const [a, b] = [origin[h]!, origin[h + 1]!]
      const [ax, ay, bx, by] = [vertices.a(a), vertices.b(a), vertices.a(b), vertices.b(b)]
      this.boxes.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
    this.boxes.finish()
    this.bottom = this.boxes.minY
  }

  /** The cycle above the first edge straight below the outline's lowest vertex; null: there is none. */
  cycleUnder(outline: number): number | null {
    const { vertices, halfEdges } = this
    const lowest = this.lowestVertex(outline)
    const [x, y] = [vertices.a(lowest), vertices.b(lowest)]
    let highest: number | null = null
    this.boxes.search(x, this.bottom, x, y, (edge, minX, minY, maxX) => {
      // half-open, so that of two edges that meet straight below only one counts
      if (minX > x || maxX <= x || minY >= y) return false
      const eastward = this.eastward(edge)
      if (this.sideOf(eastward, lowest) !== 1) return false
      if (highest === null || this.isAbove(eastward, highest)) highest = eastward
      return false
    })
    return highest === null ? null : halfEdges.cycle[highest]!
  }

  private lowestVertex(cycle: number): number {
    const { origin, next, start } = this.halfEdges
    const { vertices } = this
    let lowest = origin[start[cycle]!]!
    let h = start[cycle]!
    do {
      const v = origin[h]!
      const rise = vertices.b(v) - vertices.b(lowest) || vertices.a(v) - vertices.a(lowest)
      if (rise < 0) lowest = v
      h = next[h]!
    } while (h !== start[cycle])
    return lowest
  }

  private eastward(edge: number): number {
    const { origin } = this.halfEdges
    return this.vertices.a(origin[2 * edge]!) < this.vertices.a(origin[2 * edge + 1]!)
      ? 2 * edge
      : 2 * edge + 1
  }

  private sideOf(halfEdge: number, v: number): -1 | 0 | 1 {
    const { vertices } = this
    const [a, b] = [this.halfEdges.origin[halfEdge]!, this.halfEdges.origin[halfEdge ^ 1]!]
    return side(vertices.a(a), vertices.b(a), vertices.a(b), vertices.b(b), vertices.a(v), vertices.b(v))
  }

  /** Of two eastward half-edges that stand over one x and do not cross. */
  private isAbove(upper: number, lower: number): boolean {
    const { vertices } = this
    const { origin } = this.halfEdges
    if (vertices.a(origin[upper]!) >= vertices.a(origin[lower]!)) {
      return (this.sideOf(lower, origin[upper]!) || this.sideOf(lower, origin[upper ^ 1]!)) === 1
    }
    return (this.sideOf(upper, origin[lower]!) || this.sideOf(upper, origin[lower ^ 1]!)) === -1
  }
}
