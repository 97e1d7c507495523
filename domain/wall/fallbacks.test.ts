import { describe, expect, it } from 'vitest'
import { knownMeasure, seenUnit } from './fallbacks.ts'

const STREET = { level: 'street', gridCount: 3 } as const
const COMMUNITY = { level: 'community', gridCount: 3 } as const

describe('a ranking and the colours of a map', () => {
  it('are by the next finer level that is seen, once that is known', () => {
    expect(seenUnit('street', [STREET, COMMUNITY])).toBe('street')
    expect(seenUnit('street', [COMMUNITY])).toBe('community')
    expect(seenUnit('district', [COMMUNITY])).toBe('community')
    expect(seenUnit('street', [])).toBe('grid')
    expect(seenUnit('street', null)).toBeNull()
    // Communities that no grid belongs to have no cases
    expect(seenUnit('community', [{ ...COMMUNITY, gridCount: 0 }])).toBe('grid')
  })

  it('are by what is no level of areas, whatever is seen', () => {
    expect(seenUnit('department', [COMMUNITY])).toBe('department')
    expect(seenUnit('category', null)).toBe('category')
    expect(seenUnit('hexagon', [COMMUNITY])).toBe('hexagon')
  })
})

describe('the colours of a map', () => {
  it('are by area where nobody has counted households', () => {
    expect(knownMeasure('perHundredHouseholds', [{ households: null }, { households: 12 }])).toBe(
      'perHundredHouseholds',
    )
    expect(knownMeasure('perHundredHouseholds', [{ households: null }, { households: 0 }])).toBe('perKm2')
    expect(knownMeasure('perHundredHouseholds', null)).toBe('perKm2')
    expect(knownMeasure('count', [{ households: null }])).toBe('count')
  })
})
