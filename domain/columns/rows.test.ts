import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CodeNumbers, MOST_CODES } from './code-numbers.ts'
import { emptyColumns } from './incident-columns.ts'
import { appendRow, applyRows, dropFirstRows, gatherRows, sliceRows } from './rows.ts'
import { anyRow, anyRows, byTimeThenId, columnsOf, dictionaries, rowsOf } from './test-rows.ts'
import { timeSpan } from './time-span.ts'

const changes = fc.array(
  fc.record({
    ids: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 10 }),
    rows: fc.uniqueArray(anyRow(fc.integer({ min: 1, max: 300 })), {
      selector: ({ id }) => id,
      maxLength: 10,
    }),
  }),
  { maxLength: 8 },
)

test('after any changes the columns hold the cases there are, in order of time and id', () => {
  fc.assert(
    fc.property(anyRows, changes, (rows, steps) => {
      const columns = columnsOf(rows)
      const model = new Map(rows.map((row) => [row.id, row]))
      for (const { ids, rows: present } of steps) {
        const touched = new Set([...ids, ...present.map(({ id }) => id)])
        applyRows(columns, touched, present)
        for (const id of touched) model.delete(id)
        for (const row of present) model.set(row.id, row)
      }
      expect(rowsOf(columns)).toEqual([...model.values()].sort(byTimeThenId))
      for (const [place, row] of rowsOf(columns).entries()) {
        const { open, level } = columns.facets.all()[columns.facet[place]!]!
        expect([open, level]).toEqual([row.closedAt === 0, row.level])
      }
    }),
  )
})

test('a case that moves in time stands once, at its new time', () => {
  const [first, second] = fc.sample(anyRow(fc.constant(7)), 2)
  const columns = columnsOf([{ ...first!, reportedAt: 100 }])
  applyRows(columns, [7], [{ ...second!, reportedAt: 900 }])
  expect(rowsOf(columns)).toEqual([{ ...second!, reportedAt: 900 }])
})

test('a time span holds its first second and not its last', () => {
  const [row] = fc.sample(anyRow(fc.constant(1)), 1)
  const columns = columnsOf([10, 20, 20, 30].map((reportedAt, id) => ({ ...row!, id, reportedAt })))
  expect(timeSpan(columns, 10, 20)).toEqual({ start: 0, end: 1 })
  expect(timeSpan(columns, 20, 31)).toEqual({ start: 1, end: 4 })
  expect(timeSpan(columns, 21, 21)).toEqual({ start: 3, end: 3 })
  expect(timeSpan(columns, 40, 10)).toEqual({ start: 4, end: 4 })
})

test('rows appended one after another, dropped, sliced and gathered keep their values', () => {
  fc.assert(
    fc.property(anyRows, fc.nat(80), fc.nat(80), (rows, one, other) => {
      const sorted = [...rows].sort(byTimeThenId)
      const columns = emptyColumns(0, dictionaries())
      // In the order of time, but of one second's cases the later id may come first
      for (const row of [...sorted].sort((a, b) => a.reportedAt - b.reportedAt || b.id - a.id)) {
        appendRow(columns, row)
      }
      const start = Math.min(one, other, rows.length)
      const end = Math.min(Math.max(one, other), rows.length)
      expect(rowsOf(sliceRows(columns, start, end))).toEqual(sorted.slice(start, end))
      const picked = Uint32Array.from(sorted.keys()).filter((place) => place % 3 === 0)
      expect(rowsOf(gatherRows(columns, picked))).toEqual([...picked].map((place) => sorted[place]))
      dropFirstRows(columns, start)
      expect(rowsOf(columns)).toEqual(sorted.slice(start))
    }),
  )
})

test('a dictionary keeps the numbers it gave and refuses more codes than a column can hold', () => {
  const codes = ['']
  const numbers = new CodeNumbers(codes, 'grids')
  expect([numbers.numberOf('a'), numbers.numberOf('b'), numbers.numberOf('a'), numbers.numberOf('')]).toEqual(
    [1, 2, 1, 0],
  )
  expect(codes).toEqual(['', 'a', 'b'])
  for (let n = codes.length; n < MOST_CODES; n++) numbers.numberOf(`grid ${n}`)
  expect(() => numbers.numberOf('one more')).toThrow('65536 grids')
})
