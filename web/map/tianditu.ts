import type { LayerSpecification, RasterSourceSpecification } from 'maplibre-gl'
import type { Language } from '../../domain/district.ts'
import type { Theme } from '../ui/palettes.ts'
import type { BaseLayers } from './base-style.ts'

const HOSTS = [0, 1, 2, 3, 4, 5, 6, 7]

/**
 * The vector-look sheet of Tianditu and its labels in Web Mercator (layers ending in `_w`), by WMTS.
 * @param key the deployment's `tk`
 */
export function tiandituSources(key: string, language: Language): Record<string, RasterSourceSpecification> {
  const source = (layer: string): RasterSourceSpecification => ({
    type: 'raster',
    tileSize: 256,
    minzoom: 1,
    maxzoom: 18,
    attribution: '© 天地图',
    tiles: HOSTS.map(
      (host) =>
        `https://t${host}.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0` +
        `&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles` +
        `&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`,
    ),
  })
  return { 'tianditu-sheet': source('vec'), 'tianditu-names': source(language === 'en' ? 'eva' : 'cva') }
}

/** A sheet made for white paper: on the dark theme its lightness is turned round and its hues kept. */
export function tiandituLayers(theme: Theme): BaseLayers {
  const paint =
    theme === 'dark'
      ? {
          'raster-brightness-min': 0.9,
          'raster-brightness-max': 0.05,
          'raster-hue-rotate': 180,
          'raster-saturation': -0.55,
        }
      : { 'raster-saturation': -0.4, 'raster-opacity': 0.85 }
  const layer = (id: string): LayerSpecification => ({ id, type: 'raster', source: id, paint })
  return { ground: [layer('tianditu-sheet')], lines: [], labels: [layer('tianditu-names')] }
}
