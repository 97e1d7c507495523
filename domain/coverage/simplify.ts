import type Flatbush from 'flatbush'
import type { MultiPolygon } from '../geometry.ts'
import { indexPlaces } from './node-edges.ts'
import { PairIndex } from './pair-index.ts'
import { RankedQueue } from './ranked-queue.ts'

/**
 * How much each vertex of a coverage matters, so that `keep if importance >= tolerance` simplifies
 * neighbouring polygons alike: no crack, no overlap, no border that crosses another, at any tolerance.
 *
 * A vertex's importance is Visvalingam and Whyatt's effective area (Line generalisation by repeated
 * elimination of points, 1993): the triangle with its neighbours at the moment it is the least one left.
 * Vertices are removed from the coverage as a whole, each border once for both its neighbours, and only where
 * the triangle is free of other vertices and its third side is no border already; so what remains is a planar
 * coverage after every single removal. Areas are made monotone: a tolerance cuts that sequence at one place.
 *
 * @param polygons neighbours that share borders vertex by vertex, in EPSG:3857 metres
 * @returns for each polygon the importance of its vertices in reading order (part, ring, vertex; the closing
 *   vertex too) in square metres of Web Mercator. Infinity: must stay (three borders meet, or the ring would
 *   fall below a triangle). A ring keeps at least three vertices at every tolerance.
 *
 * O(n log n) for n vertices whose triangles hold few others.
 */
export function vertexImportance(polygons: readonly MultiPolygon[]): Float64Array[] {
  const { vertices, ringIds } = indexVertices(polygons)
  const borders = new Borders(vertices, ringIds)
  const importance = borders.removeAll()
  return ringIds.map((rings) => Float64Array.from(rings.flat(), (id) => importance[id]!))
}

function indexVertices(polygons: readonly MultiPolygon[]) {
  const vertices = new PairIndex()
  const ringIds = polygons.map((parts) =>
    parts.flat().map((ring) => ring.map(([x, y]) => vertices.add(x, y))),
  )
  return { vertices, ringIds }
}

const NONE = -1

/** The borders of a coverage as a graph that loses its vertices of degree two, the least area first. */
class Borders {
  /** the two neighbours of a vertex on a border; NONE in the first: a junction */
  private readonly left: Int32Array
  private readonly right: Int32Array
  private readonly alive: Uint8Array
  private readonly importance: Float64Array
  private readonly queue: RankedQueue
  /** area at which a vertex waits in the queue; an entry with another area is out of date */
  private readonly queued: Float64Array
  /** vertices whose triangle holds this one: tried again when it goes */
  private readonly waiting = new Map<number, number[]>()
  private readonly places: Flatbush | null
  /** every border ever drawn; one whose ends are alive still stands */
  private readonly edges: PairIndex

  constructor(
    private readonly vertices: PairIndex,
    ringIds: readonly (readonly number[][])[],
  ) {
    const count = vertices.size
    this.left = new Int32Array(count).fill(NONE)
    this.right = new Int32Array(count).fill(NONE)
    this.alive = new Uint8Array(count).fill(1)
    this.importance = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
    this.queued = new Float64Array(count)
    const rank = ranksByPlace(vertices)
    this.queue = new RankedQueue((v) => rank[v]!)
    this.edges = new PairIndex(count * 2)
    this.link(ringIds)
    this.places = count > 0 ? indexPlaces(vertices) : null
  }

  private link(ringIds: readonly (readonly number[][])[]): void {
    const degree = new Uint8Array(this.vertices.size)
    const join = (from: number, to: number) => {
      if (degree[from] === 0) this.left[from] = to
      if (degree[from] === 1) this.right[from] = to
      degree[from] = Math.min(degree[from]! + 1, 3)
    }
    for (const ring of ringIds.flat()) {
      for (let i = 1; i < ring.length; i++) {
        const [a, b] = [ring[i - 1]!, ring[i]!]
        if (a === b || this.areJoined(a, b)) continue
        this.drawEdge(a, b)
        join(a, b)
        join(b, a)
      }
    }
    for (let v = 0; v < degree.length; v++) if (degree[v] !== 2) this.left[v] = this.right[v] = NONE
  }

