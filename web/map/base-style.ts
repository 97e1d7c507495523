import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Language } from '../../domain/district.ts'
import type { MapColours } from '../ui/map-colours.ts'
import { baseName, MAP_FONT } from '../ui/map-text.ts'

export const BASE_SOURCE = 'base'

/** What a base map is made of, by where it is drawn. */
export interface BaseLayers {
  ground: LayerSpecification[]
  lines: LayerSpecification[]
  labels: LayerSpecification[]
}

/**
 * Layers over vector tiles of the OpenMapTiles schema. Tiles that lack one of its layers draw without it.
 * @param own areas that we name ourselves, and whether grids have their names: close up these take the place of
 *   the names of quarters
 */
export function openMapTilesLayers(
  colours: MapColours,
  language: Language,
  own: { names: readonly string[]; gridsNamed: boolean },
): BaseLayers {
  return { ground: ground(colours), lines: lines(colours), labels: labels(colours, language, own) }
}

const of = (layer: string) => ({ source: BASE_SOURCE, 'source-layer': layer }) as const
const classIn = (...classes: string[]): ExpressionSpecification => [
  'match',
  ['get', 'class'],
  classes,
  true,
  false,
]
const IS_LINE: ExpressionSpecification = [
  'match',
  ['geometry-type'],
  ['LineString', 'MultiLineString'],
  true,
  false,
]
/** Line width in pixels: grows between zoom 10 and 18. */
const width = (at10: number, at14: number, at18: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  10,
  at10,
  14,
  at14,
  18,
  at18,
]

const BUILT = [
  ...['residential', 'commercial', 'industrial', 'retail', 'school', 'college', 'university', 'kindergarten'],
  ...['hospital', 'railway', 'bus_station'],
]

function ground(colours: MapColours): LayerSpecification[] {
  const fill = (
    id: string,
    layer: string,
    color: string,
    filter?: ExpressionSpecification,
    opacity = 1,
  ): LayerSpecification => ({
    id: `base-${id}`,
    type: 'fill',
    ...of(layer),
    ...(filter ? { filter } : {}),
    paint: { 'fill-color': color, 'fill-opacity': opacity, 'fill-antialias': false },
  })
  return [
    fill('built', 'landuse', colours.built, classIn(...BUILT)),
    fill(
      'landcover',
      'landcover',
      colours.green,
      classIn('wood', 'grass', 'forest', 'park', 'farmland'),
      0.8,
    ),
    fill('park', 'park', colours.green, undefined, 0.8),
    fill('cemetery', 'landuse', colours.green, classIn('cemetery', 'pitch', 'park'), 0.8),
    fill('ocean', 'ocean', colours.water),
    fill('water', 'water', colours.water),
    {
      id: 'base-waterway',
      type: 'line',
      ...of('waterway'),
      paint: { 'line-color': colours.water, 'line-width': width(0.5, 1.5, 6) },
    },
  ]
}

const MAJOR = ['motorway', 'trunk']
const MIDDLE = ['primary', 'secondary']
const SMALL = ['tertiary', 'minor', 'service', 'residential', 'unclassified']
// Some extracts split the roads of the schema's one layer by their rank
const TRANSPORTATION = [
  'transportation',
  'transportation_main',
  'transportation_mid',
  'transportation_detail',
]

