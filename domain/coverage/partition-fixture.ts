import type { Position, Ring } from '../geometry.ts'
import type { CoverageGrid } from './parts.ts'

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface PartitionShape {
  columns: number
  rows: number
  /** bends of each border between two corners; two more vertices lie on the straight before each */
  bendsPerSide: number
  /** side of a cell */
  cellM: number
  seed: number
}

const ORIGIN: Position = [116.3, 39.9]
const DEGREES_PER_METRE: Position = [1 / 85_395, 1 / 111_040]

/** The point so many metres east and north of a place in Beijing, on the lattice. */
export function place(eastM: number, northM: number): Position {
  return [snap(ORIGIN[0] + eastM * DEGREES_PER_METRE[0]), snap(ORIGIN[1] + northM * DEGREES_PER_METRE[1])]
}

function snap(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}

/** A clean coverage: crooked cells in rows and columns that share every vertex of their borders. */
export function partition({ columns, rows, bendsPerSide, cellM, seed }: PartitionShape): CoverageGrid[] {
  const random = randomFrom(seed)
  const jitter = () => (random() - 0.5) * 0.4
  const corner = (): Position => [jitter(), jitter()]
  const corners = Array.from({ length: (columns + 1) * (rows + 1) }, corner)
  const at = (column: number, row: number): Position => {
    const [dx, dy] = corners[row * (columns + 1) + column]!
    return [column + dx, row + dy]
  }
  const sides = new Map<string, Position[]>()
  const side = (a: [number, number], b: [number, number]): Position[] => {
    const name = `${a} ${b}`
    const known = sides.get(name)
    if (known) return known
    const [[ax, ay], [bx, by]] = [at(...a), at(...b)]
    const bends = Array.from({ length: bendsPerSide }, (_, i): Position => {
      const share = (i + 1) / (bendsPerSide + 1)
      const wiggle = (random() - 0.5) * 0.2 * Math.min(share, 1 - share)
      return [ax + (bx - ax) * share - (by - ay) * wiggle, ay + (by - ay) * share + (bx - ax) * wiggle]
    })
    const turns: Position[] = [[ax, ay], ...bends, [bx, by]]
    const path = turns
      .flatMap(([x, y], i): Position[] => {
        const [px, py] = turns[i - 1] ?? [x, y]
        if (i === 0) return [[x, y]]
        return [1 / 3, 2 / 3, 1].map((share) => [px + (x - px) * share, py + (y - py) * share])
      })
      .map(([x, y]) => place(x * cellM, y * cellM))
    sides.set(name, path)
    return path
  }
  const cells = Array.from(
    { length: columns * rows },
    (_, i) => [i % columns, Math.floor(i / columns)] as const,
  )
  return cells.map(([c, r], i) => {
    const south = side([c, r], [c + 1, r])
    const east = side([c + 1, r], [c + 1, r + 1])
    const north = side([c, r + 1], [c + 1, r + 1]).toReversed()
    const west = side([c, r], [c, r + 1]).toReversed()
    const ring: Ring = [...south, ...east.slice(1), ...north.slice(1), ...west.slice(1)]
    return { key: String(i + 1).padStart(6, '0'), geometry: [[ring]] }
  })
}

export interface Dirt {
  /** share of the vertices on straights that one of two neighbours has lost */
  dropped: number
  /** share that is there twice */
  doubled: number
  /** how far, at most, each grid's vertices stand from where its neighbour has them */
  jitterM: number
  seed: number
}

/** The same grids as people deliver them: drawn one by one, in any order, from any vertex and either way round. */
export function soil(
  grids: readonly CoverageGrid[],
  { dropped, doubled, jitterM, seed }: Dirt,
): CoverageGrid[] {
  const random = randomFrom(seed)
  const displaced = ([lng, lat]: Position): Position => {
    const [angle, distance] = [random() * 2 * Math.PI, random() * jitterM]
    return [
      lng + Math.cos(angle) * distance * DEGREES_PER_METRE[0],
      lat + Math.sin(angle) * distance * DEGREES_PER_METRE[1],
    ]
  }
  const soiled = grids.map(({ key, geometry }) => ({
    key,
    geometry: geometry.map((polygon) =>
      polygon.map((ring): Ring => {
        const open = ring.slice(0, -1)
        const kept = open.filter((_, i) => i % 3 === 0 || random() >= dropped).map(displaced)
        const start = Math.floor(random() * kept.length)
        const turned = [...kept.slice(start), ...kept.slice(0, start)]
        const repeated = turned.flatMap((p) => (random() < doubled ? [p, p] : [p]))
        const closed = [...repeated, repeated[0]!]
        return random() < 0.5 ? closed : closed.toReversed()
      }),
    ),
  }))
  return soiled
    .map((grid) => ({ grid, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ grid }) => grid)
}
