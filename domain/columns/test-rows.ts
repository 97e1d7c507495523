import fc from 'fast-check'
import { INTAKES, LEVELS, STATUSES } from '../incident.ts'
import type { IncidentFilter } from '../incident-filter.ts'
import { type Dictionaries, emptyColumns, type IncidentColumns } from './incident-columns.ts'
import { applyRows, type CodedRow } from './rows.ts'

export const CATEGORIES = [
  { code: 'road', parentCode: null },
  { code: 'road-hole', parentCode: 'road' },
  { code: 'road-hole-deep', parentCode: 'road-hole' },
  { code: 'rubbish', parentCode: null },
]

export const AREA_OF_GRID = new Map([
  ['110101001001001', '110101001001'],
  ['110101001001002', '110101001001'],
  ['110101002001001', '110101002001'],
])

export const dictionaries = (): Dictionaries => ({
  categories: CATEGORIES.map(({ code }) => code),
  grids: ['', ...AREA_OF_GRID.keys()],
  departments: ['', 'roads', 'cleaning'],
})

/** The span the random times come from is short, so that cases often share a second. */
export const anyTime = fc.integer({ min: 1_700_000_000, max: 1_700_000_040 })

const maybeTime = fc.oneof(fc.constant(0), anyTime)

export const anyRow = (ids: fc.Arbitrary<number>): fc.Arbitrary<CodedRow> =>
  fc.record({
    id: ids,
    lngE7: fc.integer({ min: 1_160_000_000, max: 1_160_100_000 }),
    latE7: fc.integer({ min: 390_000_000, max: 390_100_000 }),
    reportedAt: anyTime,
    dueAt: maybeTime,
    closedAt: maybeTime,
    category: fc.nat(CATEGORIES.length - 1),
    grid: fc.nat(AREA_OF_GRID.size),
    department: fc.nat(2),
    status: fc.nat(STATUSES.length - 1),
    level: fc.constantFrom(...LEVELS),
    intake: fc.nat(INTAKES.length - 1),
  })

export const anyRows = fc.uniqueArray(anyRow(fc.integer({ min: 1, max: 300 })), {
  selector: ({ id }) => id,
  maxLength: 80,
})

const someOf = <T>(choices: readonly T[]) => fc.option(fc.subarray([...choices]), { nil: undefined, freq: 1 })

const isoTime = anyTime.map((second) => new Date(second * 1000).toISOString())

export const anyFilter: fc.Arbitrary<IncidentFilter> = fc
  .record(
    {
      from: isoTime,
      to: isoTime,
      category: someOf([...CATEGORIES.map(({ code }) => code), 'unheard-of']),
      status: someOf(STATUSES),
      level: someOf(LEVELS),
      intake: someOf(INTAKES),
      department: someOf(['roads', 'cleaning']),
      area: fc.constantFrom('110101', '110101001', '110101002001', '9'),
      grid: fc.constantFrom(...AREA_OF_GRID.keys()),
      open: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map((filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)))

export function columnsOf(rows: readonly CodedRow[]): IncidentColumns {
  const columns = emptyColumns(0, dictionaries())
  applyRows(columns, [], rows)
  return columns
}

/** The rows of the columns, in their order. */
export function rowsOf(columns: IncidentColumns): CodedRow[] {
  return Array.from({ length: columns.length }, (_, row) => ({
    id: columns.id[row]!,
    lngE7: columns.lngE7[row]!,
    latE7: columns.latE7[row]!,
    reportedAt: columns.reportedAt[row]!,
    dueAt: columns.dueAt[row]!,
    closedAt: columns.closedAt[row]!,
    category: columns.category[row]!,
    grid: columns.grid[row]!,
    department: columns.department[row]!,
    status: columns.status[row]!,
    level: columns.level[row]!,
    intake: columns.intake[row]!,
  }))
}

export const byTimeThenId = (a: CodedRow, b: CodedRow) => a.reportedAt - b.reportedAt || a.id - b.id
