import { Random } from '../random.ts'
import { type CutOptions, type Line, Mesh, NO_ROAD } from './mesh.ts'
import { Roads } from './roads.ts'
import { shareOut } from './share-out.ts'
import { chooseThemes } from './themes.ts'
import type { ThemeName, TownRecipe } from './town-recipe.ts'
import type { Extent } from './warp.ts'

/** A face of the plan between main roads, rivers and the railway, and the number of grids it is to hold. */
export interface Block {
  face: number
  theme: ThemeName
  bank: Bank
  grids: number
}

export interface Layout {
  mesh: Mesh
  roads: Roads
  blocks: Block[]
  extent: Extent
}

/** Which side of the rivers. */
type Bank = 'north-west' | 'north-east' | 'south'

/**
 * The plan's main lines, the confluence at 0, 0: the river from west to east, the stream from the north, roads
 * along the river, a railway, main roads with bridges, and the blocks between them with their share of the grids.
 */
export function layOut(shipped: TownRecipe, gridCount: number): Layout {
  const stretch = Math.sqrt(gridCount / shipped.grids)
  const recipe = fitRoads(shipped, stretch)
  const { west, east, south, north } = recipe.extentM
  const extent = {
    west: -west * stretch,
    east: east * stretch,
    south: -south * stretch,
    north: north * stretch,
  }
  const mesh = new Mesh(extent.west, extent.south, extent.east, extent.north)
  const layer = new Layer(mesh, recipe, extent)
  layer.drawWaters()
  layer.drawRiversideRoads()
  layer.drawRailway()
  layer.drawAvenues()
  layer.drawCrossRoads()
  const themes = chooseThemes(mesh, recipe, extent)
  calmHills(mesh, themes)
  const weights = themes.map((theme, face) => mesh.area(face) / recipe.themes[theme].gridHa)
  const shares = shareOut(gridCount, weights, 1)
  const blocks = themes.map((theme, face) => ({
    face,
    theme,
    bank: bankOf(mesh, face),
    grids: shares[face]!,
  }))
  return { mesh, roads: layer.roads, blocks, extent }
}

/** Main roads nearer to each other where the district is small: it shall have all kinds of parts too. */
function fitRoads(recipe: TownRecipe, stretch: number): TownRecipe {
  const { mainRoads } = recipe
  const firstM = mainRoads.firstM * Math.min(1, 1.6 * stretch)
  return {
    ...recipe,
    mainRoads: { ...mainRoads, firstM, railEastM: mainRoads.railEastM * Math.min(1, stretch) },
  }
}

function bankOf(mesh: Mesh, face: number): Bank {
  const [x, y] = mesh.middle(face)
  return y < 0 ? 'south' : x < 0 ? 'north-west' : 'north-east'
}

/** No streets on a hill: where there is one on both sides, only a path runs along the ridge. */
function calmHills(mesh: Mesh, themes: readonly ThemeName[]): void {
  for (let edge = 0; edge < mesh.kind.length; edge++) {
    const [left, right] = [mesh.face[2 * edge]!, mesh.face[2 * edge + 1]!]
    const kind = mesh.kind[edge]
    if (kind !== 'primary' && kind !== 'secondary') continue
    if (themes[left] !== 'hill' || themes[right] !== 'hill') continue
    mesh.kind[edge] = 'ridge'
    mesh.road[edge] = NO_ROAD
  }
}

class Layer {
  readonly roads = new Roads()
  readonly #random: Random

  constructor(
    private readonly mesh: Mesh,
    private readonly recipe: TownRecipe,
    private readonly extent: Extent,
  ) {
    this.#random = new Random(recipe.seed, 1)
  }

  drawWaters(): void {
    this.#cutAcross({ x: 0, y: 0, dx: 1, dy: 0 }, 'river', () => true)
    this.#cutAcross({ x: 0, y: 0, dx: 0, dy: 1 }, 'stream', (_, y) => y > 0)
  }

  drawRiversideRoads(): void {
    const { riversideM } = this.recipe.mainRoads
    this.#cutAcross({ x: 0, y: riversideM, dx: 1, dy: 0 }, 'primary', (_, y) => y > 0)
    this.#cutAcross({ x: 0, y: -riversideM, dx: 1, dy: 0 }, 'primary', (_, y) => y < 0)
  }

