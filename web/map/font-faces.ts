import ranges from '@fontsource-variable/noto-sans-sc/unicode.json'
import type { FontFacesSpecification } from 'maplibre-gl'
import { MAP_FONT } from '../ui/map-text.ts'

const files = import.meta.glob<string>(
  '../../node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-*-wght-normal.woff2',
  { query: '?url&no-inline', import: 'default', eager: true },
)

/**
 * The bundled font, one entry a file of some hundred characters. The map fetches a file when it first draws
 * a character of it. Without this the page's own loading would race the labels, and a label drawn in a
 * fallback font stays so.
 */
export function fontFaces(): FontFacesSpecification {
  const faces = Object.entries(ranges as Record<string, string>).flatMap(([name, range]) => {
    const url = fileOf(name.replace(/[[\]]/g, ''))
    return url ? [{ url, 'unicode-range': range.split(',') }] : []
  })
  return { [MAP_FONT[0]!]: faces }
}

const fileOf = (subset: string): string | undefined =>
  Object.entries(files).find(([path]) => path.endsWith(`/noto-sans-sc-${subset}-wght-normal.woff2`))?.[1]
