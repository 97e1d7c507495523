import { useMemo } from 'react'
import type { AreaFeatures } from '../../../domain/area.ts'
import type { District } from '../../../domain/district.ts'
import type { RankingPlaces } from '../../../domain/wall/ranking.ts'
import type { WallContent } from '../../../domain/wall/wall.ts'
import { useAreas } from '../../areas/use-areas.ts'
import { useGrids } from '../../grids/use-grids.ts'
import { useCategories } from '../../incidents/use-categories.ts'
import { useDepartments } from '../../incidents/use-departments.ts'
import { makeNames } from '../../ui/names.ts'
import { ageOf } from '../../wall/staleness.ts'
import { useWallCases } from './use-wall-cases.ts'

/**
 * Everything that the scenes of a wall are made from, and how old it is.
 * @param now seconds after 1970 by the server's clock
 * @param clockOffsetMs of this machine's clock against it
 */
export function useWallData(content: WallContent, district: District, now: number, clockOffsetMs: number) {
  const { language } = content
  const gridsQuery = useGrids()
  const grids = gridsQuery.data
  const areas = useAreas().data
  const categories = useCategories().data
  const departments = useDepartments().data
  const { stores, updatedAt } = useWallCases(content, district, categories, now, clockOffsetMs)
  const names = useMemo(
    () => makeNames(grids, areas, categories, departments, language),
    [grids, areas, categories, departments, language],
  )
  const places = useMemo(
    (): RankingPlaces => ({
      areas: areas?.features.map(({ properties }) => properties) ?? null,
      areaOfGrid: new Map(grids?.features.map(({ properties }) => [properties.code, properties.areaCode])),
      categories: categories ?? [],
    }),
    [areas, grids, categories],
  )
  const gridsAt = gridsQuery.dataUpdatedAt && gridsQuery.dataUpdatedAt - clockOffsetMs
  return {
    ...{ grids, areas, stores, updatedAt, names, places },
    districtName: nameOfDistrict(areas, names.place),
    ages: { cases: ageOf('cases', updatedAt, now * 1000), grids: ageOf('grids', gridsAt, now * 1000) },
  }
}

/** Null: not known yet, or there are several. */
function nameOfDistrict(areas: AreaFeatures | undefined, place: (code: string) => string): string | null {
  const districts = areas?.features.filter(({ properties }) => properties.level === 'district') ?? []
  return districts.length === 1 ? place(districts[0]!.properties.code) : null
}