  drawRailway(): void {
    const { railEastM } = this.recipe.mainRoads
    const line = { x: railEastM, y: 0, ...direction(90 - 4) }
    this.#cutAcross(line, 'rail', () => true)
  }

  /** Roads away from the river: every second one crosses it, the others begin at the riverside road. */
  drawAvenues(): void {
    const { firstM, growth, railEastM } = this.recipe.mainRoads
    for (const [side, rim] of [
      [-1, -this.extent.west],
      [1, this.extent.east],
    ] as const) {
      let step = firstM
      let hasBridge = side < 0
      for (let x = firstM / 2; x < rim - 0.6 * step; x += step, step *= growth, hasBridge = !hasBridge) {
        if (Math.abs(side * x - railEastM) < 0.3 * step) continue
        const line = () => ({
          x: side * x + this.#random.between(-0.12, 0.12) * step,
          y: 0,
          ...direction(90 + this.#random.between(-4, 4)),
        })
        if (hasBridge) this.#cutAcross(line(), 'primary', () => true)
        else {
          this.#cutAcross(line(), 'secondary', (_, y) => y > this.recipe.mainRoads.riversideM)
          this.#cutAcross(line(), 'secondary', (_, y) => y < -this.recipe.mainRoads.riversideM)
        }
      }
    }
  }

  /** Roads along the river, further and further from it, from avenue to avenue: most go on, some are staggered. */
  drawCrossRoads(): void {
    const { firstM, growth, riversideM } = this.recipe.mainRoads
    const middles = this.mesh.entry.map((_, face) => this.mesh.middle(face))
    const columns = middles
      .map(([x, y], face) => ({ face, x, y }))
      .filter(({ y }) => Math.abs(y) > riversideM)
      .sort((a, b) => Math.abs(a.x) - Math.abs(b.x))
    for (const { face, x, y } of columns) {
      const side = Math.sign(y)
      const rim = side < 0 ? -this.extent.south : this.extent.north
      let step = firstM
      let kind: 'primary' | 'secondary' = 'secondary'
      for (let away = riversideM + step; away < rim - 0.6 * step; away += step) {
        const isStaggered = this.#random.chance(0.22)
        const shift = this.#random.between(-1, 1) * (isStaggered ? 0.22 : 0.08) * step
        const line = {
          x,
          y: side * (away + shift),
          // what lies outward is left of the line and keeps its number
          ...direction((side < 0 ? 180 : 0) + this.#random.between(-3, 3)),
        }
        const cut = this.mesh.cut(face, line, {
          kind,
          road: this.roads.add(kind),
          joinM: isStaggered ? 0 : 0.2 * step,
        })
        if (cut) this.roads.goOn(this.mesh, cut.edge)
        step *= growth
        kind = kind === 'secondary' ? 'primary' : 'secondary'
      }
    }
  }

  /** Cuts all faces on the way of a line whose middles are wanted; one road from the first to the last. */
  #cutAcross(line: Line, kind: CutOptions['kind'], isWanted: (x: number, y: number) => boolean): void {
    const { mesh } = this
    const road = this.roads.add(kind)
    const along = (x: number, y: number) => (x - line.x) * line.dx + (y - line.y) * line.dy
    const faces = mesh.entry
      .map((_, face) => ({ face, middle: mesh.middle(face) }))
      .filter(({ middle }) => isWanted(...middle))
      .sort((a, b) => along(...a.middle) - along(...b.middle))
    let last = -1
    for (const { face } of faces) {
      const start = mesh.halfEdgesOf(face).find((h) => mesh.origin[h] === last)
      const through = start === undefined ? line : { ...line, x: mesh.x[last]!, y: mesh.y[last]! }
      const cut = mesh.cut(face, through, { kind, road, joinM: 0 })
      if (!cut) continue
      const [a, b] = [mesh.origin[2 * cut.edge]!, mesh.origin[2 * cut.edge + 1]!]
      last = along(mesh.x[a]!, mesh.y[a]!) > along(mesh.x[b]!, mesh.y[b]!) ? a : b
    }
  }
}

function direction(degrees: number): { dx: number; dy: number } {
  const angle = (degrees * Math.PI) / 180
  return { dx: Math.cos(angle), dy: Math.sin(angle) }
}
