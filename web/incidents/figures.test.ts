import { expect, it } from 'vitest'
import { byTopCategory } from './figures.ts'

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
