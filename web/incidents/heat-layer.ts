import { HeatmapLayer } from '@deck.gl/aggregation-layers'
import { rgbOf } from '../ui/colour.ts'
import { HEAT, type Theme } from '../ui/palettes.ts'
import type { HeatData } from './heat.ts'

export function heatLayer(data: HeatData, theme: Theme, placement: { beforeId: string }) {
  return new HeatmapLayer<unknown, { beforeId: string }>({
    id: 'heat',
    ...placement,
    data,
    colorRange: COLOURS[theme],
    radiusPixels: 28,
    intensity: 1,
    // Below this share of the densest place colours fade out, so that the map stays legible between
    threshold: 0.3,
    opacity: theme === 'dark' ? 0.85 : 0.8,
    // The texture is read back pixel by pixel for its maximum: at 2048 that costs more than the drawing
    weightsTextureSize: 1024,
    debounceTimeout: 120,
  })
}

// Kept as one object each: a new list is a new texture
const COLOURS = {
  dark: HEAT.dark.map((hex): [number, number, number] => [...rgbOf(hex)]),
  light: HEAT.light.map((hex): [number, number, number] => [...rgbOf(hex)]),
}
