import type { LayerSpecification } from 'maplibre-gl'
import type { Language } from '../../domain/district.ts'
import type { MapColours } from '../ui/map-colours.ts'
import { MAP_FONT, ownName } from '../ui/map-text.ts'
import { drawnFromZoom, PLACE_MARKS } from './place-marks.ts'

export const PLACE_SOURCE = 'places'

/** What of them the pointer meets. */
export const PLACE_HIT_LAYERS = ['place-mark', 'place-hydrant-mark']

const NAMES_FROM_ZOOM = 15.5

export function placeLayers(colours: MapColours, language: Language, visible: boolean): LayerSpecification[] {
  const visibility = visible ? ('visible' as const) : ('none' as const)
  return [
    ...marks('place', drawnFromZoom('other'), ['!=', ['get', 'type'], 'hydrant']),
    ...marks('place-hydrant', drawnFromZoom('hydrant'), ['==', ['get', 'type'], 'hydrant']),
  ]

  function marks(
    id: string,
    minzoom: number,
    filter: ['!=' | '==', ['get', string], string],
  ): LayerSpecification[] {
    const characters = Object.entries(PLACE_MARKS[language]).flat()
    return [
      {
        id: `${id}-mark`,
        type: 'circle',
        source: PLACE_SOURCE,
        minzoom,
        filter,
        layout: { visibility },
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 7, 17, 11],
          'circle-color': colours.halo,
          'circle-stroke-color': colours.place,
          'circle-stroke-width': 2,
        },
      },
      {
        id: `${id}-character`,
        type: 'symbol',
        source: PLACE_SOURCE,
        minzoom,
        filter,
        layout: {
          visibility,
          'text-field': ['match', ['get', 'type'], ...characters, ''] as never,
          'text-font': MAP_FONT,
          'text-size': ['interpolate', ['linear'], ['zoom'], 13, 9, 17, 13],
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': colours.place },
      },
      {
        id: `${id}-name`,
        type: 'symbol',
        source: PLACE_SOURCE,
        minzoom: Math.max(minzoom, NAMES_FROM_ZOOM),
        filter,
        layout: {
          visibility,
          'text-field': ownName(language),
          'text-font': MAP_FONT,
          'text-size': 12,
          'text-anchor': 'top',
          'text-offset': [0, 1],
          'text-max-width': 8,
        },
        paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
      },
    ]
  }
}