function lines(colours: MapColours): LayerSpecification[] {
  const road = (
    id: string,
    layer: string,
    classes: string[],
    color: string,
    lineWidth: ExpressionSpecification,
    opacity: ExpressionSpecification | number,
    minzoom: number,
  ): LayerSpecification => ({
    id: `base-${id}-${layer}`,
    type: 'line',
    ...of(layer),
    minzoom,
    filter: classIn(...classes),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': lineWidth, 'line-opacity': opacity },
  })
  const eachLayer = (draw: (layer: string) => LayerSpecification) => TRANSPORTATION.map(draw)
  return [
    ...eachLayer((layer) => ({
      id: `base-path-${layer}`,
      type: 'line',
      ...of(layer),
      minzoom: 14,
      filter: classIn('path', 'track', 'pedestrian'),
      paint: {
        'line-color': colours.road,
        'line-width': width(0.2, 0.6, 2.5),
        'line-dasharray': [3, 2],
        'line-opacity': 0.7,
      },
    })),
    ...eachLayer((layer) => road('small', layer, SMALL, colours.road, width(0.2, 0.8, 9), 0.6, 12.5)),
    ...eachLayer((layer) => road('middle', layer, MIDDLE, colours.roadMajor, width(0.5, 1.6, 14), 0.7, 10)),
    ...eachLayer((layer) => road('major', layer, MAJOR, colours.roadMajor, width(0.9, 2.4, 18), 0.85, 6)),
    ...eachLayer((layer) => ({
      id: `base-rail-${layer}`,
      type: 'line',
      ...of(layer),
      minzoom: 12,
      filter: classIn('rail', 'transit', 'railway'),
      paint: {
        'line-color': colours.rail,
        'line-width': width(0.4, 1, 3),
        'line-dasharray': [4, 3],
        'line-opacity': 0.6,
      },
    })),
    {
      id: 'base-boundary',
      type: 'line',
      ...of('boundary'),
      filter: ['<=', ['to-number', ['get', 'admin_level'], 99], 6],
      paint: {
        'line-color': colours.boundary,
        'line-width': 1,
        'line-dasharray': [5, 3],
        'line-opacity': 0.5,
      },
    },
  ]
}

function labels(
  colours: MapColours,
  language: Language,
  own: { names: readonly string[]; gridsNamed: boolean },
): LayerSpecification[] {
  const name = baseName(language)
  const text = { 'text-field': name, 'text-font': MAP_FONT } as const
  const halo = { 'text-halo-color': colours.halo, 'text-halo-width': 1.3 } as const
  const roadName = (layer: string, minzoom: number): LayerSpecification => ({
    id: `base-${layer}`,
    type: 'symbol',
    ...of(layer),
    minzoom,
    layout: {
      ...text,
      'symbol-placement': 'line',
      'symbol-spacing': 360,
      'text-size': ['interpolate', ['linear'], ['zoom'], 13, 10, 17, 12.5],
      'text-max-angle': 30,
      'text-padding': 12,
    },
    paint: { 'text-color': colours.labelQuiet, ...halo },
  })
  const place = (
    id: string,
    classes: string[],
    zooms: { minzoom: number; maxzoom: number },
    size: number,
    color: string,
  ): LayerSpecification => ({
    id: `base-place-${id}`,
    type: 'symbol',
    ...of('place'),
    ...zooms,
    filter: ['all', classIn(...classes), ['!', ['in', name, ['literal', [...own.names]]]]],
    layout: {
      ...text,
      'text-size': size,
      'text-max-width': 8,
      'text-padding': 8,
      'symbol-sort-key': ['to-number', ['get', 'rank'], 99],
    },
    paint: { 'text-color': color, ...halo },
  })
  return [
    roadName('transportation_name', 13),
    roadName('transportation_name_mid', 14),
    roadName('transportation_name_detail', 15.5),
    {
      id: 'base-river-name',
      type: 'symbol',
      ...of('water_name'),
      filter: IS_LINE,
      layout: {
        ...text,
        'symbol-placement': 'line',
        'symbol-spacing': 500,
        'text-size': 12,
        'text-letter-spacing': 0.2,
      },
      paint: { 'text-color': colours.waterLabel, ...halo },
    },
    {
      id: 'base-water-name',
      type: 'symbol',
      ...of('water_name'),
      filter: ['!', IS_LINE],
      layout: { ...text, 'text-size': 11, 'text-max-width': 6, 'text-letter-spacing': 0.1 },
      paint: { 'text-color': colours.waterLabel, ...halo },
    },
    place(
      'small',
      ['quarter', 'neighbourhood', 'hamlet', 'village'],
      { minzoom: 13, maxzoom: own.gridsNamed ? 14 : 17 },
      11,
      colours.labelQuiet,
    ),
    place('suburb', ['suburb', 'town', 'borough'], { minzoom: 11, maxzoom: 15 }, 12.5, colours.labelQuiet),
    place('city', ['city'], { minzoom: 4, maxzoom: 13 }, 15, colours.label),
  ]
}
