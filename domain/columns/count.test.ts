import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INTAKES, LEVELS, STATUSES } from '../incident.ts'
import type { IncidentFilter } from '../incident-filter.ts'
import {
  countByCategory,
  countByDepartment,
  countByGrid,
  countByIntake,
  countByLevel,
  countByStatus,
  total,
} from './count.ts'
import { compileFilter, type FilterContext, withSubCategories } from './filter.ts'
import { histogram } from './histogram.ts'
import type { CodedRow } from './rows.ts'
import { positionsOf, selectRows, weights } from './select.ts'
import {
  AREA_OF_GRID,
  anyFilter,
  anyRows,
  anyTime,
  byTimeThenId,
  CATEGORIES,
  columnsOf,
  dictionaries,
} from './test-rows.ts'

const CODES = dictionaries()
const scope = fc.constantFrom([''], ['110101001'], ['110101002001', '110101001001'], ['2'])

/** The filter as one would read it aloud, row by row. */
function passes(row: CodedRow, filter: IncidentFilter, { scope = [''] }: Partial<FilterContext>): boolean {
  const among = <T>(values: readonly T[] | undefined, value: T) => !values?.length || values.includes(value)
  const seconds = (time: string) => Date.parse(time) / 1000
  const grid = CODES.grids[row.grid]!
  const area = AREA_OF_GRID.get(grid) ?? ''
  const category = CODES.categories[row.category]!
  const chosen = filter.category ?? []
  return (
    (filter.from === undefined || row.reportedAt >= seconds(filter.from)) &&
    (filter.to === undefined || row.reportedAt < seconds(filter.to)) &&
    (chosen.length === 0 || chosen.some((code) => category === code || category.startsWith(`${code}-`))) &&
    among(filter.status, STATUSES[row.status]!) &&
    among(filter.level, row.level as 1) &&
    among(filter.intake, INTAKES[row.intake]!) &&
    among(filter.department, CODES.departments[row.department]!) &&
    (filter.area === undefined || area.startsWith(filter.area)) &&
    (filter.grid === undefined || grid === filter.grid) &&
    (filter.open === undefined || filter.open === (row.closedAt === 0)) &&
    scope.some((prefix) => area.startsWith(prefix))
  )
}

test('every count, histogram and list of the columns is what going through the cases one by one gives', () => {
  fc.assert(
    fc.property(anyRows, anyFilter, scope, fc.array(anyTime), (rows, filter, visible, times) => {
      const columns = columnsOf(rows)
      const context = { categories: CATEGORIES, areaOfGrid: AREA_OF_GRID, scope: visible }
      const selection = compileFilter(filter, columns, context)
      const sorted = [...rows].sort(byTimeThenId)
      const passing = sorted.filter((row) => passes(row, filter, context))
      const countBy = (bins: number, binOf: (row: CodedRow) => number) => {
        const counts = new Array(bins).fill(0)
        for (const row of passing) counts[binOf(row)] += 1
        return counts
      }
      expect(total(selection)).toBe(passing.length)
      expect([...countByGrid(selection)]).toEqual(countBy(CODES.grids.length, ({ grid }) => grid))
      expect([...countByCategory(selection)]).toEqual(
        countBy(CODES.categories.length, ({ category }) => category),
      )
      expect([...countByDepartment(selection)]).toEqual(
        countBy(CODES.departments.length, ({ department }) => department),
      )
      expect([...countByStatus(selection)]).toEqual(countBy(STATUSES.length, ({ status }) => status))
      expect([...countByLevel(selection)]).toEqual(countBy(LEVELS.length, ({ level }) => level - 1))
      expect([...countByIntake(selection)]).toEqual(countBy(INTAKES.length, ({ intake }) => intake))

      const edges = [...times].sort((a, b) => a - b)
      expect([...histogram(selection, edges)]).toEqual(
        edges
          .slice(1)
          .map(
            (to, n) => passing.filter(({ reportedAt }) => reportedAt >= edges[n]! && reportedAt < to).length,
          ),
      )

      const listed = [...selectRows(selection)]
      expect(listed.map((row) => columns.id[row])).toEqual(passing.map(({ id }) => id))
      const weighed = [...weights(selection, new Float32Array(40))]
      expect(weighed.length).toBe(selection.end - selection.start)
      expect(weighed.flatMap((weight, n) => (weight === 1 ? [selection.start + n] : []))).toEqual(listed)
    }),
    { numRuns: 500 },
  )
})

test('positions are degrees, longitude first', () => {
  const [row] = fc.sample(
    anyRows.filter((rows) => rows.length === 1),
    1,
  )[0]!
  expect([...positionsOf(columnsOf([{ ...row!, lngE7: 1163974000, latE7: -399087000 }]))]).toEqual([
    116.3974, -39.9087,
  ])
})

test('a category stands for everything below it, even when the table holds a circle', () => {
  expect([...withSubCategories(['road'], CATEGORIES)]).toEqual(['road', 'road-hole', 'road-hole-deep'])
  const circle = [
    { code: 'a', parentCode: 'b' },
    { code: 'b', parentCode: 'a' },
  ]
  expect([...withSubCategories(['a'], circle)]).toEqual(['a', 'b'])
})
