import Flatbush from 'flatbush'
import { type Arrangement, arrange, type Bridge } from './arrange.ts'
import { doCross } from './lattice.ts'
import { type Scale, scaleAt } from './metric.ts'
import type { Part } from './parts.ts'
import { type SliverLimits, settle } from './settle.ts'

/**
 * Lines that shut off slivers which are open at an end, or between grids that nowhere touch: from a vertex on
 * the shore of what nothing covers to the nearest shore of another key within the tolerance. Only those are
 * answered behind which a sliver is then closed; the mouth of a wide bay is none.
 */
export function findBridges(
  { arrangement, keysOfFace: settled }: { arrangement: Arrangement; keysOfFace: (readonly number[])[] },
  parts: readonly Part[],
  keys: readonly string[],
  limits: SliverLimits,
): Bridge[] {
  const candidates = new Shores(arrangement, settled).bridges(limits.toleranceM)
  if (candidates.length === 0) return []
  const trial = arrange(parts, candidates)
  const { keysOfFace } = settle(trial, keys, limits)
  const closes = (face: number) => trial.faceKeys[face]!.length === 0 && keysOfFace[face]!.length > 0
  return candidates.filter((_, i) =>
    trial.bridgeEdges[i]!.some((edge) => closes(trial.face[2 * edge]!) || closes(trial.face[2 * edge + 1]!)),
  )
}

interface Shore {
  /** vertices at its ends */
  a: number
  b: number
  /** the uncovered face it bounds */
  face: number
  keys: readonly number[]
}

/** The borders between what some key covers and what none does. */
class Shores {
  private readonly shores: Shore[] = []
  private readonly boxes: Flatbush | null
  private readonly keysAt = new Map<number, Set<number>>()
  private readonly facesAt = new Map<number, Set<number>>()

  constructor(
    private readonly arrangement: Arrangement,
    keysOfFace: readonly (readonly number[])[],
  ) {
    const { face, origin } = arrangement
    face.forEach((water, h) => {
      const keys = keysOfFace[face[h ^ 1]!]!
      if (keysOfFace[water]!.length === 0 && keys.length > 0)
        this.add({ a: origin[h]!, b: origin[h ^ 1]!, face: water, keys })
    })
    this.boxes = this.shores.length > 0 ? this.index() : null
  }

  private add(shore: Shore): void {
    this.shores.push(shore)
    for (const v of [shore.a, shore.b]) {
      const keys = this.keysAt.get(v)
      if (keys) for (const key of shore.keys) keys.add(key)
      else this.keysAt.set(v, new Set(shore.keys))
      const faces = this.facesAt.get(v)
      if (faces) faces.add(shore.face)
      else this.facesAt.set(v, new Set([shore.face]))
    }
  }

  private index(): Flatbush {
    const { vertices } = this.arrangement
    const boxes = new Flatbush(this.shores.length)
    for (const { a, b } of this.shores) {
      const [ax, ay, bx, by] = [vertices.a(a), vertices.b(a), vertices.a(b), vertices.b(b)]
      boxes.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
    boxes.finish()
    return boxes
  }

  bridges(toleranceM: number): Bridge[] {
    const { vertices } = this.arrangement
    return [...this.keysAt.keys()].flatMap((v) =>
      [...this.nearestOfOthers(v, toleranceM)]
        .map(({ x, y, shore }) => ({ bridge: { ax: vertices.a(v), ay: vertices.b(v), bx: x, by: y }, shore }))
        .filter(({ bridge, shore }) => !this.crossesAnother(bridge, shore))
        .map(({ bridge }) => bridge),
    )
  }

  /** Whether it runs over land, or another water, before it reaches its shore. */
  private crossesAnother({ ax, ay, bx, by }: Bridge, reached: Shore): boolean {
    const { vertices } = this.arrangement
    const [west, east] = [Math.min(ax, bx), Math.max(ax, bx)]
    const [south, north] = [Math.min(ay, by), Math.max(ay, by)]
    return this.boxes!.collides(west, south, east, north, (index) => {
      const shore = this.shores[index]!
      const [cx, cy] = [vertices.a(shore.a), vertices.b(shore.a)]
      const [dx, dy] = [vertices.a(shore.b), vertices.b(shore.b)]
      return shore !== reached && doCross(ax, ay, bx, by, cx, cy, dx, dy)
    })
  }

  /** For each foreign key on the same water, the landing nearest to v. */
  private nearestOfOthers(v: number, toleranceM: number): Iterable<Landing> {
    const { vertices } = this.arrangement
    const [x, y] = [vertices.a(v), vertices.b(v)]
    const scale = scaleAt(y)
    const [reachX, reachY] = [toleranceM / scale.x, toleranceM / scale.y]
    const nearest = new Map<number, Landing>()
    this.boxes?.search(x - reachX, y - reachY, x + reachX, y + reachY, (index) => {
      const shore = this.shores[index]!
      if (!this.facesAt.get(v)!.has(shore.face) || this.isOwn(v, shore.keys)) return false
      const landing = this.landing(v, shore, scale, toleranceM)
      const known = nearest.get(shore.keys[0]!)
      if (landing && (!known || isNearer(landing, known))) nearest.set(shore.keys[0]!, landing)
      return false
    })
    return nearest.values()
  }

  private isOwn(v: number, keys: Iterable<number>): boolean {
    const own = this.keysAt.get(v)!
    for (const key of keys) if (own.has(key)) return true
    return false
  }

  /**
   * An end of the shore within the tolerance that does not touch v's own keys, or, where no end is so near, the
   * point straight across. To go straight across beside an end would add vertex after vertex between the two.
   */
  private landing(v: number, shore: Shore, scale: Scale, toleranceM: number): Landing | null {
    const { a, b } = shore
    const { vertices } = this.arrangement
    const [vx, vy] = [vertices.a(v), vertices.b(v)]
    const at = (x: number, y: number): Landing => ({
      shore,
      x,
      y,
      distanceM: Math.hypot((x - vx) * scale.x, (y - vy) * scale.y),
    })
    const [ax, ay, bx, by] = [vertices.a(a), vertices.b(a), vertices.a(b), vertices.b(b)]
    const near = [
      { end: a, ...at(ax, ay) },
      { end: b, ...at(bx, by) },
    ].filter(({ distanceM }) => distanceM <= toleranceM)
    if (near.length > 0) {
      const [first, second] = near.filter(({ end }) => !this.isOwn(v, this.keysAt.get(end)!))
      return second && isNearer(second, first!) ? second : (first ?? null)
    }
    const [dx, dy] = [(bx - ax) * scale.x, (by - ay) * scale.y]
    const along = ((vx - ax) * scale.x * dx + (vy - ay) * scale.y * dy) / (dx * dx + dy * dy)
    if (along <= 0 || along >= 1) return null
    const foot = at(Math.floor(ax + along * (bx - ax) + 0.5), Math.floor(ay + along * (by - ay) + 0.5))
    return foot.distanceM <= toleranceM ? foot : null
  }
}

interface Landing {
  shore: Shore
  x: number
  y: number
  distanceM: number
}

function isNearer(one: Landing, other: Landing): boolean {
  return (one.distanceM - other.distanceM || one.x - other.x || one.y - other.y) < 0
}
