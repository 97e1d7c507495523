import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap, SourceSpecification } from 'maplibre-gl'
import type { Drawing } from './drawing.ts'

/**
 * Turns what `map` draws from `before` into `next` by the fewest changes, so that colours, names and switches
 * change without a tile being fetched again, and deck.gl's layers and all feature states stay. (MapLibre's own
 * style diff copies and compares every vertex of the shapes.)
 */
export function applyDrawing(map: MapLibreMap, next: Drawing, before: Drawing): void {
  const renewed = renewedSources(next, before)
  const nextLayers = new Map(next.layers.map((layer) => [layer.id, layer]))
  for (const layer of before.layers) {
    const successor = nextLayers.get(layer.id)
    if (!successor || mustRenew(layer, successor, renewed)) map.removeLayer(layer.id)
  }
  for (const id of Object.keys(before.sources)) {
    if (!next.sources[id] || renewed.has(id)) map.removeSource(id)
  }
  for (const [id, source] of Object.entries(next.sources)) applySource(map, id, source, before.sources[id])
  const layersBefore = new Map(before.layers.map((layer) => [layer.id, layer]))
  for (let index = next.layers.length - 1; index >= 0; index--) {
    const layer = next.layers[index]!
    const old = layersBefore.get(layer.id)
    if (!map.getLayer(layer.id) || !old) map.addLayer(layer, next.layers[index + 1]?.id)
    else applyLayer(map, layer, old)
  }
}

function renewedSources(next: Drawing, before: Drawing): Set<string> {
  return new Set(
    Object.entries(before.sources)
      .filter(([id, old]) => {
        const source = next.sources[id]
        return source && !same(withoutData(source), withoutData(old))
      })
      .map(([id]) => id),
  )
}

const withoutData = (source: SourceSpecification) =>
  source.type === 'geojson' ? { ...source, data: null } : source

function applySource(
  map: MapLibreMap,
  id: string,
  source: SourceSpecification,
  old: SourceSpecification | undefined,
): void {
  const present = map.getSource(id)
  if (!present) map.addSource(id, source)
  else if (source.type === 'geojson' && old?.type === 'geojson' && source.data !== old.data)
    (present as GeoJSONSource).setData(source.data)
}

const sourceOf = (layer: LayerSpecification) => ('source' in layer ? layer.source : undefined)

function mustRenew(old: LayerSpecification, next: LayerSpecification, renewed: Set<string>): boolean {
  const source = sourceOf(old)
  return (
    old.type !== next.type ||
    source !== sourceOf(next) ||
    (typeof source === 'string' && renewed.has(source)) ||
    old.minzoom !== next.minzoom ||
    old.maxzoom !== next.maxzoom
  )
}

function applyLayer(map: MapLibreMap, next: LayerSpecification, old: LayerSpecification): void {
  for (const [name, value] of changed(next.layout, old.layout)) map.setLayoutProperty(next.id, name, value)
  for (const [name, value] of changed(next.paint, old.paint)) map.setPaintProperty(next.id, name, value)
  const [filter, filterBefore] = [filterOf(next), filterOf(old)]
  if (!same(filter, filterBefore)) map.setFilter(next.id, filter ?? null)
}

const filterOf = (layer: LayerSpecification) => ('filter' in layer ? layer.filter : undefined)

type PropertyName = Parameters<MapLibreMap['setPaintProperty']>[1] &
  Parameters<MapLibreMap['setLayoutProperty']>[1]

function changed(next: object | undefined, old: object | undefined): [PropertyName, never][] {
  const [to, from] = [next ?? {}, old ?? {}] as [Record<string, unknown>, Record<string, unknown>]
  return [...new Set([...Object.keys(to), ...Object.keys(from)])]
    .filter((name) => !same(to[name], from[name]))
    .map((name) => [name, to[name]]) as [PropertyName, never][]
}

const same = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other)
