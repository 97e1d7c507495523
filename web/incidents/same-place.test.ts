import { expect, it } from 'vitest'
import { emptyColumns } from '../../domain/columns/incident-columns.ts'
import { samePlace } from './same-place.ts'

it('finds the cases at the very place of one, the newest first, among those that pass', () => {
  const columns = emptyColumns(5)
  columns.length = 5
  columns.id.set([11, 12, 13, 14, 15])
  columns.lngE7.set([7, 7, 8, 7, 7])
  columns.latE7.set([3, 3, 3, 3, 3])
  expect(samePlace(columns, Uint32Array.of(0, 1, 2, 4), 12)).toEqual({ ids: [15, 12, 11], position: 1 })
  expect(samePlace(columns, Uint32Array.of(0, 1, 2, 4), 14)).toBeNull()
})
