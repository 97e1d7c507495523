import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'
import { ByteBuffer } from './mvt/byte-buffer.ts'
import type { TilePlace } from './tile-layer.ts'

const HEADER_BYTES = 127
const GZIP = 2
const MVT = 1

/** A PMTiles 3 archive of these tiles, each compressed by gzip. */
export function writePmtiles(
  tiles: readonly (TilePlace & { content: Uint8Array })[],
  bounds: readonly [west: number, south: number, east: number, north: number],
  metadata: object,
): Uint8Array {
  const entries = tiles
    .map(({ z, x, y, content }) => ({ id: zxyToTileId(z, x, y), z, stored: gzipSync(content) }))
    .sort((a, b) => a.id - b.id)
  const directory = new ByteBuffer()
  directory.varint(entries.length)
  for (const [i, { id }] of entries.entries()) directory.varint(id - (entries[i - 1]?.id ?? 0))
  for (const _ of entries) directory.varint(1)
  for (const { stored } of entries) directory.varint(stored.length)
  for (const i of entries.keys()) directory.varint(i === 0 ? 1 : 0)
  const root = gzipSync(directory.bytes.subarray(0, directory.length))
  const described = gzipSync(JSON.stringify(metadata))
  const data = Buffer.concat(entries.map(({ stored }) => stored))

  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles')
  header.writeUInt8(3, 7)
  const sections = [root.length, described.length, 0, data.length]
  let offset = HEADER_BYTES
  for (const [i, length] of sections.entries()) {
    header.writeBigUInt64LE(BigInt(offset), 8 + 16 * i)
    header.writeBigUInt64LE(BigInt(length), 16 + 16 * i)
    offset += length
  }
  for (const at of [72, 80, 88]) header.writeBigUInt64LE(BigInt(entries.length), at)
  header.writeUInt8(1, 96)
  header.writeUInt8(GZIP, 97)
  header.writeUInt8(GZIP, 98)
  header.writeUInt8(MVT, 99)
  header.writeUInt8(Math.min(...entries.map(({ z }) => z)), 100)
  header.writeUInt8(Math.max(...entries.map(({ z }) => z)), 101)
  for (const [i, degrees] of bounds.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * i)
  return Buffer.concat([header, root, described, data])
}
