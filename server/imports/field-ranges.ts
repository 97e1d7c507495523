import type { ESTATE_TYPES } from '../../domain/grid.ts'

type EstateType = (typeof ESTATE_TYPES)[number]

/** What numbers in files can be; beyond it they are slips. */
export const PEOPLE = { min: 0, max: 1_000_000 }
export const STOREYS = { min: 0, max: 300 }
export const STAFF = { min: 0, max: 10_000 }

/** Estate types as Chinese files write them. */
export const ESTATE_TYPE_WORDS: Record<string, EstateType> = {
  老旧小区: 'old',
  老旧院落: 'old',
  老旧: 'old',
  旧: 'old',
  新建小区: 'new',
  新建: 'new',
  新: 'new',
  其他: 'other',
  其它: 'other',
}
