import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { MapColours } from '../ui/map-colours.ts'

export const BUILDING_SOURCE = 'buildings'
/** The layer of the vector tiles */
const BUILDING_SOURCE_LAYER = 'buildings'
export const BUILDING_LAYERS = ['building-flat', 'building-tall']

/** From where on heights are drawn: degrees from straight down, and zoom. */
export const TILTED_FROM_PITCH = 20
const TALL_FROM_ZOOM = 14

const FLAT_FROM_ZOOM = 13.5
const fromTiles = { source: BUILDING_SOURCE, 'source-layer': BUILDING_SOURCE_LAYER } as const
const hovered = ['boolean', ['feature-state', 'hover'], false] as ExpressionSpecification

export function flatBuildingLayers(colours: MapColours, visible: boolean): LayerSpecification[] {
  return [
    {
      id: 'building-flat',
      type: 'fill',
      ...fromTiles,
      minzoom: FLAT_FROM_ZOOM,
      layout: { visibility: visible ? 'visible' : 'none' },
      paint: {
        'fill-color': ['case', hovered, colours.selected, colours.building],
        'fill-outline-color': colours.buildingEdge,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], FLAT_FROM_ZOOM, 0, 14.5, 0.5, 17, 0.7],
      },
    },
  ]
}

/** Heights in metres; a building without one stands 3 m high, so that it is seen and not taken for tall. */
export function tallBuildingLayers(colours: MapColours, visible: boolean): LayerSpecification[] {
  const height: ExpressionSpecification = ['coalesce', ['get', 'height'], 3]
  return [
    {
      id: 'building-tall',
      type: 'fill-extrusion',
      ...fromTiles,
      minzoom: TALL_FROM_ZOOM,
      layout: { visibility: visible ? 'visible' : 'none' },
      paint: {
        'fill-extrusion-color': [
          'case',
          hovered,
          colours.selected,
          ['interpolate', ['linear'], height, 0, colours.building, 120, colours.buildingTall],
        ],
        'fill-extrusion-height': height,
        'fill-extrusion-opacity': 0.86,
        'fill-extrusion-vertical-gradient': true,
      },
    },
  ]
}
