import type { Map as MapLibreMap } from 'maplibre-gl'

export interface FeatureSource {
  source: string
  sourceLayer?: string
}

/**
 * Gives the features of a source, known by their codes, the state `fill`, and takes it from those that had
 * one before and have none now.
 */
export function colourFeatures(
  map: MapLibreMap,
  of: FeatureSource,
  next: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
): void {
  for (const id of before.keys()) {
    if (!next.has(id)) map.removeFeatureState({ ...of, id }, 'fill')
  }
  for (const [id, fill] of next) {
    if (before.get(id) !== fill) map.setFeatureState({ ...of, id }, { fill })
  }
}
