import { Random } from '../random.ts'
import type { Layout } from './layout.ts'
import { OUTSIDE } from './mesh.ts'
import type { Plan } from './plan.ts'
import type { Chain } from './road-chains.ts'
import type { ArcKind, TownRecipe } from './town-recipe.ts'
import type { Trace } from './trace.ts'
import { Walk } from './walk.ts'
import type { Extent, Point } from './warp.ts'

/** What the map shows outside the district, so that it does not end at the rim. */
export interface Beyond {
  grounds: { kind: 'hill' | 'village' | 'field'; ring: Point[] }[]
  /** of each chain of roads: what to put before its first and after its last point */
  tails: { before: Point[]; after: Point[] }[]
}

/** Shares of the recipe's reach by which roads and rivers go on. */
const REACH: Partial<Record<ArcKind, number>> = {
  river: 1.5,
  stream: 1.3,
  rail: 1.3,
  primary: 1,
  secondary: 0.35,
}
const STEP_M = 60

export function drawBeyond(recipe: TownRecipe, plan: Plan, trace: Trace, chains: readonly Chain[]): Beyond {
  const tails = chains.map(({ kind, halfEdges }) => {
    const reach = (REACH[kind] ?? 0) * recipe.beyondM
    return {
      before: tail(plan, trace, halfEdges[0]! ^ 1, reach).reverse(),
      after: tail(plan, trace, halfEdges.at(-1)!, reach),
    }
  })
  return { tails, grounds: [...drawHills(recipe, plan, trace), ...drawPatches(recipe, plan, trace)] }
}

/** The line on from the end of a half-edge, where that is on the rim. */
function tail({ mesh }: Layout, { warp }: Trace, h: number, reachM: number): Point[] {
  const v = mesh.end(h)
  let isOnRim = false
  let at = h ^ 1
  do {
    isOnRim ||= mesh.face[at] === OUTSIDE
    at = mesh.next[at ^ 1]!
  } while (at !== (h ^ 1))
  if (!isOnRim) return []
  const [x, y] = [mesh.x[v]!, mesh.y[v]!]
  const length = mesh.length(h)
  const [dx, dy] = [(x - mesh.x[mesh.origin[h]!]!) / length, (y - mesh.y[mesh.origin[h]!]!) / length]
  return Array.from({ length: Math.floor(reachM / STEP_M) }, (_, i) => {
    const away = (i + 1) * STEP_M
    return warp.apply(x + dx * away, y + dy * away)
  })
}

/**
 * The line of a road without what would lie in water or on tracks: it ends before those that its first and last
 * half-edge (both away from the road's end) set out from, where it does not cross them.
 */
export function stopAtBanks(
  { mesh }: Layout,
  { arcs }: Trace,
  points: Point[],
  start: number,
  end: number,
): Point[] {
  const [back, on] = [start, end].map((h) => {
    let widest = 0
    for (let at = mesh.next[h ^ 1]!; at !== h; at = mesh.next[at ^ 1]!) {
      const { kind, halfWidthsM } = arcs[at >> 1]!
      if (!ENDS_ROADS.has(kind)) continue
      widest = Math.max(widest, (at % 2 ? halfWidthsM.at(-1)! : halfWidthsM[0]!) + BANK_M)
    }
    return widest
  }) as [number, number]
  if (back + on === 0) return points
  const walk = new Walk(points)
  if (walk.lengthM < back + on + 2 * BANK_M) return points
  return walk.between(back, walk.lengthM - on)
}

const ENDS_ROADS: ReadonlySet<ArcKind> = new Set(['river', 'stream', 'rail'])
const BANK_M = 5