  removeAll(): Float64Array {
    for (let v = 0; v < this.left.length; v++) this.enqueue(v)
    let monotone = 0
    for (;;) {
      const least = this.queue.pop()
      if (!least) return this.importance
      const { id: v, value: area } = least
      if (!this.alive[v] || this.queued[v] !== area || !this.isFree(v)) continue
      monotone = Math.max(monotone, area)
      this.remove(v, monotone)
    }
  }

  private enqueue(v: number): void {
    if (this.left[v] === NONE) return
    const area = this.triangleArea(v)
    this.queued[v] = area
    this.queue.push(v, area)
  }

  private remove(v: number, importance: number): void {
    this.importance[v] = importance
    this.alive[v] = 0
    const [a, b] = [this.left[v]!, this.right[v]!]
    this.relink(a, v, b)
    this.relink(b, v, a)
    this.drawEdge(a, b)
    const retry = this.waiting.get(v)
    this.waiting.delete(v)
    for (const w of [a, b, ...(retry ?? [])]) if (this.alive[w]) this.enqueue(w)
  }

  private drawEdge(a: number, b: number): void {
    this.edges.add(Math.min(a, b), Math.max(a, b))
  }

  private areJoined(a: number, b: number): boolean {
    return this.edges.find(Math.min(a, b), Math.max(a, b)) !== NONE
  }

  private triangleArea(v: number): number {
    const { vertices } = this
    const [a, b] = [this.left[v]!, this.right[v]!]
    // the same order for the same triangle: the last bits of an area must not depend on a ring's direction
    const [first, last] =
      vertices.a(a) < vertices.a(b) || (vertices.a(a) === vertices.a(b) && vertices.b(a) < vertices.b(b))
        ? [a, b]
        : [b, a]
    const [x, y] = [vertices.a(v), vertices.b(v)]
    const cross =
      (vertices.a(first) - x) * (vertices.b(last) - y) - (vertices.b(first) - y) * (vertices.a(last) - x)
    return Math.abs(cross) / 2
  }

  private relink(vertex: number, from: number, to: number): void {
    if (this.left[vertex] === from) this.left[vertex] = to
    else if (this.right[vertex] === from) this.right[vertex] = to
  }

  /** Whether v can go and leave a planar coverage; if not, v waits for the vertex in its way. */
  private isFree(v: number): boolean {
    const [a, b] = [this.left[v]!, this.right[v]!]
    if (this.areJoined(a, b)) return false
    const xs = [this.vertices.a(a), this.vertices.a(v), this.vertices.a(b)] as const
    const ys = [this.vertices.b(a), this.vertices.b(v), this.vertices.b(b)] as const
    let blocker = NONE
    this.places!.collides(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), (w) => {
      if (!this.alive[w] || w === a || w === b || w === v) return false
      if (!isInTriangle(xs, ys, this.vertices.a(w), this.vertices.b(w))) return false
      blocker = w
      return true
    })
    if (blocker === NONE) return true
    const others = this.waiting.get(blocker)
    if (others) others.push(v)
    else this.waiting.set(blocker, [v])
    return false
  }
}

type Triple = readonly [number, number, number]

/** Inside, on the border, or too near it for doubles to tell. */
function isInTriangle(xs: Triple, ys: Triple, x: number, y: number): boolean {
  let sides = 0
  let signs = 0
  for (let i = 0; i < 3; i++) {
    const j = (i + 1) % 3
    const side = surelySide(xs[i]!, ys[i]!, xs[j]!, ys[j]!, x, y)
    sides += Math.abs(side)
    signs += side
  }
  return Math.abs(signs) === sides
}

/** 1: left of a-b, -1: right, 0: within the rounding error of the line. */
function surelySide(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const left = (bx - ax) * (y - ay)
  const right = (by - ay) * (x - ax)
  const error = (Math.abs(left) + Math.abs(right)) * 4 * Number.EPSILON
  return left - right > error ? 1 : left - right < -error ? -1 : 0
}

/** Each vertex's place in the order of x, then y: what decides between equal areas, whatever was read first. */
function ranksByPlace(vertices: PairIndex): Uint32Array {
  const order = Uint32Array.from({ length: vertices.size }, (_, v) => v)
  order.sort((v, w) => vertices.a(v) - vertices.a(w) || vertices.b(v) - vertices.b(w))
  const rank = new Uint32Array(order.length)
  order.forEach((v, place) => {
    rank[v] = place
  })
  return rank
}
