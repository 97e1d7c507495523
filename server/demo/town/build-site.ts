import { Random } from '../random.ts'
import { buildHospital, buildSchool, buildStation } from './civic.ts'
import { buildNewEstate, buildOldEstate, buildOldTown } from './estates.ts'
import { buildField, buildHill, buildPark, buildRiverside } from './greens.ts'
import { ESTATE_TYPE_OF } from './households.ts'
import type { Mesh } from './mesh.ts'
import type { Plot } from './plan.ts'
import { type Side, Site } from './site.ts'
import type { TownRecipe } from './town-recipe.ts'
import type { Character } from './town-types.ts'
import type { Trace } from './trace.ts'
import { buildVillage } from './village.ts'
import { buildCommercial, buildIndustry } from './works.ts'

type Builder = (site: Site, recipe: TownRecipe) => void

const BUILDERS: Record<Character, Builder> = {
  'old-estate': (site, recipe) =>
    buildOldEstate(site, floorAreaM2(site, recipe, 'old-estate'), recipe.names.estateServices),
  'old-town': buildOldTown,
  'new-estate': (site, recipe) =>
    buildNewEstate(site, floorAreaM2(site, recipe, 'new-estate'), recipe.names.estateServices),
  commercial: buildCommercial,
  village: buildVillage,
  industry: buildIndustry,
  school: buildSchool,
  hospital: buildHospital,
  station: buildStation,
  field: buildField,
  park: buildPark,
  riverside: buildRiverside,
  hill: buildHill,
}

/** What the households of an estate take together. */
function floorAreaM2(
  { random }: Site,
  { homes, flatM2 }: TownRecipe,
  character: 'old-estate' | 'new-estate',
) {
  return homes[character].households * flatM2[ESTATE_TYPE_OF[character]] * random.between(0.8, 1.2)
}

/** Builds on a plot. What stands there depends on the seed and the plot alone. */
export function buildSite(recipe: TownRecipe, mesh: Mesh, trace: Trace, plot: Plot, number: number): Site {
  const sides = mesh.halfEdgesOf(plot.face).map((h): Side => {
    const arc = trace.arcs[h >> 1]!
    const isReversed = h % 2 === 1
    return {
      edge: h >> 1,
      kind: arc.kind,
      points: isReversed ? [...arc.points].reverse() : arc.points,
      halfWidthsM: isReversed ? [...arc.halfWidthsM].reverse() : arc.halfWidthsM,
      setbackM: recipe.arcs[arc.kind].setbackM,
      cornerM: widestAt(mesh, trace, h),
      isReversed,
    }
  })
  const site = new Site(sides, new Random(recipe.seed, 6, number))
  BUILDERS[plot.character](site, recipe)
  return site
}

/** The largest half-width of what meets at the origin of a half-edge: a road may end at another's narrower side. */
function widestAt(mesh: Mesh, { arcs }: Trace, h: number): number {
  let widest = 0
  let at = h
  do {
    const { halfWidthsM } = arcs[at >> 1]!
    widest = Math.max(widest, at % 2 ? halfWidthsM.at(-1)! : halfWidthsM[0]!)
    at = mesh.next[at ^ 1]!
  } while (at !== h)
  return widest
}
