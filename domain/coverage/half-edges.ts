import { doubleArea, side } from './lattice.ts'
import type { PairIndex } from './pair-index.ts'

/**
 * Noded edges as half-edges. Half-edge 2e runs along edge e as given, 2e + 1 back: `h ^ 1` is the other one.
 * Walking `next` goes round what lies on a half-edge's left: a cycle.
 */
export interface HalfEdges {
  /** vertex a half-edge starts at */
  origin: Int32Array
  next: Int32Array
  /** the cycle a half-edge is part of */
  cycle: Int32Array
  /** a half-edge of each cycle */
  start: number[]
  /** twice each cycle's area in square units: positive round a face, else round a whole group of edges */
  doubleAreas: number[]
}

/** O(n log d) for n edges, d of them at a vertex. */
export function linkHalfEdges(vertices: PairIndex, from: Int32Array, to: Int32Array): HalfEdges {
  const origin = new Int32Array(from.length * 2)
  for (let e = 0; e < from.length; e++) {
    origin[2 * e] = from[e]!
    origin[2 * e + 1] = to[e]!
  }
  const next = linkAround(vertices, origin)
  const cycle = new Int32Array(origin.length).fill(-1)
  const start: number[] = []
  const doubleAreas: number[] = []
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let h = 0; h < origin.length; h++) {
    if (cycle[h] !== -1) continue
    xs.length = ys.length = 0
    for (let at = h; cycle[at] === -1; at = next[at]!) {
      cycle[at] = start.length
      xs.push(vertices.a(origin[at]!))
      ys.push(vertices.b(origin[at]!))
    }
    start.push(h)
    doubleAreas.push(doubleArea(xs, ys))
  }
  return { origin, next, cycle, start, doubleAreas }
}

/** After a half-edge comes, at its end, the one that is the next clockwise from its way back. */
function linkAround(vertices: PairIndex, origin: Int32Array): Int32Array {
  const starts = new Int32Array(vertices.size + 1)
  for (const v of origin) starts[v + 1]!++
  for (let v = 0; v < vertices.size; v++) starts[v + 1]! += starts[v]!
  const outgoing = new Int32Array(origin.length)
  const filled = starts.slice(0, -1)
  for (let h = 0; h < origin.length; h++) outgoing[filled[origin[h]!]!++] = h
  const next = new Int32Array(origin.length)
  for (let v = 0; v < vertices.size; v++) {
    const around = outgoing.subarray(starts[v]!, starts[v + 1]!)
    if (around.length > 2) around.sort((g, h) => compareAngles(vertices, v, origin[g ^ 1]!, origin[h ^ 1]!))
    for (let i = 0; i < around.length; i++) next[around[(i + 1) % around.length]! ^ 1] = around[i]!
  }
  return next
}

/** Anticlockwise from due east. */
function compareAngles(vertices: PairIndex, v: number, p: number, q: number): number {
  const halves = half(vertices, v, p) - half(vertices, v, q)
  if (halves !== 0) return halves
  return -side(vertices.a(v), vertices.b(v), vertices.a(p), vertices.b(p), vertices.a(q), vertices.b(q))
}

function half(vertices: PairIndex, v: number, p: number): 0 | 1 {
  const dy = vertices.b(p) - vertices.b(v)
  return dy < 0 || (dy === 0 && vertices.a(p) < vertices.a(v)) ? 1 : 0
}
