import type { AreaLevel } from '../area.ts'
import { countByGrid } from '../columns/count.ts'
import type { FilterContext, Selection } from '../columns/filter.ts'
import { EVERYTHING, inScope } from '../scope.ts'
import type { DensityAnswer, DensityMeasure, DensityRow, DensityUnit } from './density.ts'
import { countByHexagon, type HexagonTiling, hexagonCentre } from './hexagons.ts'

/** What is divided by. */
export interface GridPlace {
  code: string
  areaCode: string
  areaKm2: number
  households: number | null
}

export interface AreaPlace {
  code: string
  level: AreaLevel
  parentCode: string | null
}

/** The places of the coverage in force; `areaOfGrid` knows also grids that have ended. */
export interface DensityPlaces extends Pick<FilterContext, 'areaOfGrid' | 'scope'> {
  grids: readonly GridPlace[]
  areas: readonly AreaPlace[]
}

/** The reason why a measure cannot be had by hexagon, or null. */
export function densityFault(by: DensityUnit, measure: DensityMeasure): 'hexagons-have-no-households' | null {
  return by === 'hexagon' && measure === 'perHundredHouseholds' ? 'hexagons-have-no-households' : null
}

/** Cases by grid code; '' holds those outside all grids. */
export function countOfGrids(selection: Selection): Map<string, number> {
  const counts = countByGrid(selection)
  return new Map(selection.columns.dictionaries.grids.map((code, number) => [code, counts[number]!]))
}

/**
 * Density of every grid in force or area that holds one, zeros included. A grid that has ended has a row while cases stand
 * in it, without a value for measures that divide; its cases count in its areas. Areas are found upwards from
 * a grid's own: cases of grids that hang directly on a street are in no community's row.
 */
export function densityByPlace(
  countOfGrid: ReadonlyMap<string, number>,
  by: Exclude<DensityUnit, 'hexagon'>,
  measure: DensityMeasure,
  places: DensityPlaces,
): DensityAnswer {
  const rows =
    by === 'grid' ? gridRows(countOfGrid, measure, places) : areaRows(countOfGrid, by, measure, places)
  let total = 0
  for (const count of countOfGrid.values()) total += count
  return { by, measure, total, outsideGrids: countOfGrid.get('') ?? 0, rows }
}

/** Density of every hexagon with a case of the selection. */
export function densityByHexagon(
  selection: Selection,
  measure: Exclude<DensityMeasure, 'perHundredHouseholds'>,
  tiling: HexagonTiling,
): DensityAnswer {
  let total = 0
  const rows = countByHexagon(selection, tiling).map(({ hexagon, count }): DensityRow => {
    const [lng, lat] = hexagonCentre(tiling, hexagon)
    total += count
    const value = measure === 'count' ? count : count / tiling.areaKm2
    return { code: `${hexagon.q},${hexagon.r}`, count, value, lng, lat }
  })
  const outsideGrids = countByGrid(selection)[0] ?? 0
  const { sizeM, latitude } = tiling
  return { by: 'hexagon', measure, total, outsideGrids, rows, hexagons: { sizeM, latitude } }
}

function gridRows(
  countOfGrid: ReadonlyMap<string, number>,
  measure: DensityMeasure,
  { grids, scope = EVERYTHING }: DensityPlaces,
): DensityRow[] {
  const ended = new Map(countOfGrid)
  ended.delete('')
  const rows: DensityRow[] = []
  for (const grid of grids) {
    ended.delete(grid.code)
    if (!inScope(grid.areaCode, scope)) continue
    const count = countOfGrid.get(grid.code) ?? 0
    rows.push({ code: grid.code, count, value: measured(count, measure, grid.areaKm2, grid.households) })
  }
  for (const [code, count] of ended) {
    if (count > 0) rows.push({ code, count, value: measure === 'count' ? count : null })
  }
  return rows
}

function areaRows(
  countOfGrid: ReadonlyMap<string, number>,
  level: AreaLevel,
  measure: DensityMeasure,
  { grids, areas, areaOfGrid, scope = EVERYTHING }: DensityPlaces,
): DensityRow[] {
  const sums = new Map<string, { count: number; areaKm2: number; households: number; grids: number }>()
  for (const { code, level: itsLevel } of areas) {
    if (itsLevel === level && inScope(code, scope))
      sums.set(code, { count: 0, areaKm2: 0, households: 0, grids: 0 })
  }
  const above = areaAbove(areas, level)
  const sumOf = (areaCode: string | undefined) => sums.get(above(areaCode) ?? '')
  for (const grid of grids) {
    const sum = sumOf(grid.areaCode)
    if (!sum) continue
    sum.grids++
    sum.areaKm2 += grid.areaKm2
    sum.households += grid.households ?? 0
  }
  for (const [code, count] of countOfGrid) {
    const sum = sumOf(areaOfGrid.get(code))
    if (sum) sum.count += count
  }
  // An area that is only a shape, such as a neighbourhood beside the grids' own areas, has no case ever
  const held = [...sums].filter(([, { grids, count }]) => grids > 0 || count > 0)
  return held.map(([code, { count, areaKm2, households }]) => ({
    code,
    count,
    value: measured(count, measure, areaKm2, households),
  }))
}

/** Finds the area of `level` that an area is or lies in; undefined when it lies in none. */
function areaAbove(areas: readonly AreaPlace[], level: AreaLevel) {
  const byCode = new Map(areas.map((area) => [area.code, area]))
  return (code: string | undefined): string | undefined => {
    let area = byCode.get(code ?? '')
    while (area && area.level !== level) area = byCode.get(area.parentCode ?? '')
    return area?.code
  }
}

function measured(
  count: number,
  measure: DensityMeasure,
  areaKm2: number,
  households: number | null,
): number | null {
  if (measure === 'count') return count
  if (measure === 'perKm2') return areaKm2 > 0 ? count / areaKm2 : null
  return households ? (100 * count) / households : null
}
