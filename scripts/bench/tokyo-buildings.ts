import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Ring } from '../../domain/geometry.ts'
import { loadInBulk } from '../../server/database/bulk-load.ts'
import type { Database } from '../../server/database/database.ts'
import { tokyoBuildingFiles } from '../real-cities.ts'

interface Footprint {
  properties: { id: string; ward: string; chome: string | null; height: number | null }
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }
}

const LINES_A_CHUNK = 2000

/** Loads the footprints of all 23 wards into an empty, migrated database, straight by COPY. Answers how many. */
export async function loadTokyoBuildings(
  db: Database,
  realDataDir: string,
  say: (text: string) => void,
): Promise<number> {
  const { sixWards, otherWards } = await tokyoBuildingFiles(join(realDataDir, 'tokyo'))
  return db.transaction(async (tx) => {
    await tx.query(`SET LOCAL maintenance_work_mem = '512MB'`)
    return loadInBulk(tx, ['buildings'], async () => {
      const count = await tx.copyIn(
        'COPY buildings (external_id, height_m, grid_code, area_code, geom) FROM STDIN',
        copyLines([sixWards, ...otherWards], say),
      )
      say(`${count} buildings copied, building indexes`)
      return count
    })
  })
}

async function* copyLines(files: readonly string[], say: (text: string) => void): AsyncGenerator<Uint8Array> {
  for (const [index, file] of files.entries()) {
    say(`reading file ${index + 1} of ${files.length}`)
    let lines: string[] = []
    for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
      lines.push(copyLine(JSON.parse(line) as Footprint))
      if (lines.length < LINES_A_CHUNK) continue
      yield Buffer.from(lines.join(''))
      lines = []
    }
    yield Buffer.from(lines.join(''))
  }
}

function copyLine({ properties, geometry }: Footprint): string {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const { id, ward, chome, height } = properties
  return `${id}\t${height ?? '\\N'}\t${chome ?? '\\N'}\t${ward}\t${multiPolygonEwkb(polygons)}\n`
}

const EWKB_POLYGON = 3
const EWKB_MULTIPOLYGON = 6
const EWKB_HAS_SRID = 0x20000000

/** EPSG:4326 polygons as extended well-known binary, little-endian, in hexadecimal. */
function multiPolygonEwkb(polygons: readonly Ring[][]): string {
  const vertices = polygons.flat().reduce((sum, ring) => sum + ring.length, 0)
  const bytes = Buffer.alloc(13 + polygons.length * 9 + polygons.flat().length * 4 + vertices * 16)
  let at = 0
  const uint32 = (value: number) => {
    at = bytes.writeUInt32LE(value, at)
  }
  at = bytes.writeUInt8(1, at)
  uint32((EWKB_MULTIPOLYGON | EWKB_HAS_SRID) >>> 0)
  uint32(4326)
  uint32(polygons.length)
  for (const rings of polygons) {
    at = bytes.writeUInt8(1, at)
    uint32(EWKB_POLYGON)
    uint32(rings.length)
    for (const ring of rings) {
      uint32(ring.length)
      for (const [lng, lat] of ring) {
        at = bytes.writeDoubleLE(lng, at)
        at = bytes.writeDoubleLE(lat, at)
      }
    }
  }
  return bytes.toString('hex')
}
