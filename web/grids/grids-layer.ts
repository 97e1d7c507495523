import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { Language } from '../../domain/district.ts'
import { type MapColours, PLACE_OPACITY } from '../ui/map-colours.ts'
import { MAP_FONT, ownName } from '../ui/map-text.ts'

export const GRID_SOURCE = 'grids'
/** The layer of the vector tiles */
export const GRID_SOURCE_LAYER = 'grids'
export const GRID_LABEL_SOURCE = 'grid-labels'
/** Invisible; answers which grid is below the pointer, whatever is drawn */
export const GRID_HIT_LAYER = 'grid-hit'

const fromTiles = { source: GRID_SOURCE, 'source-layer': GRID_SOURCE_LAYER } as const

/** Colours come as feature state `fill`, so that a new colouring fetches and parses no tile. */
export function gridFillLayers(colours: MapColours, coloured: boolean): LayerSpecification[] {
  return [
    { id: GRID_HIT_LAYER, type: 'fill', ...fromTiles, paint: { 'fill-opacity': 0 } },
    {
      id: 'grid-fill',
      type: 'fill',
      ...fromTiles,
      layout: { visibility: coloured ? 'visible' : 'none' },
      paint: {
        'fill-color': ['to-color', ['feature-state', 'fill'], colours.empty],
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, PLACE_OPACITY, 15.5, 0.45],
        'fill-antialias': false,
      },
    },
  ]
}

export function gridBorderLayers(colours: MapColours, visible: boolean): LayerSpecification[] {
  return [
    {
      id: 'grid-border',
      type: 'line',
      ...fromTiles,
      layout: { visibility: visible ? 'visible' : 'none', 'line-join': 'round' },
      paint: {
        'line-color': colours.gridBorder,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.3, 13, 0.6, 16, 1.2],
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 10, 0.25, 13, 0.5, 16, 0.75],
      },
    },
  ]
}

/** The grid below the pointer (feature state `hover`) and the chosen one. */
export function gridOutlineLayers(colours: MapColours, selected: string | null): LayerSpecification[] {
  const chosen: FilterSpecification = ['==', ['get', 'code'], selected ?? '']
  return [
    {
      id: 'grid-hover',
      type: 'line',
      ...fromTiles,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': colours.hover,
        'line-width': 2,
        'line-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 0.9, 0],
      },
    },
    {
      id: 'grid-selected-casing',
      type: 'line',
      ...fromTiles,
      filter: chosen,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.halo, 'line-width': 6, 'line-opacity': 0.75 },
    },
    {
      id: 'grid-selected',
      type: 'line',
      ...fromTiles,
      filter: chosen,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.selected, 'line-width': 3 },
    },
  ]
}

export function gridLabelLayers(
  colours: MapColours,
  language: Language,
  visible: boolean,
): LayerSpecification[] {
  return [
    {
      id: 'grid-label',
      type: 'symbol',
      source: GRID_LABEL_SOURCE,
      minzoom: 14,
      layout: {
        visibility: visible ? 'visible' : 'none',
        'text-field': ownName(language),
        'text-font': MAP_FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 14, 11.5, 17, 15],
        'text-max-width': 7,
        'text-padding': 4,
        'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
        'text-radial-offset': 1.4,
        'text-justify': 'auto',
      },
      paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
    },
  ]
}
