import { Random } from '../random.ts'
import { CharacterDeal } from './character-deal.ts'
import { divide, type Territory } from './divide.ts'
import { type Block, type Layout, layOut } from './layout.ts'
import { type Mesh, OUTSIDE } from './mesh.ts'
import { shareOut } from './share-out.ts'
import { halve } from './subdivide.ts'
import type { ArcKind, TownRecipe } from './town-recipe.ts'
import type { Character } from './town-types.ts'
import type { Point } from './warp.ts'

/** A grid of the plan. */
export interface Plot {
  face: number
  character: Character
  /** plots inside one wall have one number */
  estate: number
  code: string
  areaCode: string
}

/** A plot before it has its code. */
interface UnnumberedPlot extends Omit<Plot, 'code' | 'areaCode'> {
  /** numbers from 0 in the district and in the street */
  street: number
  community: number
}

export interface Plan extends Layout {
  /** in the order of their codes */
  plots: Plot[]
}

/** A block that belongs to a community as a whole. */
interface Quarter extends Block {
  street: number
  community: number
}

/** Blocks of more grids than this are cut by a road before communities are made of them. */
const GRIDS_OF_QUARTER = 7
const GRIDS_OF_ESTATE = 3

/** Numbers of what is no estate: the greens on either side of the river, the station. */
export const NORTH_BANK = 0
export const SOUTH_BANK = 1
export const STATION = -1

const LEAST_STATION_M = 100

/** How closely a border ties what lies on its sides together, for each metre. */
const TIES: Record<ArcKind, number> = {
  river: 0,
  stream: 0,
  rail: 0.1,
  primary: 0.25,
  secondary: 0.5,
  tertiary: 1,
  lane: 1,
  wall: 1,
  ridge: 1,
  rim: 0,
}

/** The whole plan: blocks cut into grids, with what is built in each and the community it belongs to. */
export function makePlan(recipe: TownRecipe, scale: number): Plan {
  const layout = layOut(recipe, Math.round(recipe.grids * scale))
  const quarters = cutQuarters(layout, recipe)
  formCommunities(layout, quarters, recipe, Math.max(1, Math.round(recipe.streets * scale)))
  const plots = new Plotter(layout, recipe).plot(quarters)
  chooseStation(layout.mesh, plots)
  return { ...layout, plots: numberPlots(recipe, layout.mesh, plots) }
}

/** The plot along the railway nearest to the confluence becomes the station. */
function chooseStation(mesh: Mesh, plots: readonly UnnumberedPlot[]): void {
  const isAtTracks = ({ face }: UnnumberedPlot) =>
    mesh.halfEdgesOf(face).some((h) => mesh.kind[h >> 1] === 'rail' && mesh.length(h) > LEAST_STATION_M)
  const away = ({ face }: UnnumberedPlot) => Math.hypot(...mesh.middle(face))
  const [nearest] = plots
    .filter((plot) => !['riverside', 'hill', 'park'].includes(plot.character) && isAtTracks(plot))
    .sort((a, b) => away(a) - away(b))
  if (nearest) Object.assign(nearest, { character: 'station', estate: STATION })
}

function numberPlots({ districtCode }: TownRecipe, mesh: Mesh, plots: readonly UnnumberedPlot[]): Plot[] {
  const three = (value: number) => String(value).padStart(3, '0')
  const rank = ({ face }: UnnumberedPlot) => rankOf(mesh.middle(face))
  const used = new Map<string, number>()
  return plots
    .map((plot) => ({ plot, rank: rank(plot) }))
    .sort((a, b) => a.plot.street - b.plot.street || a.plot.community - b.plot.community || a.rank - b.rank)
    .map(({ plot: { face, character, estate, street, community } }) => {
      const areaCode = districtCode + three(street + 1) + three(community + 1)
      const sequence = (used.get(areaCode) ?? 0) + 1
      used.set(areaCode, sequence)
      return { face, character, estate, areaCode, code: areaCode + three(sequence) }
    })
}

/** Numbers go from the north-west to the south-east, line by line. */
function rankOf([x, y]: Point): number {
  return x - 3 * y
}

function cutQuarters(layout: Layout, recipe: TownRecipe): Quarter[] {
  const random = new Random(recipe.seed, 3)
  const quarters: Quarter[] = []
  const open: Block[] = [...layout.blocks].reverse()
  for (let block = open.pop(); block; block = open.pop()) {
    if (block.grids <= GRIDS_OF_QUARTER) quarters.push({ ...block, street: 0, community: 0 })
    else open.push(...halve(layout, recipe, block, roadBetween(block), random).reverse())
  }
  return quarters
}

