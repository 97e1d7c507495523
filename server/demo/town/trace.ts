import type { Position, Ring } from '../../../domain/geometry.ts'
import type { Layout } from './layout.ts'
import type { Mesh } from './mesh.ts'
import type { ArcKind, TownRecipe } from './town-recipe.ts'
import { Frame, type Point, Warp } from './warp.ts'

/** An edge of the plan as it runs in the town, from the origin of half-edge `2e` to that of `2e + 1`. */
export interface Arc {
  kind: ArcKind
  road: number
  /** metres, exactly where the positions are */
  points: Point[]
  positions: Position[]
  /** half of the width of road, track or water at each point */
  halfWidthsM: number[]
}

const STEP_M = 24

/** The plan's edges bent into the town, each once, so that neighbours share every vertex. */
export class Trace {
  readonly arcs: Arc[]
  readonly frame: Frame
  readonly warp: Warp
  readonly #mesh: Mesh
  readonly #corners: Position[]

  constructor(
    { mesh, roads, extent }: Layout,
    private readonly recipe: TownRecipe,
  ) {
    this.#mesh = mesh
    this.frame = new Frame(recipe.centre)
    this.warp = new Warp(recipe, extent)
    this.#corners = mesh.x.map((x, v) => this.frame.toPosition(this.warp.apply(x, mesh.y[v]!)))
    this.arcs = mesh.kind.map((kind, edge) => this.#draw(kind, edge, roads.find(mesh.road[edge]!)))
  }

  /** The closed ring of a face, anticlockwise. */
  ring(face: number): Ring {
    const ring = this.#mesh.halfEdgesOf(face).flatMap((h) => {
      const { positions } = this.arcs[h >> 1]!
      return h % 2 ? positions.slice(1).reverse() : positions.slice(0, -1)
    })
    return [...ring, ring[0]!]
  }

  /** Half of the width of a river or stream at a place of the plan. */
  waterHalfWidthM(kind: 'river' | 'stream', x: number, y: number): number {
    const { halfWidthM } = this.recipe.arcs[kind]
    if (kind === 'river') {
      const { eastM, lengthM, widensM } = this.recipe.island
      const swell = widensM * Math.exp(-(((x - eastM) / (0.62 * lengthM)) ** 2))
      return halfWidthM * (1 + 0.11 * Math.sin(x / 610) + 0.07 * Math.sin(x / 233 + 2)) + swell
    }
    // a stream opens towards the river it flows into
    return halfWidthM * (1 + 0.18 * Math.sin(y / 340) + 2.6 * Math.exp(-Math.abs(y) / 95))
  }

  #draw(kind: ArcKind, edge: number, road: number): Arc {
    const mesh = this.#mesh
    const [a, b] = [mesh.origin[2 * edge]!, mesh.origin[2 * edge + 1]!]
    const pieces = Math.max(1, Math.round(mesh.length(2 * edge) / STEP_M))
    const positions: Position[] = []
    const halfWidthsM: number[] = []
    for (let i = 0; i <= pieces; i++) {
      const share = i / pieces
      const x = mesh.x[a]! + share * (mesh.x[b]! - mesh.x[a]!)
      const y = mesh.y[a]! + share * (mesh.y[b]! - mesh.y[a]!)
      const isWater = kind === 'river' || kind === 'stream'
      halfWidthsM.push(isWater ? this.waterHalfWidthM(kind, x, y) : this.recipe.arcs[kind].halfWidthM)
      if (i === 0) positions.push(this.#corners[a]!)
      else if (i === pieces) positions.push(this.#corners[b]!)
      else positions.push(this.frame.toPosition(this.warp.apply(x, y)))
    }
    return {
      kind,
      road,
      positions,
      points: positions.map((position) => this.frame.toMetres(position)),
      halfWidthsM,
    }
  }
}
