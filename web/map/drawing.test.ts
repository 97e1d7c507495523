import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { DENSITY_UNITS } from '../../domain/density/density.ts'
import { LANGUAGES } from '../../domain/district.ts'
import { clusterSpaces, SPACE_IMAGE } from '../incidents/cluster-space.ts'
import { type Base, type DrawingInputs, drawing, mapShapes } from './drawing.ts'
import { LAYER_ORDER, SLOTS } from './layer-order.ts'
import type { MapAreas, MapLayers } from './map-types.ts'
import { sourceOf } from './use-tile-sources.ts'

const tiles = (layer: string) =>
  sourceOf({ tiles: [`/tiles/${layer}/{z}/{x}/{y}.mvt`], minzoom: 4, maxzoom: 14 }, 'http://here')

const ALL_ON: MapLayers = {
  base: true,
  grids: true,
  heat: true,
  points: true,
  buildings: true,
  places: true,
  areas: true,
  labels: true,
}

const AREAS: MapAreas = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: {
        code: '530103',
        level: 'district',
        name: '盘龙区',
        nameEn: 'Panlong',
        parentCode: null,
        gridCount: 1,
        households: 1,
        areaKm2: 1,
      },
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 1],
              [0, 0],
            ],
          ],
        ],
      },
    },
  ],
}

const BASES: Record<Base['kind'], Base> = {
  none: { kind: 'none' },
  tiles: { kind: 'tiles', tiles: tiles('base') },
  tianditu: { kind: 'tianditu', key: 'a key' },
  style: {
    kind: 'style',
    style: {
      sources: { own: { type: 'vector', tiles: ['https://own/{z}/{x}/{y}'] } },
      layers: [
        { id: 'own-name', type: 'symbol', source: 'own', 'source-layer': 'name' },
        { id: 'own-ground', type: 'fill', source: 'own', 'source-layer': 'ground' },
      ],
    },
  },
}

const inputs = (other: Partial<DrawingInputs> = {}): DrawingInputs => ({
  theme: 'dark',
  language: 'zh-CN',
  base: BASES.tiles,
  tiles: { base: tiles('base'), grids: tiles('grids'), buildings: tiles('buildings') },
  shapes: mapShapes(null, AREAS, null),
  clusterSpace: clusterSpaces([{ count: 120, lng: 0.5, lat: 0.5 }]),
  layers: ALL_ON,
  by: 'grid',
  selectedGrid: null,
  tilted: false,
  ...other,
})

const visible = (wanted: DrawingInputs) =>
  drawing(wanted)
    .layers.filter(({ layout }) => layout?.visibility !== 'none')
    .map(({ id }) => id)

describe('the drawing', () => {
  it('is a valid style for every theme, language, base map and unit', () => {
    for (const theme of ['dark', 'light'] as const) {
      for (const language of LANGUAGES) {
        for (const base of Object.values(BASES)) {
          for (const by of [...DENSITY_UNITS, null]) {
            const { sources, layers } = drawing(inputs({ theme, language, base, by, tilted: by === null }))
            expect(
              validateStyleMin({ version: 8, glyphs: 'http://here/{fontstack}/{range}', sources, layers }),
            ).toEqual([])
            expect(new Set(layers.map(({ id }) => id)).size).toBe(layers.length)
          }
        }
      }
    }
  })

  it('never needs glyphs or sprites from anywhere', () => {
    const text = JSON.stringify(drawing(inputs()))
    // The one image is made by the map itself
    expect(text.match(/"icon-image":[^,}]*/g)).toEqual([`"icon-image":"${SPACE_IMAGE}"`])
    expect(text.match(/https?:\/\/[^"]*/g)?.every((url) => url.startsWith('http://here/'))).toBe(true)
  })

  it('keeps names above buildings, buildings above colours, and every slot in its place', () => {
    const ids = drawing(inputs({ tilted: true })).layers.map(({ id }) => id)
    const wanted = [
      'background',
      'grid-fill',
      'slotHexagons',
      'base-major-transportation',
      'slotHeat',
      'grid-border',
      'grid-selected',
      'building-tall',
      'base-place-city',
      'grid-label',
      'area-label-street',
      'slotPoints',
    ]
    const places = wanted.map((id) => ids.indexOf(id))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(SLOTS).toEqual(LAYER_ORDER.filter((band) => band.startsWith('slot')))
    for (const slot of SLOTS) expect(ids[ids.indexOf(slot) - 1]).toBe(`${slot}Floor`)
  })

  it('colours one kind of place at a time', () => {
    expect(visible(inputs())).toContain('grid-fill')
    expect(visible(inputs())).not.toContain('area-fill')
    for (const by of ['community', 'street', 'district'] as const) {
      expect(visible(inputs({ by }))).toContain('area-fill')
      expect(visible(inputs({ by }))).not.toContain('grid-fill')
    }
    expect(visible(inputs({ by: 'hexagon' })).filter((id) => /fill/.test(id))).toEqual([])
  })

  it('draws buildings flat from above and tall when tilted, never both', () => {
    const buildings = (tilted: boolean) =>
      visible(inputs({ tilted })).filter((id) => id.startsWith('building'))
    expect(buildings(false)).toEqual(['building-flat'])
    expect(buildings(true)).toEqual(['building-tall'])
    expect(visible(inputs({ layers: { ...ALL_ON, buildings: false } })).join()).not.toContain('building')
  })

  it('leaves out what is switched off, and still knows the grid below the pointer', () => {
    const off = visible(
      inputs({
        layers: {
          base: false,
          grids: false,
          heat: false,
          points: false,
          buildings: false,
          places: false,
          areas: false,
          labels: false,
        },
      }),
    )
    expect(off).toEqual(['background', 'grid-hit', 'grid-hover', 'grid-selected-casing', 'grid-selected'])
  })

  it('draws without tiles that the server does not have', () => {
    const { sources } = drawing(
      inputs({ base: BASES.none, tiles: { base: null, grids: null, buildings: null } }),
    )
    expect(Object.keys(sources)).toEqual(['areas', 'area-labels', 'grid-labels', 'places', 'cluster-space'])
  })

  it('does not write the name of an own area twice', () => {
    const place = drawing(inputs()).layers.find(({ id }) => id === 'base-place-city')
    expect(JSON.stringify(place)).toContain('盘龙区')
  })
})

describe('a tile source', () => {
  it('is fetched from where the page came from, whatever name the server has for itself', () => {
    const expected = ['http://here/tiles/grids/{z}/{x}/{y}.mvt?asOf=2026-01-01']
    for (const host of ['', 'http://127.0.0.1:8080', 'https://grids.example']) {
      const tile = `${host}/tiles/grids/{z}/{x}/{y}.mvt?asOf=2026-01-01`
      expect(sourceOf({ tiles: [tile], minzoom: 0, maxzoom: 9 }, 'http://here').tiles).toEqual(expected)
    }
  })
})

it('places the room of the bubbles before any name, so that names give way to them', () => {
  const symbols = drawing(inputs())
    .layers.filter(({ type }) => type === 'symbol')
    .map(({ id }) => id)
  // MapLibre places the uppermost layer first
  expect(symbols.at(-1)).toBe('cluster-space')
  expect(symbols).toEqual(expect.arrayContaining(['grid-label', 'area-label-street', 'base-place-city']))
})
