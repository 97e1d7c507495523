import { tableFromIPC } from '@uwdata/flechette'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeColumns, encodeColumns } from './arrow.ts'
import { reserve } from './rows.ts'
import { anyRows, columnsOf, rowsOf } from './test-rows.ts'

const STATE = {
  version: 'a-1',
  position: '7712.16384~1764230400~10:20:10,14',
  asOf: '2026-03-01T08:00:00.000Z',
  gridAreas: ['', '110101001001'],
  latitude: -33.9,
}

test('columns come through an Arrow stream as they were, also when they are empty or have room to grow', () => {
  fc.assert(
    fc.property(anyRows, fc.nat(10), (rows, room) => {
      const columns = columnsOf(rows)
      reserve(columns, columns.length + room)
      const { columns: decoded, ...state } = decodeColumns(encodeColumns(columns, STATE))
      expect(state).toEqual(STATE)
      expect(decoded.dictionaries).toEqual(columns.dictionaries)
      expect(rowsOf(decoded)).toEqual(rowsOf(columns))
      const facets = rowsOf(columns).map((_, row) => columns.facets.all()[columns.facet[row]!])
      expect(Array.from(decoded.facet, (facet) => decoded.facets.all()[facet])).toEqual(facets)
    }),
  )
})

test('decoded columns are views of what was received, not copies', () => {
  const bytes = encodeColumns(
    columnsOf(
      fc.sample(
        anyRows.filter((rows) => rows.length > 5),
        1,
      )[0]!,
    ),
    STATE,
  )
  const { columns } = decodeColumns(bytes)
  for (const name of ['id', 'reportedAt', 'category', 'grid', 'status'] as const) {
    expect(columns[name].buffer).toBe(bytes.buffer)
  }
})

test('any reader of Arrow sees the codes', () => {
  const rows = fc.sample(
    anyRows.filter((rows) => rows.length > 5),
    1,
  )[0]!
  const columns = columnsOf(rows)
  const table = tableFromIPC(encodeColumns(columns, STATE))
  const codes = rowsOf(columns).map(({ category }) => columns.dictionaries.categories[category])
  expect([...table.getChild('category')]).toEqual(codes)
})

test('an Arrow stream of something else is refused', () => {
  expect(() => decodeColumns(new Uint8Array(16))).toThrow()
})
