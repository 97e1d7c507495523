import fc from 'fast-check'
import { expect, test } from 'vitest'
import { total } from '../columns/count.ts'
import { compileFilter } from '../columns/filter.ts'
import { AREA_OF_GRID, anyFilter, anyRows, CATEGORIES, columnsOf } from '../columns/test-rows.ts'
import {
  type AreaPlace,
  countOfGrids,
  densityByHexagon,
  densityByPlace,
  densityFault,
} from './density-rows.ts'
import { hexagonTiling } from './hexagons.ts'

const AREAS: AreaPlace[] = [
  { code: '110101', level: 'district', parentCode: null },
  { code: '110101001', level: 'street', parentCode: '110101' },
  { code: '110101002', level: 'street', parentCode: '110101' },
  { code: '110101001001', level: 'community', parentCode: '110101001' },
  { code: '110101002001', level: 'community', parentCode: '110101002' },
]
const GRIDS = [
  { code: 'g1', areaCode: '110101001001', areaKm2: 0.5, households: 200 },
  { code: 'g2', areaCode: '110101001001', areaKm2: 1.5, households: 300 },
  { code: 'g3', areaCode: '110101002', areaKm2: 2, households: null },
]
const PLACES = {
  grids: GRIDS,
  areas: AREAS,
  areaOfGrid: new Map([
    ...GRIDS.map(({ code, areaCode }) => [code, areaCode] as const),
    ['old', '110101001001'],
  ]),
}
const COUNTS = new Map([
  ['', 7],
  ['g1', 10],
  ['g3', 4],
  ['old', 1],
])

const values = (
  by: 'grid' | 'community' | 'street' | 'district',
  measure: 'count' | 'perKm2' | 'perHundredHouseholds',
) => Object.fromEntries(densityByPlace(COUNTS, by, measure, PLACES).rows.map((row) => [row.code, row.value]))

test('every grid in force has a row, and a grid that has ended while cases stand in it', () => {
  expect(values('grid', 'count')).toEqual({ g1: 10, g2: 0, g3: 4, old: 1 })
  expect(values('grid', 'perKm2')).toEqual({ g1: 20, g2: 0, g3: 2, old: null })
  expect(values('grid', 'perHundredHouseholds')).toEqual({ g1: 5, g2: 0, g3: null, old: null })
})

test('areas add up the cases, land and households of their grids; those that hold none have no row', () => {
  expect(values('community', 'count')).toEqual({ '110101001001': 11 })
  expect(values('street', 'count')).toEqual({ '110101001': 11, '110101002': 4 })
  expect(values('street', 'perKm2')).toEqual({ '110101001': 5.5, '110101002': 2 })
  expect(values('district', 'perHundredHouseholds')).toEqual({ '110101': 3 })
})

test('the total holds every case, those outside all grids apart', () => {
  expect(densityByPlace(COUNTS, 'street', 'count', PLACES)).toMatchObject({ total: 22, outsideGrids: 7 })
})

test('who sees one street gets no row of another', () => {
  const places = { ...PLACES, scope: ['110101002'] }
  const codes = (by: 'grid' | 'street' | 'district') =>
    densityByPlace(new Map([['g3', 4]]), by, 'count', places).rows.map(({ code }) => code)
  expect(codes('grid')).toEqual(['g3'])
  expect(codes('street')).toEqual(['110101002'])
  expect(codes('district')).toEqual([])
})

test('grids and hexagons count the same cases', () => {
  fc.assert(
    fc.property(anyRows, anyFilter, (rows, filter) => {
      const context = { categories: CATEGORIES, areaOfGrid: AREA_OF_GRID }
      const selection = compileFilter(filter, columnsOf(rows), context)
      const places = { grids: [], areas: [], areaOfGrid: AREA_OF_GRID }
      const byGrid = densityByPlace(countOfGrids(selection), 'grid', 'count', places)
      const byHexagon = densityByHexagon(selection, 'perKm2', hexagonTiling(200, 39))
      expect(byGrid.total).toBe(total(selection))
      expect(byHexagon.total).toBe(byGrid.total)
      expect(byHexagon.outsideGrids).toBe(byGrid.outsideGrids)
      const summed = byHexagon.rows.reduce((sum, { count }) => sum + count, 0)
      expect(summed).toBe(byHexagon.total)
    }),
  )
})

test('hexagons have no households', () => {
  expect(densityFault('hexagon', 'perHundredHouseholds')).toBe('hexagons-have-no-households')
  expect(densityFault('hexagon', 'perKm2')).toBeNull()
})
