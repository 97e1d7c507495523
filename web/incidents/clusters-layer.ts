import { ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import { rgbOf } from '../ui/colour.ts'
import { MAP_COLOURS } from '../ui/map-colours.ts'
import type { Theme } from '../ui/palettes.ts'
import type { Cluster } from './clusters.ts'
import { COUNT_CHARACTERS, COUNT_FONT, ON_TOP } from './points-layer.ts'

/** Grows with the number of digits rather than the count, so that a hundredfold still fits beside its neighbour. */
export const clusterRadiusPixels = (count: number) => Math.min(30, 8 + 3.8 * Math.log10(count))

/** @param number writes a count as the reader's language does */
export function clustersLayers(
  found: Cluster[],
  theme: Theme,
  number: (count: number) => string,
  placement: { beforeId: string },
) {
  const colours = MAP_COLOURS[theme]
  return [
    new ScatterplotLayer<Cluster, { beforeId: string }>({
      id: 'clusters',
      ...placement,
      data: found,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      stroked: true,
      getPosition: (cluster) => [cluster.lng, cluster.lat],
      getRadius: (cluster) => clusterRadiusPixels(cluster.count),
      getFillColor: [...rgbOf(colours.cluster), 232],
      getLineColor: [...rgbOf(colours.clusterEdge), 230],
      getLineWidth: 1.5,
      updateTriggers: { getFillColor: theme, getLineColor: theme },
      parameters: ON_TOP,
    }),
    new TextLayer<Cluster, { beforeId: string }>({
      id: 'cluster-counts',
      ...placement,
      data: found,
      characterSet: COUNT_CHARACTERS,
      fontFamily: COUNT_FONT,
      fontWeight: 600,
      getText: (cluster) => number(cluster.count),
      getPosition: (cluster) => [cluster.lng, cluster.lat],
      getSize: 11.5,
      getColor: [...rgbOf(colours.clusterText)],
      updateTriggers: { getColor: theme, getText: number },
      parameters: ON_TOP,
    }),
  ]
}
