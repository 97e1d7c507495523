import { expect, it } from 'vitest'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { byTopCategory, statusesWithin } from './figures.ts'

it('counts a category for the one at the top, however deep it lies', () => {
  const parentOf = new Map([
    ['road', null],
    ['hole', 'road'],
    ['deep hole', 'hole'],
    ['rubbish', null],
  ])
  const counts = [
    { code: 'rubbish', count: 4 },
    { code: 'deep hole', count: 3 },
    { code: 'hole', count: 2 },
    { code: 'of before', count: 1 },
  ]
  expect(byTopCategory(counts, parentOf)).toEqual([
    { code: 'road', count: 5 },
    { code: 'rubbish', count: 4 },
    { code: 'of before', count: 1 },
  ])
})

it('counts by status only the cases that stand inside of a box', () => {
  const columns = {
    status: Uint8Array.of(0, 0, 5, 0),
    lngE7: Int32Array.of(1_200_000_000, 1_201_000_000, 1_200_500_000, 1_200_000_000),
    latE7: Int32Array.of(300_000_000, 300_000_000, 300_500_000, 310_000_000),
  } as unknown as IncidentColumns
  const counted = (rows: number[], bbox: [number, number, number, number] | null) =>
    Object.fromEntries(
      statusesWithin(columns, Uint32Array.from(rows), bbox)
        .filter(({ count }) => count > 0)
        .map(({ status, count }) => [status, count]),
    )
  expect(counted([0, 1, 2, 3], [120, 30, 120.06, 30.06])).toEqual({ reported: 1, closed: 1 })
  expect(counted([1, 2], null)).toEqual({ reported: 1, closed: 1 })
})
