import { together } from '../../domain/bbox.ts'
import type { Database } from '../database/database.ts'
import type { TableVersions } from '../table-versions.ts'
import { encodeBase } from './base.ts'
import { decimalsOf, TileFrame } from './mvt/tile-frame.ts'
import type { PmtilesFolder } from './pmtiles-folder.ts'
import { baseExtent, baseFeatures } from './queries.ts'
import { type LayerDescription, NOTHING, type TileLayer, type ZoomRange } from './tile-layer.ts'

const TABLE_ZOOMS = { minZoom: 0, maxZoom: 14 }
const TABLE_LAYERS = [
  'water',
  'water_name',
  'landcover',
  'landuse',
  'transportation',
  'transportation_name',
  'place',
]
const TABLE_FIELDS = { class: 'OpenMapTiles class', name: 'name', name_en: 'name in English' }

/**
 * The base map in OpenMapTiles layers: PMTiles files as they are, of several that have a tile the one that has
 * most in it; where none has it, the table of base features.
 */
export function baseLayer(db: Database, versions: TableVersions, folder: PmtilesFolder): TileLayer {
  return {
    name: 'base',
    async zooms() {
      const { archives } = await folder.content()
      return widest([TABLE_ZOOMS, ...archives])
    },
    async describe() {
      const [{ archives }, box] = await Promise.all([folder.content(), baseExtent(db)])
      const table: LayerDescription = {
        ...TABLE_ZOOMS,
        bounds: box,
        attributions: [],
        vectorLayers: TABLE_LAYERS.map((id) => ({ id, fields: TABLE_FIELDS })),
      }
      const files = archives.map(({ minZoom, maxZoom, bounds, attribution, vectorLayers }) => ({
        minZoom,
        maxZoom,
        bounds,
        attributions: attribution ? [attribution] : [],
        vectorLayers,
      }))
      return merged(box || !files.length ? [...files, table] : files)
    },
    async version() {
      return `${versions.of('base_features')} ${(await folder.content()).version}`
    },
    async make(place) {
      const { archives } = await folder.content()
      const stored = await Promise.all(archives.map((archive) => archive.tile(place)))
      const largest = stored.reduce((a, b) => ((b?.bytes.length ?? 0) > (a?.bytes.length ?? 0) ? b : a), null)
      if (largest) return largest
      const frame = new TileFrame(place.z, place.x, place.y)
      const bytes = encodeBase(frame, await baseFeatures(db, frame.boundsM, place.z, decimalsOf(frame)))
      return bytes.length ? { bytes, isGzipped: false } : NOTHING
    },
  }
}

function merged(parts: readonly LayerDescription[]): LayerDescription {
  const fieldsOf = new Map<string, Record<string, string>>()
  for (const { id, fields } of parts.flatMap((part) => part.vectorLayers)) {
    fieldsOf.set(id, { ...fieldsOf.get(id), ...fields })
  }
  const boxes = parts.flatMap((part) => (part.bounds ? [part.bounds] : []))
  return {
    ...widest(parts),
    bounds: boxes.length > 0 ? boxes.reduce(together) : null,
    attributions: [...new Set(parts.flatMap((part) => part.attributions))],
    vectorLayers: [...fieldsOf].map(([id, fields]) => ({ id, fields })),
  }
}

function widest(ranges: readonly ZoomRange[]): ZoomRange {
  return {
    minZoom: Math.min(...ranges.map((range) => range.minZoom)),
    maxZoom: Math.max(...ranges.map((range) => range.maxZoom)),
  }
}
