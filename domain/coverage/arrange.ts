import { findBorders } from './borders.ts'
import { coverFaces } from './cover-faces.ts'
import { type HalfEdges, linkHalfEdges } from './half-edges.ts'
import { type NodedEdges, nodeEdges, walkEdge } from './node-edges.ts'
import { PairIndex } from './pair-index.ts'
import type { Part } from './parts.ts'

/** A line that is no border of any part but must become one of the arrangement's edges. */
export interface Bridge {
  ax: number
  ay: number
  bx: number
  by: number
}

export const UNBOUNDED = 0

/**
 * The planar arrangement of all borders: the plane cut into faces, each with the keys that cover it. Face 0 is
 * the rest of the world.
 */
export interface Arrangement extends HalfEdges {
  vertices: PairIndex
  /** face on the left of each half-edge */
  face: Int32Array
  /** twice the area of each face in square units; of face 0: 0 */
  faceDoubleAreas: number[]
  /** the keys that cover each face, ascending; equal lists are one object */
  faceKeys: (readonly number[])[]
  /** for each part, its rings' vertices after noding */
  rings: number[][][]
  /** for each part, the vertices that noding added to it */
  added: number[][]
  /** for each bridge, the edges it became */
  bridgeEdges: number[][]
}

/**
 * Nodes the borders of `parts`, cuts the plane along them, and tells which keys cover each face. A part covers
 * what lies inside an odd number of its rings; a border that a part walks twice is none.
 *
 * O((n + k) log n) for n vertices and k meetings of borders.
 */
export function arrange(parts: readonly Part[], bridges: readonly Bridge[] = []): Arrangement {
  const total = parts.reduce((sum, { rings }) => rings.reduce((n, { xs }) => n + xs.length, sum), 0)
  const vertices = new PairIndex(total)
  const edges = new PairIndex(total)
  const given = parts.map(({ rings }) => rings.map(({ xs, ys }) => xs.map((x, i) => vertices.add(x, ys[i]!))))
  for (const ring of given.flat()) {
    let from = ring.at(-1)!
    for (const to of ring) {
      edges.add(Math.min(from, to), Math.max(from, to))
      from = to
    }
  }
  const bridgeEnds = bridges.map(
    ({ ax, ay, bx, by }) => [vertices.add(ax, ay), vertices.add(bx, by)] as const,
  )
  for (const [a, b] of bridgeEnds) if (a !== b) edges.add(Math.min(a, b), Math.max(a, b))

  const noded = nodeEdges(vertices, edges)
  const added: number[][] = parts.map(() => [])
  const rings = given.map((ringsOfPart, part) =>
    ringsOfPart.map((ring) => {
      const path: number[] = []
      let from = ring.at(-1)!
      for (const to of ring) {
        const first = path.length
        walkEdge(noded, from, to, path)
        for (let i = first; i < path.length - 1; i++) added[part]!.push(path[i]!)
        from = to
      }
      return path
    }),
  )
  const bridgePieces = bridgeEnds.map(([a, b]) => piecesOf(noded, a, b))
  const borders = findBorders(edges, rings, new Set(bridgePieces.flat()))
  const halfEdges = linkHalfEdges(vertices, borders.from, borders.to)
  const cover = coverFaces(vertices, halfEdges, parts, borders)
  const bridgeEdges = bridgePieces.map((pieces) => pieces.map((edge) => borders.numberOf[edge]!))
  return { vertices, ...halfEdges, ...cover, rings, added, bridgeEdges }
}

/** The noded pieces of the edge from a to b. */
function piecesOf(noded: NodedEdges, a: number, b: number): number[] {
  const path: number[] = []
  if (a !== b) walkEdge(noded, a, b, path)
  return path.map((to, i) => {
    const from = path[i - 1] ?? a
    return noded.edges.find(Math.min(from, to), Math.max(from, to))
  })
}
