import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'

/** For tests: a ZIP archive of these files. `claim` makes the directory lie about the unpacked size. */
export function zipOf(files: Readonly<Record<string, Uint8Array | string>>, claim?: number): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(0x800, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(claim ?? bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, Buffer.from(name))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(locals.length, 4)
  end.writeUInt16LE(locals.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06', 'latin1'), end])
}

/** For tests: the archive, the first entry of which is no longer what was packed. */
export function damaged(archive: Buffer): Buffer {
  const start = LOCAL_HEADER_BYTES + archive.readUInt16LE(26)
  return Buffer.from(archive).fill(0xff, start, start + 4)
}

/** For tests: the archive, its entries being marked as locked by a password. */
export function encrypted(archive: Buffer): Buffer {
  const marked = Buffer.from(archive)
  for (const at of directoryEntries(marked)) marked.writeUInt16LE(marked.readUInt16LE(at + 8) | 1, at + 8)
  return marked
}

/** For tests: the archive, its directory saying that each entry is 4 GiB that were not compressed. */
export function claimingSize(archive: Buffer): Buffer {
  const claiming = Buffer.from(archive)
  for (const at of directoryEntries(claiming)) {
    claiming.writeUInt16LE(0, at + 10)
    claiming.writeUInt32LE(LARGEST_ENTRY, at + 20)
    claiming.writeUInt32LE(LARGEST_ENTRY, at + 24)
  }
  return claiming
}

const LOCAL_HEADER_BYTES = 30
/** One more would say that the size stands elsewhere. */
const LARGEST_ENTRY = 0xffff_fffe

function directoryEntries(archive: Buffer): number[] {
  const places: number[] = []
  for (let at = archive.indexOf('PK\x01\x02'); at >= 0; at = archive.indexOf('PK\x01\x02', at + 1))
    places.push(at)
  return places
}

interface GdalWriter {
  open(path: string): Promise<{ datasets: unknown[] }>
  ogr2ogr(
    dataset: unknown,
    options: string[],
    name: string,
  ): Promise<{ real: string; all: { real: string }[] }>
}

/** For tests: `source` written by GDAL into `folder` as another format. Answers the paths of what came out. */
export async function writeWithGdal(
  source: string,
  folder: string,
  name: string,
  options: string[],
): Promise<string[]> {
  const before = process.cwd()
  const require = createRequire(import.meta.url)
  const entry = require.resolve('gdal3.js/node')
  const ownFolder = join(dirname(entry), 'dist', 'package')
  // It writes to the folder of its first caller for as long as it is loaded, and another test's may be gone. The entry
  // only passes on what it loads from there
  for (const path of [entry, join(ownFolder, 'gdal3.node.js')]) delete require.cache[path]
  // It looks for its own files below the working directory
  process.chdir(ownFolder)
  try {
    const gdal: GdalWriter = await require(entry)({
      path: '.',
      dest: folder,
      logHandler() {},
      errorHandler() {},
    })
    const { datasets } = await gdal.open(source)
    const { real, all } = await gdal.ogr2ogr(datasets[0], options, name)
    return [...new Set([real, ...all.map((file) => file.real)])]
  } finally {
    process.chdir(before)
  }
}
