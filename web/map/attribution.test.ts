import { expect, it } from 'vitest'
import { creditsOf } from './attribution.tsx'

it('credits data and base map once each, and leaves out what another credit says already', () => {
  const sources = [
    { type: 'vector', attribution: '© OpenStreetMap contributors (ODbL); OpenMapTiles schema' },
    { type: 'vector', attribution: '© OpenStreetMap contributors (ODbL); OpenMapTiles schema' },
    { type: 'vector' },
  ] as const
  const data = ['City of Boston, PDDL', '© OpenStreetMap contributors, ODbL', 'city of Boston (PDDL)', ' ']
  expect(creditsOf(data, sources)).toEqual([
    '© OpenStreetMap contributors (ODbL); OpenMapTiles schema',
    'City of Boston, PDDL',
  ])
})
