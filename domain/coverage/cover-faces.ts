import type { Borders } from './borders.ts'
import type { HalfEdges } from './half-edges.ts'
import { nestCycles } from './nest-cycles.ts'
import type { PairIndex } from './pair-index.ts'
import type { Part } from './parts.ts'

export interface Cover {
  face: Int32Array
  faceDoubleAreas: number[]
  faceKeys: (readonly number[])[]
}

/**
 * Tells which keys cover each face: from face 0, which none covers, outward in; crossing an edge enters the
 * parts that the edge borders, or leaves them.
 */
export function coverFaces(
  vertices: PairIndex,
  halfEdges: HalfEdges,
  parts: readonly Part[],
  borders: Borders,
): Cover {
  const faceOfCycle = nestCycles(vertices, halfEdges)
  const face = halfEdges.cycle.map((cycle) => faceOfCycle[cycle]!)
  const cycles = cyclesOfFaces(faceOfCycle)
  const faceDoubleAreas = cycles.map((own) =>
    own.reduce((sum, cycle) => sum + halfEdges.doubleAreas[cycle]!, 0),
  )
  faceDoubleAreas[0] = 0
  const covering: (readonly number[] | undefined)[] = cycles.map(() => undefined)
  covering[0] = []
  const reached = [0]
  for (let at = reached.pop(); at !== undefined; at = reached.pop()) {
    for (const cycle of cycles[at]!) {
      const first = halfEdges.start[cycle]!
      let h = first
      do {
        const other = face[h ^ 1]!
        if (covering[other] === undefined) {
          covering[other] = toggle(covering[at]!, borders.partsOf(h >> 1))
          reached.push(other)
        }
        h = halfEdges.next[h]!
      } while (h !== first)
    }
  }
  return { face, faceDoubleAreas, faceKeys: keysOf(covering as number[][], parts) }
}

function cyclesOfFaces(faceOfCycle: Int32Array): number[][] {
  const cycles: number[][] = [[]]
  faceOfCycle.forEach((face, cycle) => {
    while (cycles.length <= face) cycles.push([])
    cycles[face]!.push(cycle)
  })
  return cycles
}

/** What is in one of the two lists but not in both. */
function toggle(some: readonly number[], others: Int32Array): readonly number[] {
  return [...some.filter((one) => !others.includes(one)), ...others.filter((one) => !some.includes(one))]
}

function keysOf(covering: readonly (readonly number[])[], parts: readonly Part[]): (readonly number[])[] {
  const known = new Map<string, readonly number[]>()
  return covering.map((own) => {
    const keys = [...new Set(own.map((part) => parts[part]!.key))].sort((a, b) => a - b)
    const text = keys.join()
    const same = known.get(text)
    if (!same) known.set(text, keys)
    return same ?? keys
  })
}
