import { type Mesh, NO_ROAD } from './mesh.ts'
import type { ArcKind } from './town-recipe.ts'

/** Numbers of roads (and of rivers and railways) in the plan; a road met at a crossing goes on under one number. */
export class Roads {
  readonly kinds: ArcKind[] = []
  readonly #same: number[] = []

  add(kind: ArcKind): number {
    this.kinds.push(kind)
    this.#same.push(this.kinds.length - 1)
    return this.kinds.length - 1
  }

  find(road: number): number {
    let at = road
    while (at !== NO_ROAD && this.#same[at] !== at) at = this.#same[at]!
    return at
  }

  join(a: number, b: number): void {
    const [low, high] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number]
    this.#same[high] = low
  }

  /** Joins a new edge to the roads of its kind that go straight on beyond its ends. */
  goOn(mesh: Mesh, edge: number): void {
    for (const h of [2 * edge, 2 * edge + 1]) {
      const ahead = straightOn(mesh, h)
      if (ahead !== -1) this.join(mesh.road[edge]!, mesh.road[ahead >> 1]!)
    }
  }
}

/** The half-edge out of the end of `h` that continues it with the same kind within 25 degrees, or -1. */
function straightOn(mesh: Mesh, h: number): number {
  const [dx, dy] = directionOf(mesh, h)
  const kind = mesh.kind[h >> 1]
  let best = -1
  let bestCos = Math.cos((25 * Math.PI) / 180)
  for (let at = mesh.next[h]!; at !== (h ^ 1); at = mesh.next[at ^ 1]!) {
    if (mesh.kind[at >> 1] !== kind || mesh.road[at >> 1] === NO_ROAD) continue
    const [ux, uy] = directionOf(mesh, at)
    const cos = dx * ux + dy * uy
    if (cos > bestCos) [best, bestCos] = [at, cos]
  }
  return best
}

function directionOf(mesh: Mesh, h: number): [dx: number, dy: number] {
  const [a, b] = [mesh.origin[h]!, mesh.end(h)]
  const length = mesh.length(h)
  return [(mesh.x[b]! - mesh.x[a]!) / length, (mesh.y[b]! - mesh.y[a]!) / length]
}
