import { Random } from '../random.ts'
import type { Lot, Site } from './site.ts'
import type { TownRecipe } from './town-recipe.ts'
import type { Character, EstateType } from './town-types.ts'

export const ESTATE_TYPE_OF: Record<Character, EstateType> = {
  'old-estate': 'old',
  'old-town': 'old',
  'new-estate': 'new',
  commercial: 'other',
  village: 'other',
  industry: 'other',
  school: 'other',
  hospital: 'other',
  station: 'other',
  field: 'other',
  park: 'other',
  riverside: 'other',
  hill: 'other',
}

/** How far the flats of a grid may be smaller or larger than usual to come nearer to the households wanted. */
const STRETCH = { least: 0.72, most: 1.3 }
/** Where there are offices and shops, flats may be few. */
const LEAST_OF_OTHERS = 0.2
const HOUSE_M2 = 240

/** Households of each building of each site, all together as many as the recipe wants. */
export function shareHouseholds(
  recipe: TownRecipe,
  scale: number,
  sites: readonly { character: Character; site: Site }[],
): number[][] {
  const random = new Random(recipe.seed, 9)
  const rooms = sites.map(({ character, site }) => {
    const type = ESTATE_TYPE_OF[character]
    const own = site.lots.map((lot) => roomFor(lot, recipe.flatM2[type]))
    const wanted = recipe.homes[character].households * random.between(0.82, 1.18)
    const least = type === 'other' && character !== 'village' ? LEAST_OF_OTHERS : STRETCH.least
    const stretch = Math.min(Math.max(wanted / Math.max(sumOf(own), 1), least), STRETCH.most)
    return own.map((room) => room * stretch)
  })
  const factor = (recipe.households * scale) / rooms.reduce((sum, own) => sum + sumOf(own), 0)
  // what rounding takes from one building the next one gets
  let rest = 0
  return rooms.map((own) =>
    own.map((room) => {
      if (room === 0) return 0
      const exact = room * factor + rest
      const households = Math.max(1, Math.round(exact))
      rest = exact - households
      return households
    }),
  )
}

/** Households for which a building as it stands has room. */
function roomFor({ use, floors, halfLength, halfDepth, shape }: Lot, flatM2: number): number {
  const ground = 4 * halfLength * halfDepth * (shape === 'cross' ? 0.8 : shape === 'angle' ? 0.75 : 1)
  if (use === 'homes') return (ground * floors * 0.95) / flatM2
  if (use === 'house') return Math.max(1, (ground * floors) / HOUSE_M2)
  if (use === 'shops') return floors > 3 ? (ground * (floors - 2) * 0.6) / flatM2 : 0
  return 0
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