function roadBetween({ theme, grids }: Block): ArcKind {
  if (theme === 'hill' || theme === 'park') return 'ridge'
  if (theme === 'riverside') return 'wall'
  if (theme === 'field') return 'lane'
  return grids > 2 * GRIDS_OF_QUARTER ? 'secondary' : 'tertiary'
}

/** Streets and their communities of like numbers of grids, on one side of the rivers where there are enough. */
function formCommunities(layout: Layout, quarters: Quarter[], recipe: TownRecipe, streets: number): void {
  const territory = territoryOf(layout, quarters)
  const all = quarters.map((_, i) => i)
  divideByBank(territory, quarters, all, streets).forEach((members, street) => {
    const parts = divideByBank(territory, quarters, members, recipe.communitiesPerStreet)
    parts.forEach((part, community) => {
      for (const member of part) Object.assign(quarters[member]!, { street, community })
    })
  })
}

function divideByBank(
  territory: Territory,
  quarters: readonly Quarter[],
  members: readonly number[],
  count: number,
): number[][] {
  const banks = [...new Set(members.map((member) => quarters[member]!.bank))].map((bank) =>
    members.filter((member) => quarters[member]!.bank === bank),
  )
  if (banks.length > count) return fromNorthWest(territory, divide(territory, members, count))
  const weightOf = (bank: number[]) => bank.reduce((sum, member) => sum + territory.weights[member]!, 0)
  const counts = shareOut(count, banks.map(weightOf), 1)
  return fromNorthWest(
    territory,
    banks.flatMap((bank, i) => divide(territory, bank, counts[i]!)),
  )
}

function fromNorthWest({ middles }: Territory, parts: number[][]): number[][] {
  const rank = (part: number[]) =>
    part.reduce((sum, member) => sum + rankOf(middles[member]!), 0) / part.length
  return parts.sort((a, b) => rank(a) - rank(b))
}

function territoryOf({ mesh }: Layout, quarters: readonly Quarter[]): Territory {
  const numberOf = new Map(quarters.map(({ face }, i) => [face, i]))
  const ties = quarters.map(({ face }) => {
    const own = new Map<number, number>()
    for (const h of mesh.halfEdgesOf(face)) {
      const beyond = mesh.face[h ^ 1]!
      if (beyond === OUTSIDE) continue
      const to = numberOf.get(beyond)!
      own.set(to, (own.get(to) ?? 0) + TIES[mesh.kind[h >> 1]!] * mesh.length(h))
    }
    return own
  })
  return {
    weights: quarters.map(({ grids }) => grids),
    middles: quarters.map(({ face }) => mesh.middle(face)),
    ties,
  }
}

class Plotter {
  readonly #plots: UnnumberedPlot[] = []
  readonly #random: Random
  readonly #deal: CharacterDeal
  /** the first two numbers are for the banks of the river */
  #estates = 2

  constructor(
    private readonly layout: Layout,
    private readonly recipe: TownRecipe,
  ) {
    this.#random = new Random(recipe.seed, 4)
    this.#deal = new CharacterDeal(recipe, this.#random)
  }

  plot(quarters: readonly Quarter[]): UnnumberedPlot[] {
    for (const quarter of quarters) this.#cutBlock(quarter)
    return this.#plots
  }

  /** Cuts by streets down to estates. */
  #cutBlock(quarter: Quarter): void {
    const { grids, theme, bank } = quarter
    const random = this.#random
    if (theme === 'riverside') {
      this.#cutEstate(quarter, theme, bank === 'south' ? SOUTH_BANK : NORTH_BANK)
    } else if (theme === 'hill' || theme === 'park' || theme === 'field') {
      this.#cutEstate(quarter, theme, this.#estates++)
    } else if (grids === 1 || (grids <= GRIDS_OF_ESTATE && random.chance(grids === 2 ? 0.6 : 0.35))) {
      this.#cutEstate(quarter, this.#deal.next(theme, grids), this.#estates++)
    } else {
      const kind = grids >= 4 ? 'tertiary' : 'lane'
      for (const piece of halve(this.layout, this.recipe, quarter, kind, random)) this.#cutBlock(piece)
    }
  }

  /** Cuts an estate into grids along its inner walls. */
  #cutEstate(quarter: Quarter, character: Character, estate: number): void {
    if (quarter.grids === 1) {
      const { face, street, community } = quarter
      this.#plots.push({ face, character, estate, street, community })
      return
    }
    const kind =
      character === 'hill' || character === 'park' ? 'ridge' : character === 'field' ? 'lane' : 'wall'
    const pieces = halve(this.layout, this.recipe, quarter, kind, this.#random)
    for (const piece of pieces) this.#cutEstate(piece, character, estate)
  }
}
