import type { Point } from './warp.ts'

/** Cells that touch each other, to be grouped into connected parts of like weight. */
export interface Territory {
  weights: number[]
  middles: Point[]
  /** of each cell, its neighbours and how closely it is tied to them */
  ties: Map<number, number>[]
}

const DIRECTIONS = Array.from({ length: 8 }, (_, i): Point => {
  const angle = (i * Math.PI) / 4 + 0.3
  return [Math.cos(angle), Math.sin(angle)]
})

/**
 * Divides connected cells into `count` connected parts of like weight by halving again and again: a half grows
 * from a cell at the rim by what is near and closely tied; of several tries the most even with the weakest ties
 * cut is taken. Needs `count <= members.length`. O(count * n²) at worst.
 */
export function divide(territory: Territory, members: readonly number[], count: number): number[][] {
  if (count === 1) return [[...members]]
  const half = Math.floor(count / 2)
  const best = startsOf(territory, members)
    .map((start) => halve(territory, members, start, half, count))
    .filter((halves) => halves !== null)
    .sort((a, b) => a.score - b.score)[0]
  if (!best) throw new Error(`cells cannot be divided into ${count} connected parts`)
  return [...divide(territory, best.part, half), ...divide(territory, best.rest, count - half)]
}

function startsOf({ middles }: Territory, members: readonly number[]): number[] {
  const starts = DIRECTIONS.map(([dx, dy]) => {
    const reach = (cell: number) => middles[cell]![0] * dx + middles[cell]![1] * dy
    return members.reduce((a, b) => (reach(b) > reach(a) ? b : a))
  })
  return [...new Set(starts)]
}

function halve(territory: Territory, members: readonly number[], start: number, half: number, count: number) {
  const { weights, middles, ties } = territory
  const total = members.reduce((sum, cell) => sum + weights[cell]!, 0)
  const wanted = (total * half) / count
  const open = new Set(members)
  const part: number[] = []
  const [x0, y0] = middles[start]!
  /** of cells next to the part: how closely tied */
  const front = new Map([[start, 0]])
  let weight = 0
  while (front.size && open.size > count - half) {
    let best = -1
    let bestRank = Number.POSITIVE_INFINITY
    for (const [cell, tie] of front) {
      const rank = Math.hypot(middles[cell]![0] - x0, middles[cell]![1] - y0) - 0.5 * tie
      if (rank < bestRank) [best, bestRank] = [cell, rank]
    }
    if (part.length >= half && weight + weights[best]! / 2 > wanted) break
    front.delete(best)
    open.delete(best)
    part.push(best)
    weight += weights[best]!
    for (const [to, tie] of ties[best]!) if (open.has(to)) front.set(to, (front.get(to) ?? 0) + tie)
  }
  const pieces = connectedPieces(territory, open).sort((a, b) => b.length - a.length)
  for (const cell of pieces.slice(1).flat()) {
    part.push(cell)
    open.delete(cell)
  }
  if (open.size < count - half || part.length < half) return null
  const rest = members.filter((cell) => open.has(cell))
  const held = part.reduce((sum, cell) => sum + weights[cell]!, 0)
  let cut = 0
  for (const cell of part) for (const [to, tie] of ties[cell]!) if (open.has(to)) cut += tie
  return { part, rest, score: (4 * Math.abs(held - wanted)) / wanted + cut / 3000 }
}

function connectedPieces({ ties }: Territory, cells: ReadonlySet<number>): number[][] {
  const seen = new Set<number>()
  const pieces: number[][] = []
  for (const cell of cells) {
    if (seen.has(cell)) continue
    seen.add(cell)
    const piece = [cell]
    for (const at of piece) {
      for (const to of ties[at]!.keys()) {
        if (!cells.has(to) || seen.has(to)) continue
        seen.add(to)
        piece.push(to)
      }
    }
    pieces.push(piece)
  }
  return pieces
}
