import { expect, it } from 'vitest'
import { readDay, readPeriod } from './read-period.ts'

it('reads years, quarters, months and days', () => {
  expect(readPeriod('2024')).toEqual({ from: '2024-01-01', to: '2025-01-01' })
  expect(readPeriod('2024Q4')).toEqual({ from: '2024-10-01', to: '2025-01-01' })
  expect(readPeriod('2024年二季度')).toEqual({ from: '2024-04-01', to: '2024-07-01' })
  expect(readPeriod('2024-12')).toEqual({ from: '2024-12-01', to: '2025-01-01' })
  expect(readPeriod('202405')).toEqual({ from: '2024-05-01', to: '2024-06-01' })
  expect(readPeriod('2024年5月')).toEqual({ from: '2024-05-01', to: '2024-06-01' })
  expect(readPeriod('2024/2/29')).toEqual({ from: '2024-02-29', to: '2024-03-01' })
})

it('answers null for what is no period', () => {
  for (const text of ['2024-13', '2023-02-29', '2024Q5', 'May 2024', '']) expect(readPeriod(text)).toBeNull()
  expect(readDay('2024-00-10')).toBeNull()
})
