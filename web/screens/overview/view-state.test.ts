import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BREAK_METHODS } from '../../../domain/density/breaks.ts'
import { DENSITY_MEASURES, DENSITY_UNITS } from '../../../domain/density/density.ts'
import { LANGUAGES } from '../../../domain/district.ts'
import { LEVELS, STATUSES } from '../../../domain/incident.ts'
import type { MapLayers } from '../../map/map-types.ts'
import { THEMES } from '../../ui/palettes.ts'
import {
  DEFAULT_VIEW,
  HEX_SIZES_M,
  LAYERS,
  parseView,
  roundCamera,
  SPAN_PRESETS,
  serialiseView,
  type ViewState,
} from './view-state.ts'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const anyCamera = fc
  .record({
    lng: between(-180, 180),
    lat: between(-85, 85),
    zoom: between(0, 24),
    bearing: between(-180, 180),
    pitch: between(0, 85),
  })
  .map(roundCamera)
const anySpan = fc.oneof(
  fc.constantFrom(...SPAN_PRESETS),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 2, maxLength: 2 })
    .map(([a, b]) => ({ from: Math.min(a!, b!), to: Math.max(a!, b!) })),
)
const anyView: fc.Arbitrary<ViewState> = fc.record({
  camera: fc.option(anyCamera),
  layers: fc.record(
    Object.fromEntries(LAYERS.map((layer) => [layer, fc.boolean()])),
  ) as fc.Arbitrary<MapLayers>,
  by: fc.constantFrom(...DENSITY_UNITS),
  hexSizeM: fc.constantFrom(...HEX_SIZES_M),
  measure: fc.constantFrom(...DENSITY_MEASURES),
  classMethod: fc.constantFrom(...BREAK_METHODS),
  classCount: fc.integer({ min: 3, max: 9 }),
  span: fc.option(anySpan),
  category: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })),
  status: fc.uniqueArray(fc.constantFrom(...STATUSES)),
  level: fc.uniqueArray(fc.constantFrom(...LEVELS)),
  grid: fc.option(fc.stringMatching(/^[0-9A-Za-z&=%+#-]{1,30}$/)),
  incident: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  place: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  building: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  theme: fc.constantFrom(...THEMES),
  language: fc.option(fc.constantFrom(...LANGUAGES)),
})
const PARAMETERS = [
  ['at', 'layers', 'by', 'hex', 'measure', 'classes', 'count', 'span', 'from', 'to'],
  ['category', 'status', 'level', 'grid', 'case', 'place', 'building', 'theme', 'language'],
].flat()

describe('the view in the address', () => {
  it('survives the way into an address and back', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseView(serialiseView(view))).toEqual(view)
      }),
    )
  })

  it('is short where everything stands at its default', () => {
    expect(serialiseView(DEFAULT_VIEW)).toBe('')
    expect(parseView('')).toEqual(DEFAULT_VIEW)
  })

  it('falls back for one unreadable field and keeps every other one', () => {
    fc.assert(
      fc.property(anyView, fc.constantFrom(...PARAMETERS), (view, name) => {
        const query = new URLSearchParams(serialiseView(view))
        query.delete(name)
        const without = parseView(query.toString())
        query.set(name, '\u0000 no such thing')
        const garbled = parseView(query.toString())
        expect(garbled).toEqual(
          name === 'category' ? { ...without, category: ['\u0000 no such thing'] } : without,
        )
      }),
    )
  })

  it('reads any text whatever without failing, and writes what it read', () => {
    const anyQuery = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.tuple(fc.constantFrom(...PARAMETERS), fc.string({ unit: 'grapheme' })))
        .map((pairs) => new URLSearchParams(pairs).toString()),
    )
    fc.assert(
      fc.property(anyQuery, (query) => {
        const view = parseView(query)
        expect(parseView(serialiseView(view))).toEqual(view)
      }),
      { numRuns: 50 },
    )
  })

  it.each(['1,2', '1,2,x', '181,0,3', '0,86,3', '0,0,25', '0,0,3,0,86', 'Infinity,0,3', ',,'])(
    'shows the whole district for the impossible camera %s',
    (at) => {
      expect(parseView(`at=${at}`).camera).toBeNull()
    },
  )

  it('takes no span that ends before it starts', () => {
    expect(parseView('from=2015-02-01T00:00:00Z&to=2015-01-01T00:00:00Z').span).toBeNull()
    expect(parseView('from=2015-02-30T00:00:00Z&to=2015-13-01T00:00:00Z').span).toBeNull()
  })
})
