import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Category, Department, Intake, Level } from '../../../domain/incident.ts'

const CATEGORIES = new URL('../../../data/demo-categories.csv', import.meta.url)
const FIGURES = new URL('../../../data/demo-cases.json', import.meta.url)

/** Where in a grid a case of a category is found. */
export type CasePlace =
  | 'road'
  | 'building'
  | 'old-estate'
  | 'new-estate'
  | 'shops'
  | 'village'
  | 'works'
  | 'park'
  | 'river'

/** A category that cases have, with how they come and how long they may take. */
export interface CaseCategory extends Category {
  weight: number
  /** hours from dispatch to the deadline */
  limitHours: number
  level: Level
  departmentCode: string
  /** names of a row of `hours` and `weekdays`, and of `seasons` */
  hours: string
  season: string
  place: CasePlace
}

interface CaseFigures {
  casesADay: number
  departments: Department[]
  /** weight of each hour of the day */
  hours: Record<string, number[]>
  /** factor of each day of the week, Monday first */
  weekdays: Record<string, number[]>
  /** factor of each month */
  seasons: Record<string, number[]>
  stormDays: { count: number; factor: number; seasons: string[] }
  hotSpots: {
    count: number
    days: [least: number, most: number]
    radiusM: number
    wanderM: number
    share: number
  }
  intakes: Record<Intake, number>
  shares: Record<'solvedOnTheSpot' | 'void' | 'returned' | 'reworked' | 'suspended' | 'overdue', number>
}

export interface CaseRecipe extends CaseFigures {
  /** both levels, parents before their children */
  categories: Category[]
  /** the lower level, which cases have */
  kinds: CaseCategory[]
}

interface CategoryRow {
  code: string
  parent: string
  name: string
  name_en: string
  kind: Category['kind']
  weight: string
  limit_hours: string
  level: string
  department: string
  hours: string
  season: string
  place: CasePlace
}

/** How the cases of the demo district come about, from `data/`. */
export async function readCaseRecipe(): Promise<CaseRecipe> {
  const [table, figures] = await Promise.all([readFile(CATEGORIES, 'utf8'), readFile(FIGURES, 'utf8')])
  const rows = parse(table, { columns: true }) as CategoryRow[]
  return {
    ...(JSON.parse(figures) as CaseFigures),
    categories: rows.map(categoryOf),
    kinds: rows
      .filter((row) => row.weight !== '')
      .map((row) => ({
        ...categoryOf(row),
        weight: Number(row.weight),
        limitHours: Number(row.limit_hours),
        level: Number(row.level) as Level,
        departmentCode: row.department,
        hours: row.hours,
        season: row.season,
        place: row.place,
      })),
  }
}

function categoryOf({ code, parent, name, name_en, kind }: CategoryRow): Category {
  return { code, parentCode: parent || null, name, nameEn: name_en, kind }
}
