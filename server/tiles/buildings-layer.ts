import type { TableVersions } from '../table-versions.ts'
import { encodeBuildings } from './buildings.ts'
import { decimalsOf, TileFrame } from './mvt/tile-frame.ts'
import { attributionsOf, packBuildings } from './queries.ts'
import { NOTHING, type TileLayer } from './tile-layer.ts'

const ZOOMS = { minZoom: 12, maxZoom: 16 }
/** From here on every footprint is drawn; before, those smaller than a screen pixel are left out. */
const ALL_FROM_ZOOM = 14
/** MapLibre draws a tile on 512 screen pixels. */
const PIXELS_A_TILE = 512

/** Footprints with their height, by grid. */
export function buildingsLayer(versions: TableVersions): TileLayer {
  return {
    name: 'buildings',
    async zooms() {
      return ZOOMS
    },
    async describe({ db }) {
      return {
        ...ZOOMS,
        bounds: null,
        attributions: await attributionsOf(db, 'buildings'),
        vectorLayers: [{ id: 'buildings', fields: { height: 'metres', grid: 'code of the grid' } }],
      }
    },
    async version() {
      return versions.of('buildings')
    },
    async make({ z, x, y }, { scope, db }) {
      const frame = new TileFrame(z, x, y)
      const smallestM2 = z < ALL_FROM_ZOOM ? pixelM(frame) ** 2 : 0
      const packed = await packBuildings(db, scope, frame.boundsM, decimalsOf(frame), smallestM2)
      return packed ? { bytes: encodeBuildings(frame, packed), isGzipped: false } : NOTHING
    },
  }
}

function pixelM(frame: TileFrame): number {
  return frame.extent / PIXELS_A_TILE / frame.unitsPerMetre
}
