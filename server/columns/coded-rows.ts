import { CodeNumbers } from '../../domain/columns/code-numbers.ts'
import type { Dictionaries } from '../../domain/columns/incident-columns.ts'
import type { CodedRow } from '../../domain/columns/rows.ts'
import { INTAKES, STATUSES } from '../../domain/incident.ts'
import { CASE_END, FIELD_END } from './queries.ts'

const LARGEST_ID = 2 ** 32 - 1
const FIELDS = 12

const statusNumbers = new Map<string, number>(STATUSES.map((status, number) => [status, number]))
const intakeNumbers = new Map<string, number>(INTAKES.map((intake, number) => [intake, number]))

/** Turns the lines that the database packs into rows of the columns; gives new codes their numbers. */
export class RowCoder {
  readonly dictionaries: Dictionaries = { categories: [], grids: [''], departments: [''] }
  readonly #categories = new CodeNumbers(this.dictionaries.categories, 'categories')
  readonly #grids = new CodeNumbers(this.dictionaries.grids, 'grids')
  readonly #departments = new CodeNumbers(this.dictionaries.departments, 'departments')

  /** @throws Error when a case cannot be held by the columns */
  read(lines: string | null): CodedRow[] {
    return lines === null ? [] : lines.split(CASE_END).map((line) => this.#readLine(line))
  }

  #readLine(line: string): CodedRow {
    const fields = line.split(FIELD_END)
    const [id, lng, lat, reportedAt, dueAt, closedAt, status, level, intake, category, grid, department] =
      fields
    if (fields.length !== FIELDS) {
      throw new Error(`Case ${id} has a code with a control character in it: give it one without.`)
    }
    if (Number(id) > LARGEST_ID) {
      throw new Error(`Case ${id} cannot be counted: the columns hold ids up to ${LARGEST_ID}.`)
    }
    return {
      id: Number(id),
      lngE7: Number(lng),
      latE7: Number(lat),
      reportedAt: Number(reportedAt),
      dueAt: Number(dueAt),
      closedAt: Number(closedAt),
      category: this.#categories.numberOf(category!),
      grid: this.#grids.numberOf(grid!),
      department: this.#departments.numberOf(department!),
      status: statusNumbers.get(status!)!,
      level: Number(level),
      intake: intakeNumbers.get(intake!)!,
    }
  }
}
