import Flatbush from 'flatbush'
import { crossing, doCross, passesPixel } from './lattice.ts'
import type { PairIndex } from './pair-index.ts'

/** What noding made of edges: each is the path through `inner` of its edge, which may be split again. */
export interface NodedEdges {
  /** all edges there ever were, by their ends (the lower vertex number first) */
  edges: PairIndex
  /** vertices inside a split edge, from its lower-numbered end on */
  inner: Map<number, number[]>
}

/** Snap rounding settles in a handful of rounds; this many mean a fault of ours. */
const MAX_ROUNDS = 200

/**
 * Cuts edges at each other until they meet only at vertices, by iterated snap rounding: every crossing
 * becomes the vertex in whose lattice pixel it lies, and an edge that passes through a vertex's pixel is bent
 * to that vertex, again and again until none does (Hobby 1999; Halperin and Packer 2002). Afterwards no two
 * edges cross, and none comes nearer to a foreign vertex than half a unit, so the result stays free of
 * crossings when its coordinates are read as doubles of degrees.
 *
 * @param vertices lattice points; crossings are added to it
 * @param edges pairs of vertex numbers, the lower first; pieces are added to it
 *
 * O((n + k) log n) for n edges with k meetings.
 */
export function nodeEdges(vertices: PairIndex, edges: PairIndex): NodedEdges {
  const inner = new Map<number, number[]>()
  let fresh = 0
  for (let round = 0; fresh < edges.size; round++) {
    if (round === MAX_ROUNDS) throw new Error(`snap rounding did not settle in ${MAX_ROUNDS} rounds`)
    const standing = new StandingEdges(vertices, edges, inner)
    const known = vertices.size
    for (let edge = fresh; edge < edges.size; edge++) standing.addCrossings(edge, fresh)
    const hits = new Map<number, Set<number>>()
    const places = indexPlaces(vertices)
    for (let edge = fresh; edge < edges.size; edge++) standing.hitsOfEdge(edge, places, hits)
    for (let v = known; v < vertices.size; v++) standing.hitsOfVertex(v, hits)
    fresh = edges.size
    split(vertices, edges, inner, hits)
  }
  return { edges, inner }
}

/** All vertices by place. */
export function indexPlaces(vertices: PairIndex): Flatbush {
  const places = new Flatbush(vertices.size)
  for (let v = 0; v < vertices.size; v++) places.add(vertices.a(v), vertices.b(v))
  places.finish()
  return places
}

/** The edges not split so far, found by place. */
class StandingEdges {
  private readonly ids: Int32Array
  private readonly boxes: Flatbush

  constructor(
    private readonly vertices: PairIndex,
    private readonly edges: PairIndex,
    inner: ReadonlyMap<number, unknown>,
  ) {
    this.ids = new Int32Array(edges.size - inner.size)
    this.boxes = new Flatbush(this.ids.length)
    let count = 0
    for (let edge = 0; edge < edges.size; edge++) {
      if (inner.has(edge)) continue
      this.ids[count++] = edge
      const a = edges.a(edge)
      const b = edges.b(edge)
      const ax = vertices.a(a)
      const ay = vertices.b(a)
      const bx = vertices.a(b)
      const by = vertices.b(b)
      this.boxes.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
    this.boxes.finish()
  }

  /** Adds the crossings of `edge` to the vertices; a pair of fresh edges is tried once. */
  addCrossings(edge: number, fresh: number): void {
    const { vertices, edges, ids } = this
    const a = edges.a(edge)
    const b = edges.b(edge)
    const ax = vertices.a(a)
    const ay = vertices.b(a)
    const bx = vertices.a(b)
    const by = vertices.b(b)
    this.boxes.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (index) => {
      const other = ids[index]!
      if (other >= fresh && other <= edge) return false
      const c = edges.a(other)
      const d = edges.b(other)
      if (a === c || a === d || b === c || b === d) return false
      const cx = vertices.a(c)
      const cy = vertices.b(c)
      const dx = vertices.a(d)
      const dy = vertices.b(d)
      if (doCross(ax, ay, bx, by, cx, cy, dx, dy)) vertices.add(...crossing(ax, ay, bx, by, cx, cy, dx, dy))
      return false
    })
  }

  hitsOfEdge(edge: number, places: Flatbush, hits: Map<number, Set<number>>): void {
    const a = this.edges.a(edge)
    const b = this.edges.b(edge)
    const ax = this.vertices.a(a)
    const ay = this.vertices.b(a)
    const bx = this.vertices.a(b)
    const by = this.vertices.b(b)
    places.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (v, x, y) => {
      if (v !== a && v !== b && passesPixel(ax, ay, bx, by, x, y)) addHit(hits, edge, v)
      return false
    })
  }

  hitsOfVertex(v: number, hits: Map<number, Set<number>>): void {
    const x = this.vertices.a(v)
    const y = this.vertices.b(v)
    this.boxes.search(x, y, x, y, (index) => {
      const edge = this.ids[index]!
      const a = this.edges.a(edge)
      const b = this.edges.b(edge)
      const isPassed =
        v !== a &&
        v !== b &&
        passesPixel(this.vertices.a(a), this.vertices.b(a), this.vertices.a(b), this.vertices.b(b), x, y)
      if (isPassed) addHit(hits, edge, v)
      return false
    })
  }
}

function addHit(hits: Map<number, Set<number>>, edge: number, v: number): void {
  const known = hits.get(edge)
  if (known) known.add(v)
  else hits.set(edge, new Set([v]))
}

/** Bends each hit edge to the vertices it passes. */
function split(
  vertices: PairIndex,
  edges: PairIndex,
  inner: Map<number, number[]>,
  hits: ReadonlyMap<number, Set<number>>,
): void {
  for (const [edge, passed] of hits) {
    const [a, b] = [edges.a(edge), edges.b(edge)]
    const eastward = Math.sign(vertices.a(b) - vertices.a(a))
    const northward = Math.sign(vertices.b(b) - vertices.b(a))
    // pixels of one column are passed in the order of y, columns in the order of x
    const path = [...passed].sort(
      (v, w) => (vertices.a(v) - vertices.a(w)) * eastward || (vertices.b(v) - vertices.b(w)) * northward,
    )
    inner.set(edge, path)
    let from = a
    for (const to of [...path, b]) {
      edges.add(Math.min(from, to), Math.max(from, to))
      from = to
    }
  }
}

/** Appends to `path` each vertex after `from` on the noded way to `to`, `to` included. */
export function walkEdge(noded: NodedEdges, from: number, to: number, path: number[]): void {
  const inside = noded.inner.get(noded.edges.find(Math.min(from, to), Math.max(from, to)))
  if (inside) {
    let at = from
    for (let i = 0; i < inside.length; i++) {
      const next = inside[from < to ? i : inside.length - 1 - i]!
      walkEdge(noded, at, next, path)
      at = next
    }
    walkEdge(noded, at, to, path)
  } else path.push(to)
}
