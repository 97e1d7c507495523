import type { PairIndex } from './pair-index.ts'

/** Noded edges that border some part, or are wanted all the same. */
export interface Borders {
  from: Int32Array
  to: Int32Array
  /** the parts a border borders, ascending */
  partsOf(border: number): Int32Array
  /** the border an edge of the noding became, or -1 */
  numberOf: Int32Array
}

/**
 * Picks the edges that bound a part: those that its rings walk an odd number of times. What a ring walks to and
 * fro encloses nothing. Edges in `wanted` stay even if they bound nothing. O(n) for n steps of rings.
 */
export function findBorders(
  edges: PairIndex,
  ringsOfParts: readonly (readonly number[][])[],
  wanted: ReadonlySet<number>,
): Borders {
  const { starts, walkers } = listWalkers(edges, ringsOfParts)
  const numberOf = new Int32Array(edges.size).fill(-1)
  const ends = new Int32Array(edges.size)
  let count = 0
  for (let edge = 0; edge < edges.size; edge++) {
    ends[edge] = dropEvenRuns(walkers, starts[edge]!, starts[edge + 1]!)
    if (ends[edge]! > starts[edge]! || wanted.has(edge)) numberOf[edge] = count++
  }
  const borders = { from: new Int32Array(count), to: new Int32Array(count) }
  const edgeOf = new Int32Array(count)
  for (let edge = 0; edge < edges.size; edge++) {
    const border = numberOf[edge]!
    if (border === -1) continue
    edgeOf[border] = edge
    borders.from[border] = edges.a(edge)
    borders.to[border] = edges.b(edge)
  }
  const partsOf = (border: number) => walkers.subarray(starts[edgeOf[border]!]!, ends[edgeOf[border]!]!)
  return { ...borders, partsOf, numberOf }
}

/** For each edge the parts whose rings walk it, once for each time, ascending. */
function listWalkers(edges: PairIndex, ringsOfParts: readonly (readonly number[][])[]) {
  const total = ringsOfParts.reduce((sum, rings) => rings.reduce((n, ring) => n + ring.length, sum), 0)
  const walked = new Int32Array(total)
  const starts = new Int32Array(edges.size + 1)
  let step = 0
  for (const rings of ringsOfParts) {
    for (const ring of rings) {
      let from = ring.at(-1)!
      for (const to of ring) {
        const edge = edges.find(Math.min(from, to), Math.max(from, to))
        walked[step++] = edge
        starts[edge + 1]!++
        from = to
      }
    }
  }
  for (let edge = 0; edge < edges.size; edge++) starts[edge + 1]! += starts[edge]!
  const walkers = new Int32Array(total)
  const filled = starts.slice(0, -1)
  step = 0
  ringsOfParts.forEach((rings, part) => {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i++) walkers[filled[walked[step++]!]!++] = part
    }
  })
  return { starts, walkers }
}

/** Leaves one of each value that stands an odd number of times in a sorted range; answers the new end. */
function dropEvenRuns(values: Int32Array, start: number, end: number): number {
  let kept = start
  for (let i = start; i < end; i++) {
    const value = values[i]!
    if (kept > start && values[kept - 1] === value) kept--
    else values[kept++] = value
  }
  return kept
}
