import type { AreaLevel } from '../area.ts'
import type { IncidentColumns } from '../columns/incident-columns.ts'
import type { PanelOf, RankingBy } from './panel.ts'
import { measureOf, type Tally, tallyBy } from './tally.ts'

export interface RankingRow {
  code: string
  value: number
  tally: Tally
}

/** What places, departments and categories are called by the numbers of the columns. */
export interface RankingPlaces {
  /** all that are seen; null: not known yet */
  areas: readonly { code: string; level: AreaLevel; parentCode: string | null; gridCount: number }[] | null
  /** the area of a grid by the grid's code */
  areaOfGrid: ReadonlyMap<string, string>
  categories: readonly { code: string; parentCode: string | null }[]
}

/**
 * The first ones of a ranking: the largest value first, of the rate on time the smallest, since where it goes wrong must
 * not drop out at the end. Of shares only those of LEAST_CLOSED cases or more stand in
 * it: one case on time is no merit. What is in no place, department or category is left out.
 */
export function rankingOf(
  { by, measure, most }: Pick<PanelOf<'ranking'>, 'by' | 'measure' | 'most'>,
  columns: IncidentColumns,
  rows: Uint32Array,
  now: number,
  places: RankingPlaces,
): RankingRow[] {
  return groupsOf(by, columns, rows, now, places)
    .flatMap(({ code, tally }) => {
      const value = measureOf(tally, measure)
      const tells = measure !== 'closedOnTimeRate' || tally.closedWithDeadline >= LEAST_CLOSED
      return value !== null && tells && tally.count > 0 ? [{ code, value, tally }] : []
    })
    .sort(
      (a, b) =>
        (measure === 'closedOnTimeRate' ? a.value - b.value : b.value - a.value) ||
        b.tally.count - a.tally.count ||
        (a.code < b.code ? -1 : 1),
    )
    .slice(0, most)
}

const LEAST_CLOSED = 5

/** Tallies by code; the empty code is left out. Categories are the top ones. */
export function groupsOf(
  by: RankingBy,
  columns: IncidentColumns,
  rows: Uint32Array,
  now: number,
  places: RankingPlaces,
): { code: string; tally: Tally }[] {
  const { numbers, codeOf } = codesOf(by, columns, places)
  const codes = ['']
  const bins = new Map([['', 0]])
  const binOfNumber = Uint32Array.from({ length: dictionaryOf(by, columns).length }, (_, number) => {
    const code = codeOf(number)
    const known = bins.get(code)
    if (known !== undefined) return known
    bins.set(code, codes.length)
    return codes.push(code) - 1
  })
  return tallyBy(columns, rows, now, codes.length, (row) => binOfNumber[numbers[row]!]!)
    .map((tally, bin) => ({ code: codes[bin]!, tally }))
    .slice(1)
}

const dictionaryOf = (by: RankingBy, { dictionaries }: IncidentColumns) =>
  by === 'department'
    ? dictionaries.departments
    : by === 'category'
      ? dictionaries.categories
      : dictionaries.grids

function codesOf(by: RankingBy, columns: IncidentColumns, places: RankingPlaces) {
  const codes = dictionaryOf(by, columns)
  if (by === 'department') return { numbers: columns.department, codeOf: (number: number) => codes[number]! }
  if (by === 'category') {
    const topOf = topmost(places.categories)
    return { numbers: columns.category, codeOf: (number: number) => topOf(codes[number]!) }
  }
  if (by === 'grid') return { numbers: columns.grid, codeOf: (number: number) => codes[number]! }
  const areas = new Map(places.areas?.map((area) => [area.code, area]))
  const codeOf = (number: number) => {
    let area = areas.get(places.areaOfGrid.get(codes[number]!) ?? '')
    while (area && area.level !== by) area = areas.get(area.parentCode ?? '')
    return area?.code ?? ''
  }
  return { numbers: columns.grid, codeOf }
}

function topmost(categories: RankingPlaces['categories']) {
  const parents = new Map(categories.map(({ code, parentCode }) => [code, parentCode]))
  return (code: string): string => {
    let top = code
    for (let above = parents.get(top); above; above = parents.get(top)) top = above
    return top
  }
}
