import { useMemo } from 'react'
import type { FilterContext, Selection } from '../../domain/columns/filter.ts'
import {
  type BreakMethod,
  classBreaks,
  classOf,
  type ValueClasses,
  ZERO_CLASS,
} from '../../domain/density/breaks.ts'
import type { DensityAnswer, DensityMeasure, DensityRow, DensityUnit } from '../../domain/density/density.ts'
import {
  countOfGrids,
  densityByHexagon,
  densityByPlace,
  densityFault,
} from '../../domain/density/density-rows.ts'
import { hexagonTiling } from '../../domain/density/hexagons.ts'
import type { AreaShapes } from '../api/endpoints.ts'
import type { MapChoropleth, MapGrids } from '../map/map-types.ts'
import { sequential, type Theme, WITHOUT_VALUE } from '../ui/palettes.ts'

export interface DensityChoice {
  by: DensityUnit
  measure: DensityMeasure
  hexSizeM: number
  classMethod: BreakMethod
  classCount: number
}

/** Case density of every place, how it falls into classes, and the colours of both map and legend. */
export interface Density {
  answer: DensityAnswer
  rowByCode: ReadonlyMap<string, DensityRow>
  /** the number of its class (breaks.ts) by code, also of areas that hold no grid and therefore have no row */
  classByCode: ReadonlyMap<string, number | null>
  classes: ValueClasses
  /** one a class */
  colours: readonly string[]
  choropleth: MapChoropleth
}

interface DensityInput {
  selection: Selection
  context: FilterContext
  grids: MapGrids
  areas: AreaShapes
  /** where hexagons are true to size, degrees */
  latitude: number
}

/** What is really shown: hexagons know no households. */
export function usableMeasure(by: DensityUnit, measure: DensityMeasure): DensityMeasure {
  return densityFault(by, measure) === null ? measure : 'perKm2'
}

export function useDensity(input: DensityInput | null, choice: DensityChoice, theme: Theme): Density | null {
  const { by, measure, hexSizeM, classMethod, classCount } = choice
  const { selection, context, grids, areas, latitude } = input ?? {}
  const places = useMemo(
    () =>
      grids && areas && context
        ? {
            grids: grids.features.map(({ properties }) => properties),
            areas: areas.features.map(({ properties }) => properties),
            areaOfGrid: context.areaOfGrid,
          }
        : null,
    [grids, areas, context],
  )
  const answer = useMemo((): DensityAnswer | null => {
    if (!selection || !places || latitude === undefined) return null
    const shown = usableMeasure(by, measure)
    if (by !== 'hexagon') return densityByPlace(countOfGrids(selection), by, shown, places)
    const tiling = hexagonTiling(hexSizeM, latitude)
    return densityByHexagon(selection, shown === 'count' ? 'count' : 'perKm2', tiling)
  }, [selection, places, latitude, by, measure, hexSizeM])
  return useMemo((): Density | null => {
    if (!answer) return null
    const values = new Map(answer.rows.map(({ code, value }) => [code, value]))
    // An area that holds no grid is coloured as one of which nothing is known, not as one without a case
    for (const { code, level } of places?.areas ?? []) {
      if (level === answer.by && !values.has(code)) values.set(code, null)
    }
    const classes = classBreaks(values.values(), classCount, classMethod)
    const colours = sequential(theme, classes.classes.length)
    const classByCode = new Map(Array.from(values, ([code, value]) => [code, classOf(classes, value)]))
    const fill = new Map<string, string>()
    for (const [code, number] of classByCode) {
      if (number === null) fill.set(code, WITHOUT_VALUE)
      else if (number !== ZERO_CLASS) fill.set(code, colours[number]!)
    }
    return {
      answer,
      rowByCode: new Map(answer.rows.map((row) => [row.code, row])),
      classByCode,
      classes,
      colours,
      choropleth: { by: answer.by, fill, hexagons: answer.hexagons ?? null },
    }
  }, [answer, places, classCount, classMethod, theme])
}
