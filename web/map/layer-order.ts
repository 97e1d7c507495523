import type { LayerSpecification } from 'maplibre-gl'

/** What is drawn over what, from the bottom up. In a `slot` deck.gl draws, in the others MapLibre. */
export const LAYER_ORDER = [
  'ground',
  'choropleth',
  'slotHexagons',
  'baseLines',
  'slotHeat',
  'buildingsFlat',
  'gridBorders',
  'areaBorders',
  'outlines',
  'buildingsTall',
  'places',
  'baseLabels',
  'gridLabels',
  'areaLabels',
  'clusterSpace',
  'slotPoints',
] as const
export type Band = (typeof LAYER_ORDER)[number]
export type Slot = Extract<Band, `slot${string}`>

const isSlot = (band: Band): band is Slot => band.startsWith('slot')

export const SLOTS = LAYER_ORDER.filter(isSlot)

/** The layers of a style in drawing order. */
export function inOrder(bands: Record<Exclude<Band, Slot>, LayerSpecification[]>): LayerSpecification[] {
  return LAYER_ORDER.flatMap((band) => (isSlot(band) ? slotLayers(band) : bands[band]))
}

/**
 * Two empty layers between which deck.gl's own one stays: deck.gl draws before the second, and what belongs
 * below is put before the first.
 */
export function slotLayers(slot: Slot): LayerSpecification[] {
  return [`${slot}Floor`, slot].map((id) => ({ id, type: 'background', layout: { visibility: 'none' } }))
}
