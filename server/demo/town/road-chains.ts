import type { Position } from '../../../domain/geometry.ts'
import type { Mesh } from './mesh.ts'
import type { Arc, Trace } from './trace.ts'
import type { Point } from './warp.ts'

/** Arcs of one road one after another: half-edges, each beginning where the one before ends. */
export interface Chain {
  road: number
  kind: Arc['kind']
  halfEdges: number[]
}

/** The longest lines that the arcs of each road make up, in the order of the roads' numbers. */
export function chainRoads(mesh: Mesh, arcs: readonly Arc[]): Chain[] {
  const edgesOf = new Map<number, number[]>()
  arcs.forEach(({ road }, edge) => {
    if (road === -1) return
    const edges = edgesOf.get(road)
    if (edges) edges.push(edge)
    else edgesOf.set(road, [edge])
  })
  return [...edgesOf]
    .sort(([a], [b]) => a - b)
    .flatMap(([road, edges]) =>
      chainEdges(mesh, edges).map((halfEdges) => ({ road, kind: arcs[edges[0]!]!.kind, halfEdges })),
    )
}

function chainEdges(mesh: Mesh, edges: readonly number[]): number[][] {
  const leaving = new Map<number, number[]>()
  for (const h of edges.flatMap((edge) => [2 * edge, 2 * edge + 1])) {
    const list = leaving.get(mesh.origin[h]!)
    if (list) list.push(h)
    else leaving.set(mesh.origin[h]!, [h])
  }
  const walked = new Set<number>()
  const walk = (start: number): number[] => {
    const chain: number[] = []
    for (let h: number | undefined = start; h !== undefined; ) {
      walked.add(h >> 1)
      chain.push(h)
      h = leaving.get(mesh.end(h))!.find((other) => !walked.has(other >> 1))
    }
    return chain
  }
  const ends = [...leaving.values()].filter((list) => list.length === 1).map(([h]) => h!)
  const chains: number[][] = []
  for (const h of [...ends, ...edges.map((edge) => 2 * edge)]) if (!walked.has(h >> 1)) chains.push(walk(h))
  return chains
}

/** A chain as one line. */
export function lineOf({ halfEdges }: Chain, { arcs }: Trace) {
  const points: Point[] = []
  const positions: Position[] = []
  const halfWidthsM: number[] = []
  for (const h of halfEdges) {
    const arc = arcs[h >> 1]!
    const order = <T>(list: readonly T[]) =>
      (h % 2 ? [...list].reverse() : [...list]).slice(points.length ? 1 : 0)
    const [ps, qs, ws] = [order(arc.points), order(arc.positions), order(arc.halfWidthsM)]
    points.push(...ps)
    positions.push(...qs)
    halfWidthsM.push(...ws)
  }
  return { points, positions, halfWidthsM }
}

/** Where house numbers of each edge count from, in metres of its road, and whether they grow along `2e`. */
export interface Milestones {
  startM: Float64Array
  lengthM: Float64Array
  isForward: Uint8Array
}

export function milestonesOf(chains: readonly Chain[], arcs: readonly Arc[]): Milestones {
  const startM = new Float64Array(arcs.length)
  const lengthM = Float64Array.from(arcs, ({ points }) => {
    let sum = 0
    for (let i = 1; i < points.length; i++) {
      sum += Math.hypot(points[i]![0] - points[i - 1]![0], points[i]![1] - points[i - 1]![1])
    }
    return sum
  })
  const isForward = new Uint8Array(arcs.length)
  const nextStart = new Map<number, number>()
  for (const { road, halfEdges } of chains) {
    let at = nextStart.get(road) ?? 0
    for (const h of halfEdges) {
      startM[h >> 1] = at
      isForward[h >> 1] = h % 2 ? 0 : 1
      at += lengthM[h >> 1]!
    }
    nextStart.set(road, at)
  }
  return { startM, lengthM, isForward }
}
