import type { AreaFeatures, AreaProperties } from '../../domain/area.ts'
import type { Language } from '../../domain/district.ts'
import type { GridFeatures, GridProperties } from '../../domain/grid.ts'
import type { Category, Department } from '../../domain/incident.ts'
import { nameIn } from './language.ts'

/** Names by code, in the reader's language; a code without a name is its own. */
export interface Names {
  grids: ReadonlyMap<string, GridProperties>
  areas: ReadonlyMap<string, AreaProperties>
  /** of a grid or an area */
  place(code: string): string
  category(code: string): string
  /** whether a text is the category's name in either language */
  isCategory(code: string, text: string): boolean
  department(code: string): string
  /** names of the areas a grid lies in, the widest first */
  above(grid: GridProperties): string[]
}

export function makeNames(
  grids: GridFeatures | undefined,
  areas: AreaFeatures | undefined,
  categories: readonly Category[] | undefined,
  departments: readonly Department[] | undefined,
  language: Language,
): Names {
  const gridByCode = new Map(grids?.features.map(({ properties }) => [properties.code, properties]))
  const areaByCode = new Map(areas?.features.map(({ properties }) => [properties.code, properties]))
  const categoryByCode = new Map(categories?.map((category) => [category.code, category]))
  const departmentByCode = new Map(departments?.map((department) => [department.code, department]))
  const nameOf = (named: { name: string; nameEn: string | null } | undefined, code: string) =>
    named ? nameIn(language, named) : code
  return {
    grids: gridByCode,
    areas: areaByCode,
    place: (code) => nameOf(gridByCode.get(code) ?? areaByCode.get(code), code),
    category: (code) => nameOf(categoryByCode.get(code), code),
    isCategory: (code, text) => {
      const category = categoryByCode.get(code)
      return [category?.name, category?.nameEn].includes(text.trim())
    },
    department: (code) => nameOf(departmentByCode.get(code), code),
    above(grid) {
      const names: string[] = []
      let area = areaByCode.get(grid.areaCode)
      while (area && names.length < 3) {
        names.unshift(nameIn(language, area))
        area = area.parentCode === null ? undefined : areaByCode.get(area.parentCode)
      }
      return names
    },
  }
}
