import type { Position } from '../../domain/geometry.ts'
import type { PlaceType } from '../../domain/place.ts'
import { CasePlaces } from './cases/places.ts'
import { Random } from './random.ts'
import type { Town, TownArea, TownGrid } from './town/town-types.ts'

export interface DemoPlace {
  externalId: string
  type: PlaceType
  name: string
  nameEn: string
  address: string
  gridCode: string
  areaCode: string
  position: Position
}

const SEED = 20_181
/** One hydrant in so many grids. */
const GRIDS_A_HYDRANT = 2

/** An office in every street, a service station in every community, shelters in parks, hydrants at the kerb. */
export function makePlaces({ areas, grids, buildings }: Town): DemoPlace[] {
  const spots = new CasePlaces(grids, buildings)
  const indexOf = new Map(grids.map(({ code }, index) => [code, index]))
  const random = new Random(SEED)
  const places: DemoPlace[] = []
  const put = (type: PlaceType, grid: TownGrid, name: string, nameEn: string) => {
    const where = type === 'hydrant' || type === 'shelter' ? 'road' : 'building'
    const { position, address } = spots.drawSpot(indexOf.get(grid.code)!, where, random)
    const externalId = `P${String(places.length + 1).padStart(5, '0')}`
    places.push({
      externalId,
      type,
      name,
      nameEn,
      address,
      gridCode: grid.code,
      areaCode: grid.areaCode,
      position,
    })
  }
  for (const area of areas) {
    const grid = fullestGridOf(area, grids)
    if (!grid) continue
    if (area.level === 'street') put('office', grid, `${area.name}办事处`, `${area.nameEn} Office`)
    if (area.level === 'community')
      put('station', grid, `${area.name}党群服务站`, `${area.nameEn} Service Station`)
  }
  for (const [index, grid] of grids.entries()) {
    if (grid.character === 'park' || grid.character === 'school') {
      put('shelter', grid, `${grid.name}应急避难场所`, `${grid.nameEn} Shelter`)
    }
    if (index % GRIDS_A_HYDRANT === 0) put('hydrant', grid, `${grid.name}消防栓`, `${grid.nameEn} Hydrant`)
  }
  return places
}

function fullestGridOf({ code }: TownArea, grids: readonly TownGrid[]): TownGrid | undefined {
  let fullest: TownGrid | undefined
  for (const grid of grids) {
    if (grid.code.startsWith(code) && (!fullest || grid.households > fullest.households)) fullest = grid
  }
  return fullest
}
