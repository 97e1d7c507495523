import { open, readFile } from 'node:fs/promises'
import { isMostlyUtf8 } from './text-encoding.ts'

const SAMPLE_BYTES = 1024 * 1024

/**
 * What to tell GDAL about the text of a Shapefile's table. Chinese desktops write GBK and often no `.cpg`, or
 * a wrong one: bytes that are no UTF-8 are GB18030, whatever is stated.
 * Null: GDAL reads it right by the `.cpg` or the table's own mark.
 */
export async function shapefileEncoding(shp: string): Promise<'UTF-8' | 'GB18030' | null> {
  const stem = shp.replace(/\.shp$/i, '')
  const stated = await readFile(`${stem}.cpg`, 'latin1').then(
    (text) => text.trim().toUpperCase(),
    () => null,
  )
  if (stated !== null && stated !== 'UTF-8' && stated !== 'UTF8') return null
  const table = await sample(`${stem}.dbf`)
  if (table.every((byte) => byte < 0x80)) return null
  return isMostlyUtf8(table) ? 'UTF-8' : 'GB18030'
}

/** The names of the columns and the text of the first rows, without the header's binary fields. */
async function sample(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0)
    const bytes = buffer.subarray(0, bytesRead)
    const headerBytes = bytesRead >= 12 ? bytes.readUInt16LE(8) : 0
    const names: Buffer[] = []
    for (let at = 32; at + 32 <= headerBytes && bytes[at] !== 0x0d; at += 32) {
      const name = bytes.subarray(at, at + 11)
      const end = name.indexOf(0)
      names.push(end < 0 ? name : name.subarray(0, end), Buffer.from(' '))
    }
    return Buffer.concat([...names, bytes.subarray(headerBytes)])
  } finally {
    await file.close()
  }
}