/** The hills on the other side of the rim, one wood for each run of hill grids along it. */
function drawHills(recipe: TownRecipe, { mesh, plots, extent }: Plan, trace: Trace): Beyond['grounds'] {
  const hills = new Set(plots.filter(({ character }) => character === 'hill').map(({ face }) => face))
  const isHill = (h: number) => hills.has(mesh.face[h ^ 1]!)
  const grounds: Beyond['grounds'] = []
  const starts = mesh.face.flatMap((face, h) =>
    face === OUTSIDE && isHill(h) && !isHill(mesh.prev[h]!) ? [h] : [],
  )
  for (const start of starts) {
    const rim: Point[] = []
    const plan: Point[] = []
    for (let h = start; isHill(h); h = mesh.next[h]!) {
      const { points } = trace.arcs[h >> 1]!
      const along = h % 2 ? [...points].reverse() : points
      rim.push(...along.slice(rim.length ? 1 : 0))
      const [a, b] = [mesh.origin[h]!, mesh.end(h)]
      for (let i = plan.length ? 1 : 0; i < along.length; i++) {
        const share = i / (along.length - 1)
        plan.push([
          mesh.x[a]! + share * (mesh.x[b]! - mesh.x[a]!),
          mesh.y[a]! + share * (mesh.y[b]! - mesh.y[a]!),
        ])
      }
    }
    const sums = [0]
    for (let i = 1; i < plan.length; i++) {
      const [[x1, y1], [x2, y2]] = [plan[i - 1]!, plan[i]!]
      sums.push(sums[i - 1]! + Math.hypot(x2 - x1, y2 - y1))
    }
    const outer = plan.map(([x, y], i): Point => {
      const [fromStart, toEnd] = [sums[i]!, sums.at(-1)! - sums[i]!]
      const reach =
        recipe.beyondM * (0.55 + 0.13 * Math.sin(fromStart / 520) + 0.05 * Math.sin(fromStart / 170))
      const away = reach * Math.min(1, Math.min(fromStart, toEnd) / FOOT_M) ** 0.6
      const [dx, dy] = outwardAt(extent, x, y)
      return trace.warp.apply(x + dx * away, y + dy * away)
    })
    grounds.push({ kind: 'hill', ring: [...rim, ...outer.reverse()] })
  }
  return grounds
}

/** Over this much of the rim the hills rise to their full depth. */
const FOOT_M = 900

/** The direction away from the plan, turning smoothly round its corners. */
function outwardAt({ west, east, south, north }: Extent, x: number, y: number): Point {
  const dx = Math.sign(x) * (x / (x < 0 ? west : east)) ** 4
  const dy = Math.sign(y) * (y / (y < 0 ? south : north)) ** 4
  const length = Math.hypot(dx, dy)
  return [dx / length, dy / length]
}

/** Groves, fields and neighbouring villages, thinner with the distance. */
function drawPatches(recipe: TownRecipe, { extent }: Plan, { warp }: Trace): Beyond['grounds'] {
  const random = new Random(recipe.seed, 10)
  const patches: { kind: Beyond['grounds'][number]['kind']; x: number; y: number; size: number }[] = []
  const { west, east, south, north } = extent
  const count = Math.round((east - west + north - south) / 260)
  for (let attempt = 0; attempt < 12 * count && patches.length < count; attempt++) {
    const size = random.between(110, 330)
    const away = size * 1.35 + 160 + random.next() ** 1.6 * (recipe.beyondM - 500)
    const { x, y } = placeBeyond(extent, random.next(), away)
    const kind = random.pick(['field', 'field', 'hill', 'village'] as const)
    const isInHills = x > recipe.hillsFrom * 0.8 * east
    const isInWater = Math.abs(y) < size * 1.35 + 140 || (y > 0 && Math.abs(x) < size * 1.35 + 60)
    const isTaken = patches.some((other) => Math.hypot(other.x - x, other.y - y) < 1.35 * (size + other.size))
    if (!isInHills && !isInWater && !isTaken) patches.push({ kind, x, y, size })
  }
  return patches.map(({ kind, x, y, size }) => {
    const phase = random.between(0, 6)
    const ring = Array.from({ length: 40 }, (_, i): Point => {
      const angle = (2 * Math.PI * i) / 40
      const reach = size * (1 + 0.2 * Math.sin(3 * angle + phase) + 0.12 * Math.sin(5 * angle + 2 * phase))
      return warp.apply(x + 1.15 * reach * Math.cos(angle), y + 0.85 * reach * Math.sin(angle))
    })
    return { kind, ring }
  })
}

/** A place so far outside the rim, `share` of the way round from the south-western corner. */
function placeBeyond(
  { west, east, south, north }: Extent,
  share: number,
  away: number,
): { x: number; y: number } {
  const [width, height] = [east - west, north - south]
  const at = share * 2 * (width + height)
  if (at < width) return { x: west + at, y: south - away }
  if (at < width + height) return { x: east + away, y: south + at - width }
  if (at < 2 * width + height) return { x: east - (at - width - height), y: north + away }
  return { x: west - away, y: north - (at - 2 * width - height) }
}
