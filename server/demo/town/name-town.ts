import { Random } from '../random.ts'
import { chineseNumber, NameBook } from './name-book.ts'
import { NORTH_BANK, type Plot, SOUTH_BANK, STATION } from './plan.ts'
import type { Chain } from './road-chains.ts'
import type { Name, NameTables, TownRecipe } from './town-recipe.ts'
import type { TownArea } from './town-types.ts'

export interface TownNames {
  areas: TownArea[]
  /** in the order of the plots */
  grids: Name[]
  /** by number */
  roads: Map<number, Name>
  estates: Map<number, Name>
}

const SYLLABLES_OF: Record<keyof NameTables['kinds'], 'estate' | 'place' | 'road'> = {
  'old-estate': 'estate',
  'old-town': 'place',
  'new-estate': 'estate',
  commercial: 'estate',
  village: 'place',
  industry: 'road',
  school: 'road',
  hospital: 'road',
  field: 'place',
  park: 'road',
  hill: 'place',
}

/** Names of everything, each given once in Chinese and once in English. */
export function nameTown(recipe: TownRecipe, plots: readonly Plot[], chains: readonly Chain[]): TownNames {
  const { names } = recipe
  const book = new NameBook(names, new Random(recipe.seed, 8))
  for (const name of [names.district, names.river, names.stream, names.railway, names.hills]) book.take(name)
  const roads = nameRoads(recipe, chains, book)
  const areas = nameAreas(recipe, plots, book)
  const estates = nameEstates(recipe, plots, book)
  return { areas, roads, estates, grids: nameGrids(plots, estates) }
}

function nameRoads({ names }: TownRecipe, chains: readonly Chain[], book: NameBook): Map<number, Name> {
  const roads = new Map<number, Name>()
  let riverside = 0
  for (const { road, kind } of chains) {
    if (roads.has(road)) continue
    if (kind === 'river') roads.set(road, names.river)
    else if (kind === 'stream') roads.set(road, names.stream)
    else if (kind === 'rail') roads.set(road, names.railway)
    else if (kind === 'primary' || kind === 'secondary' || kind === 'tertiary' || kind === 'lane') {
      // the first main roads of the plan are those along the river
      const own = kind === 'primary' ? names.riversideRoads[riverside++] : undefined
      roads.set(road, own ?? book.draw('road', names.roads[kind]))
    }
  }
  return roads
}

function nameAreas({ names, districtCode }: TownRecipe, plots: readonly Plot[], book: NameBook): TownArea[] {
  const areas: TownArea[] = [
    {
      code: districtCode,
      level: 'district',
      name: names.district[0],
      nameEn: names.district[1],
      parentCode: null,
    },
  ]
  const known = new Set<string>()
  for (const { areaCode } of plots) {
    for (const [length, level, suffix] of [
      [9, 'street', ['街道', 'Street']],
      [12, 'community', ['社区', 'Community']],
    ] as const) {
      const code = areaCode.slice(0, length)
      if (known.has(code)) continue
      known.add(code)
      const [name, nameEn] = book.draw('place', [[...suffix]])
      areas.push({ code, level, name, nameEn, parentCode: code.slice(0, -3) })
    }
  }
  return areas
}

function nameEstates({ names }: TownRecipe, plots: readonly Plot[], book: NameBook): Map<number, Name> {
  const estates = new Map([
    [STATION, names.station],
    [NORTH_BANK, names.riverside[0]],
    [SOUTH_BANK, names.riverside[1]],
  ])
  for (const name of estates.values()) book.take(name)
  for (const { estate, character } of plots) {
    if (estates.has(estate) || character === 'station' || character === 'riverside') continue
    estates.set(estate, book.draw(SYLLABLES_OF[character], names.kinds[character]))
  }
  return estates
}

function nameGrids(plots: readonly Plot[], estates: ReadonlyMap<number, Name>): Name[] {
  const count = new Map<number, number>()
  return plots.map(({ estate }) => {
    const number = (count.get(estate) ?? 0) + 1
    count.set(estate, number)
    const [name, nameEn] = estates.get(estate)!
    return [`${name}第${chineseNumber(number)}网格`, `${nameEn} Grid ${number}`]
  })
}
