import type { FilterContext } from '../../domain/columns/filter.ts'
import type { DensityPlaces } from '../../domain/density/density-rows.ts'
import type { Database } from '../database/database.ts'
import { areaPlaces, categoryTree, gridsLatitude, gridsNow, seeOneMoment, today } from './queries.ts'

/** What the codes in the columns stand for, today. */
export interface Places extends DensityPlaces, FilterContext {
  /** of the middle of the grids in force, degrees; null without grids */
  latitude: number | null
  /** the day of the district that decides which grids are in force, YYYY-MM-DD */
  day: string
}

export function loadPlaces(db: Database, timeZone: string): Promise<Places> {
  return db.transaction(async (tx) => {
    await seeOneMoment(tx)
    const day = await today(tx, timeZone)
    const grids = await gridsNow(tx, timeZone)
    return {
      categories: await categoryTree(tx),
      areas: await areaPlaces(tx),
      grids: grids.flatMap(({ areaKm2, ...grid }) => (areaKm2 === null ? [] : [{ ...grid, areaKm2 }])),
      areaOfGrid: new Map(grids.map(({ code, areaCode }) => [code, areaCode])),
      latitude: await gridsLatitude(tx, day),
      day,
    }
  })
}
