import type { IncidentFilter } from '../incident-filter.ts'
import { EVERYTHING, inScope, type Scope } from '../scope.ts'
import type { IncidentColumns } from './incident-columns.ts'
import { timeSpan } from './time-span.ts'

/** What a filter's words mean beyond the columns themselves. */
export interface FilterContext {
  categories: readonly { code: string; parentCode: string | null }[]
  /** the area of a grid by the grid's code; a grid that is not in it lies in no area */
  areaOfGrid: ReadonlyMap<string, string>
  /** the areas that the asker may see; everything when left out */
  scope?: Scope
  /** the department whose cases alone the asker may see; null or left out: of all */
  departmentCode?: string | null
}

/**
 * Cases of the columns: rows `start` to `end` that pass every lookup. A lookup holds 1 at the numbers that
 * pass, 0 at the others; null: all pass. Good until the columns next change.
 */
export interface Selection {
  columns: IncidentColumns
  start: number
  end: number
  facet: Uint8Array | null
  grid: Uint8Array | null
}

/** The second a whole-second time of a filter means; null when it is left out. */
export function secondOf(time: string | undefined): number | null {
  return time === undefined ? null : Math.ceil(Date.parse(time) / 1000)
}

/** The cases of `columns` that `filter` asks for. An empty list is no condition. */
export function compileFilter(
  filter: IncidentFilter,
  columns: IncidentColumns,
  context: FilterContext,
): Selection {
  const from = secondOf(filter.from)
  const to = secondOf(filter.to)
  const span = timeSpan(columns, from ?? 0, to ?? Number.POSITIVE_INFINITY)
  return {
    columns,
    ...span,
    facet: facetLookup(filter, columns, context),
    grid: gridLookup(filter, columns, context),
  }
}

/** The codes of `categories` and of everything below them. */
export function withSubCategories(
  codes: readonly string[],
  categories: FilterContext['categories'],
): Set<string> {
  const children = new Map<string, string[]>()
  for (const { code, parentCode } of categories) {
    if (parentCode === null) continue
    const siblings = children.get(parentCode)
    if (siblings) siblings.push(code)
    else children.set(parentCode, [code])
  }
  const all = new Set(codes)
  // A set hands out what is added while it is walked
  for (const code of all) for (const child of children.get(code) ?? []) all.add(child)
  return all
}

function facetLookup(
  { category, department, status, level, intake, open }: IncidentFilter,
  { dictionaries, facets }: IncidentColumns,
  { categories, departmentCode: seenDepartment = null }: FilterContext,
): Uint8Array | null {
  const lists = [category, department, status, level, intake]
  if (lists.every((list) => !list?.length) && open === undefined && seenDepartment === null) return null
  const wanted = category?.length ? withSubCategories(category, categories) : null
  const inCategory = wanted && lookup(dictionaries.categories, (code) => wanted.has(code))
  const inDepartment =
    department?.length && lookup(dictionaries.departments, (code) => code !== '' && department.includes(code))
  return lookup(
    facets.all(),
    (facet) =>
      (seenDepartment === null || dictionaries.departments[facet.department] === seenDepartment) &&
      (!inCategory || inCategory[facet.category] === 1) &&
      (!inDepartment || inDepartment[facet.department] === 1) &&
      (!status?.length || status.includes(facet.status)) &&
      (!level?.length || level.includes(facet.level)) &&
      (!intake?.length || intake.includes(facet.intake)) &&
      (open === undefined || open === facet.open),
  )
}

function gridLookup(
  { area, grid }: IncidentFilter,
  { dictionaries }: IncidentColumns,
  { areaOfGrid, scope = EVERYTHING }: FilterContext,
): Uint8Array | null {
  const seesAll = scope.includes('')
  if (area === undefined && grid === undefined && seesAll) return null
  return lookup(dictionaries.grids, (code) => {
    if (grid !== undefined && code !== grid) return false
    const itsArea = areaOfGrid.get(code) ?? ''
    return (area === undefined || itsArea.startsWith(area)) && (seesAll || inScope(itsArea, scope))
  })
}

function lookup<T>(entries: readonly T[], passes: (entry: T) => boolean): Uint8Array {
  const passing = new Uint8Array(entries.length)
  for (let number = 0; number < entries.length; number++) passing[number] = passes(entries[number]!) ? 1 : 0
  return passing
}
