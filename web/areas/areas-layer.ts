import type { LayerSpecification } from 'maplibre-gl'
import type { AreaLevel } from '../../domain/area.ts'
import type { Language } from '../../domain/district.ts'
import { type MapColours, PLACE_OPACITY } from '../ui/map-colours.ts'
import { MAP_FONT, ownName } from '../ui/map-text.ts'

export const AREA_SOURCE = 'areas'
export const AREA_LABEL_SOURCE = 'area-labels'
/** Invisible; answers which area of the coloured level is below the pointer */
export const AREA_HIT_LAYER = 'area-hit'

/** `level`: the areas that are coloured, by feature state `fill`. */
export function areaFillLayers(colours: MapColours, level: AreaLevel | null): LayerSpecification[] {
  const layout = { visibility: level ? 'visible' : 'none' } as const
  const filter = isLevel(level ?? 'community')
  return [
    { id: AREA_HIT_LAYER, type: 'fill', source: AREA_SOURCE, filter, layout, paint: { 'fill-opacity': 0 } },
    {
      id: 'area-fill',
      type: 'fill',
      source: AREA_SOURCE,
      filter,
      layout,
      paint: {
        'fill-color': ['to-color', ['feature-state', 'fill'], colours.empty],
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, PLACE_OPACITY, 15.5, 0.45],
        'fill-antialias': false,
      },
    },
  ]
}

const WIDTHS: Record<AreaLevel, { least: number; most: number; opacity: number; minzoom: number }> = {
  community: { least: 0.6, most: 2, opacity: 0.55, minzoom: 11 },
  street: { least: 0.9, most: 2.8, opacity: 0.7, minzoom: 9 },
  district: { least: 1.4, most: 3.6, opacity: 0.9, minzoom: 0 },
}

export function areaBorderLayers(colours: MapColours, visible: boolean): LayerSpecification[] {
  return (['community', 'street', 'district'] as const).map((level): LayerSpecification => {
    const { least, most, opacity, minzoom } = WIDTHS[level]
    return {
      id: `area-border-${level}`,
      type: 'line',
      source: AREA_SOURCE,
      minzoom,
      filter: isLevel(level),
      layout: { visibility: visible ? 'visible' : 'none', 'line-join': 'round' },
      paint: {
        'line-color': colours.areaBorder,
        'line-width': ['interpolate', ['linear'], ['zoom'], 9, least, 16, most],
        'line-opacity': opacity,
        ...(level === 'community' ? { 'line-dasharray': [4, 2] } : {}),
      },
    }
  })
}

/** The area of the coloured level below the pointer (feature state `hover`). */
export function areaOutlineLayers(colours: MapColours, level: AreaLevel | null): LayerSpecification[] {
  return [
    {
      id: 'area-hover',
      type: 'line',
      source: AREA_SOURCE,
      filter: isLevel(level ?? 'community'),
      layout: { visibility: level ? 'visible' : 'none', 'line-join': 'round' },
      paint: {
        'line-color': colours.hover,
        'line-width': 2.5,
        'line-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 0.9, 0],
      },
    },
  ]
}

/** A district among its streets would stand where one of them is named. */
const LABELS: Record<AreaLevel, { minzoom: number; maxzoom: number; size: number }> = {
  community: { minzoom: 12.5, maxzoom: 16, size: 12 },
  street: { minzoom: 10.5, maxzoom: 14.5, size: 13.5 },
  district: { minzoom: 0, maxzoom: 11.5, size: 15 },
}

export function areaLabelLayers(
  colours: MapColours,
  language: Language,
  visible: boolean,
): LayerSpecification[] {
  return (['community', 'street', 'district'] as const).map((level): LayerSpecification => {
    const { minzoom, maxzoom, size } = LABELS[level]
    return {
      id: `area-label-${level}`,
      type: 'symbol',
      source: AREA_LABEL_SOURCE,
      filter: isLevel(level),
      minzoom,
      maxzoom,
      layout: {
        visibility: visible ? 'visible' : 'none',
        'text-field': ownName(language),
        'text-font': MAP_FONT,
        'text-size': size,
        'text-letter-spacing': level === 'district' ? 0.12 : 0.04,
        'text-max-width': 8,
        // In the middle or not at all: beside it a name is taken for that of a neighbour, and one that may move
        // stands elsewhere after each move of the map
        'text-padding': 0,
      },
      paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.8 },
    }
  })
}

const isLevel = (level: AreaLevel) => ['==', ['get', 'level'], level] as ['==', ['get', string], string]
