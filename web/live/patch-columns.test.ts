import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyColumns } from '../../domain/columns/incident-columns.ts'
import { rowsOf } from '../../domain/columns/test-rows.ts'
import { INTAKES, LEVELS, STATUSES } from '../../domain/incident.ts'
import type { LiveCase } from '../../domain/live/live-case.ts'
import { type LiveColumns, patchColumns } from './patch-columns.ts'

const anyCase: fc.Arbitrary<LiveCase> = fc
  .record({
    id: fc.integer({ min: 1, max: 12 }),
    lngE7: fc.integer({ min: -1e9, max: 1e9 }),
    latE7: fc.integer({ min: -8e8, max: 8e8 }),
    reportedAt: fc.integer({ min: 90, max: 130 }),
    dueAt: fc.nat(200),
    closedAt: fc.constantFrom(0, 0, 150),
    category: fc.constantFrom('road', 'rubbish'),
    grid: fc.constantFrom('', '110101001001001', '110101002001001'),
    area: fc.constant(''),
    department: fc.constantFrom('', 'roads'),
    status: fc.constantFrom(...STATUSES),
    level: fc.constantFrom(...LEVELS),
    intake: fc.constantFrom(...INTAKES),
  })
  .map((one) => ({ ...one, area: one.grid.slice(0, 12) }))
const anyChanges = fc.record({
  cases: fc.uniqueArray(anyCase, { selector: ({ id }) => id, maxLength: 5 }),
  gone: fc.uniqueArray(fc.integer({ min: 13, max: 14 })),
})

const empty = (): LiveColumns => ({
  columns: emptyColumns(),
  gridAreas: [''],
  version: 'a',
  position: 'p',
  loadedPosition: 'p',
  asOf: '2026-03-01T08:00:00Z',
  latitude: 39,
})

function casesOf({ columns, gridAreas }: LiveColumns): LiveCase[] {
  const { categories, grids, departments } = columns.dictionaries
  return rowsOf(columns).map(({ category, grid, department, status, level, intake, ...plain }) => ({
    ...plain,
    category: categories[category]!,
    grid: grids[grid]!,
    area: gridAreas[grid]!,
    department: departments[department]!,
    status: STATUSES[status]!,
    level: level as LiveCase['level'],
    intake: INTAKES[intake]!,
  }))
}

it.each([false, true])('holds the cases of the span as they were last told (open ones alone: %s)', (open) => {
  const span = { from: 100, to: 120, open }
  fc.assert(
    fc.property(fc.array(anyChanges, { maxLength: 12 }), (all) => {
      const first = empty()
      let shown = first
      const known = new Map<number, LiveCase>()
      for (const [n, changes] of all.entries()) {
        const before = shown
        const pictured = casesOf(before)
        shown = patchColumns(shown, { ...changes, topics: [] }, `p${n}`, span)
        // What is on the screen until the next picture is drawn holds still
        expect(casesOf(before)).toEqual(pictured)
        if (changes.cases.length + changes.gone.length > 0) expect(shown.columns).not.toBe(before.columns)
        for (const one of changes.cases) known.set(one.id, one)
        const expected = [...known.values()]
          .filter(({ reportedAt, closedAt }) => reportedAt >= 100 && reportedAt < 120 && !(open && closedAt))
          .sort((a, b) => a.reportedAt - b.reportedAt || a.id - b.id)
        expect(casesOf(shown)).toEqual(expected)
      }
      expect(casesOf(first)).toEqual([])
      expect(first.columns.dictionaries).toEqual(empty().columns.dictionaries)
    }),
    { numRuns: 40 },
  )
})

it('takes out what is gone', () => {
  const one = fc.sample(anyCase, 1)[0]!
  const span = { from: 0, to: 1000, open: false }
  const shown = patchColumns(empty(), { cases: [one], gone: [], topics: [] }, 'p1', span)
  expect(casesOf(shown)).toHaveLength(1)
  const after = patchColumns(shown, { cases: [], gone: [one.id], topics: [] }, 'p2', span)
  expect([casesOf(after), after.position]).toEqual([[], 'p2'])
})
