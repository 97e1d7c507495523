import { INTAKES, type Intake, LEVELS, type Level, STATUSES, type Status } from '../incident.ts'

/** Everything of a case that a filter asks for besides where and when; codes as numbers of the dictionaries. */
export interface Facet {
  category: number
  department: number
  status: Status
  level: Level
  intake: Intake
  open: boolean
}

/**
 * The combinations of category, department, status, level, intake and openness that occur, by number. There
 * are a few thousand, so a filter by all six is decided once for each and is one lookup a case.
 */
export class Facets {
  readonly #known: Facet[] = []
  readonly #numbers = new Map<number, number>()

  get size(): number {
    return this.#known.length
  }

  all(): readonly Facet[] {
    return this.#known
  }

  /** `status` and `intake` by their index, `level` 1..4, `closedAt` 0 = open; as in the columns. */
  numberOf(
    category: number,
    department: number,
    status: number,
    level: number,
    intake: number,
    closedAt: number,
  ): number {
    const open = closedAt === 0
    const traits = status | ((level - 1) << 3) | (intake << 5) | (open ? 128 : 0)
    const key = (category * 65536 + department) * 256 + traits
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#known.length
    this.#numbers.set(key, number)
    this.#known.push({
      category,
      department,
      status: STATUSES[status]!,
      level: LEVELS[level - 1]!,
      intake: INTAKES[intake]!,
      open,
    })
    return number
  }
}
