import type { GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl'
import type { Cluster } from './clusters.ts'
import { clusterRadiusPixels } from './clusters-layer.ts'

export const CLUSTER_SPACE_SOURCE = 'cluster-space'
/** One clear pixel, drawn as large as a bubble. */
export const SPACE_IMAGE = 'clear'

const GAP_PIXELS = 2

/** Where the bubbles of clusters are, for the map's names. */
export function clusterSpaces(found: readonly Cluster[] | null): GeoJSONSourceSpecification {
  return {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: (found ?? []).map(({ count, lng, lat }) => ({
        type: 'Feature',
        properties: { pixels: 2 * clusterRadiusPixels(count) },
        geometry: { type: 'Point', coordinates: [lng, lat] },
      })),
    },
  }
}

/**
 * Nothing to be seen: deck.gl draws the bubbles, of which the map's names would know nothing. These stand in
 * their places and are placed first, so that a name moves aside or stays away instead of being cut.
 */
export function clusterSpaceLayers(visible: boolean): LayerSpecification[] {
  return [
    {
      id: 'cluster-space',
      type: 'symbol',
      source: CLUSTER_SPACE_SOURCE,
      layout: {
        visibility: visible ? 'visible' : 'none',
        'icon-image': SPACE_IMAGE,
        'icon-size': ['get', 'pixels'],
        'icon-allow-overlap': true,
        'icon-padding': GAP_PIXELS,
      },
    },
  ]
}
