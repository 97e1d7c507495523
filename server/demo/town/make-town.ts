import { Random } from '../random.ts'
import { makeBaseFeatures } from './base-features.ts'
import { buildSite } from './build-site.ts'
import { describer } from './describe-buildings.ts'
import { footprint } from './footprint.ts'
import { ESTATE_TYPE_OF, shareHouseholds } from './households.ts'
import { nameTown } from './name-town.ts'
import { makePlan } from './plan.ts'
import { chainRoads } from './road-chains.ts'
import type { Lot } from './site.ts'
import { thinHouses } from './thin-houses.ts'
import type { TownRecipe } from './town-recipe.ts'
import type { Town, TownBuilding, TownGrid } from './town-types.ts'
import { Trace } from './trace.ts'

const STOREY_M: Record<Lot['use'], number> = { homes: 2.95, house: 3.1, shops: 3.6, works: 8.5, public: 3.9 }
const HOUSEHOLDS_OF_STAFF = 230

/**
 * The demo district: areas, grids, buildings and base map, the same for the same recipe and scale. Scale 1 is the
 * shipped district; 0.1 and 10 have as many streets, grids and buildings less or more.
 */
export function makeTown(recipe: TownRecipe, scale = 1): Town {
  const plan = makePlan(recipe, scale)
  const { plots } = plan
  const trace = new Trace(plan, recipe)
  const chains = chainRoads(plan.mesh, trace.arcs)
  const names = nameTown(recipe, plots, chains)
  const sites = plots.map((plot, i) => ({ ...plot, site: buildSite(recipe, plan.mesh, trace, plot, i) }))
  const random = new Random(recipe.seed, 7)
  thinHouses(
    sites.map(({ site }) => site),
    recipe.buildings * scale,
    random,
  )
  const households = shareHouseholds(recipe, scale, sites)
  const describe = describer(plan.mesh, trace, chains, names)
  const buildings: TownBuilding[] = []
  const grids = sites.map(({ site, ...plot }, i): TownGrid => {
    const { code, areaCode, character } = plot
    const estateType = ESTATE_TYPE_OF[character]
    const perHousehold = recipe.homes[character].residentsPerHousehold * random.between(0.96, 1.04)
    const own = site.lots.map((lot, k): TownBuilding => {
      const ring = footprint(lot).map((point) => trace.frame.toPosition(point))
      return {
        externalId: `${code}-${String(k + 1).padStart(3, '0')}`,
        ...describe(plot, lot),
        floors: lot.floors,
        heightM: Math.round(lot.floors * STOREY_M[lot.use] * 10) / 10,
        households: households[i]![k]!,
        residents: Math.round(households[i]![k]! * perHousehold),
        estateType,
        gridCode: code,
        areaCode,
        ring: [...ring, ring[0]!],
      }
    })
    for (const building of own) buildings.push(building)
    const total = own.reduce((sum, building) => sum + building.households, 0)
    const [name, nameEn] = names.grids[i]!
    return {
      code,
      areaCode,
      name,
      nameEn,
      estateType,
      households: total,
      residents: own.reduce((sum, building) => sum + building.residents, 0),
      staffCount: Math.min(Math.max(Math.round(total / HOUSEHOLDS_OF_STAFF), 1), 3),
      geometry: [[trace.ring(plot.face)]],
      character,
    }
  })
  return {
    areas: names.areas,
    grids,
    buildings,
    baseFeatures: makeBaseFeatures(recipe, plan, trace, chains, sites, names),
  }
}
