import { Random } from '../random.ts'
import type { Mesh } from './mesh.ts'
import type { ThemeName, TownRecipe } from './town-recipe.ts'
import type { Extent } from './warp.ts'

/** Where the largest park lies: shares of the way from the confluence to the western and northern rim. */
const PARK = [-0.36, 0.4] as const
const BLOCKS_A_PARK = 48

/** What each face of the plan is to become, by where it lies. */
export function chooseThemes(mesh: Mesh, recipe: TownRecipe, extent: Extent): ThemeName[] {
  const random = new Random(recipe.seed, 2)
  const places = mesh.entry.map((_, face) => {
    const [x, y] = mesh.middle(face)
    return {
      face,
      x,
      y,
      // shares of the way to the rim, east and north positive
      a: x / Math.abs(x < 0 ? extent.west : extent.east),
      b: y / Math.abs(y < 0 ? extent.south : extent.north),
      isAtRailway: mesh.halfEdgesOf(face).some((h) => mesh.kind[h >> 1] === 'rail'),
    }
  })
  const themes = places.map((place) => themeAt(place, recipe, extent, random))
  const open = places.filter(
    ({ face }) => !['hill', 'riverside', 'old-town', 'centre', 'field'].includes(themes[face]!),
  )
  const parks = Math.max(1, Math.round(places.length / BLOCKS_A_PARK))
  for (let k = 0; k < parks && open.length; k++) {
    const at = k === 0 ? PARK : ([random.between(-0.8, 0.6), random.between(-0.8, 0.8)] as const)
    const away = ({ a, b }: { a: number; b: number }) => Math.hypot(a - at[0], b - at[1])
    open.sort((one, other) => away(one) - away(other))
    themes[open.shift()!.face] = 'park'
  }
  return themes
}

interface Place {
  x: number
  y: number
  a: number
  b: number
  isAtRailway: boolean
}

function themeAt(place: Place, recipe: TownRecipe, extent: Extent, random: Random): ThemeName {
  const { x, y, a, b, isAtRailway } = place
  const { firstM, riversideM } = recipe.mainRoads
  if (a > recipe.hillsFrom - 0.2 * b + 0.07 * Math.sin(7 * b)) return 'hill'
  if (Math.abs(y) < riversideM) return 'riverside'
  // the heart of a small town is small
  const heart = Math.min(firstM, 0.22 * extent.east)
  const away = Math.hypot(x, Math.max(Math.abs(y) - riversideM, 0))
  const rim = Math.max(Math.abs(a), Math.abs(b))
  if (y > 0 && x < 0 && away < 2.2 * heart) return 'old-town'
  if (away < 1.5 * heart) return 'centre'
  if (isAtRailway && away > 1.6 * heart && random.chance(0.7)) return 'works'
  if (rim > 0.72)
    return random.pick(['field', 'fringe', 'fringe', 'fringe', y < 0 ? 'new' : 'mixed'] as const)
  if (y < 0) return random.pick(['new', 'new', 'new', 'mixed', 'old'] as const)
  return random.pick(
    x < 0 ? (['old', 'old', 'mixed', 'new'] as const) : (['mixed', 'mixed', 'new', 'old'] as const),
  )
}
