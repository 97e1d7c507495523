import { createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { keepingSpace } from '../disk-space.ts'
import { ImportRefused } from '../import-refused.ts'
import { refuseBomb } from './bytes.ts'
import { formatOfEnding } from './file-format.ts'
import type { ReadLimits } from './limits.ts'

const SHAPEFILE_PARTS = ['shp', 'dbf', 'shx', 'prj', 'cpg']

interface Entry {
  entry: yauzl.Entry
  /** without folders */
  name: string
  ending: string
}

/** The one data set of an archive, unpacked. */
export interface Unpacked {
  path: string
  shapefile: boolean
}

/**
 * Unpacks the one data set of an archive into `folder`: a Shapefile with its parts, or one file of another
 * format. What the directory of the archive states is checked first, what comes out is counted as it comes.
 * @throws ImportRefused for no archive, a bomb, none or several data sets (`layer` chooses one by its name)
 */
export async function unzipDataSet(
  path: string,
  folder: string,
  limits: ReadLimits,
  layer: string | null,
): Promise<Unpacked> {
  const archive = await yauzl.openPromise(path, { autoClose: false }).catch(brokenArchive)
  try {
    const entries = await listEntries(archive, limits).catch(brokenArchive)
    const main = chooseDataSet(entries, layer)
    const shapefile = main.ending === 'shp'
    const parts = shapefile ? shapefileParts(entries, main) : [main]
    for (const part of parts) {
      const target = join(folder, shapefile ? `data.${part.ending}` : part.name)
      await unpack(archive, part.entry, target, limits)
    }
    return { path: join(folder, shapefile ? 'data.shp' : main.name), shapefile }
  } finally {
    archive.close()
  }
}

function brokenArchive(error: Error): never {
  throw error instanceof ImportRefused
    ? error
    : new ImportRefused('file-broken.zip', { detail: error.message })
}

async function listEntries(archive: yauzl.ZipFile, limits: ReadLimits): Promise<Entry[]> {
  if (archive.entryCount > limits.zipEntries) {
    throw new ImportRefused('zip-bomb.entries', { found: archive.entryCount, allowed: limits.zipEntries })
  }
  const entries: Entry[] = []
  let packed = 0
  let unpacked = 0
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/') || entry.fileName.includes('__MACOSX/')) continue
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    refuseBomb(unpacked, packed, limits)
    const name = entry.fileName.split('/').at(-1)!
    entries.push({ entry, name, ending: name.split('.').at(-1)!.toLowerCase() })
  }
  return entries
}

function chooseDataSet(entries: readonly Entry[], layer: string | null): Entry {
  const sets = entries.filter(
    ({ name, ending }) => ending === 'shp' || !['zip', null].includes(formatOfEnding(name)),
  )
  const tables = sets.filter(({ ending }) => ending !== 'txt')
  const wanted = layer === null ? tables : tables.filter(({ name }) => withoutEnding(name) === layer)
  if (wanted.length === 1) return wanted[0]!
  if (tables.length === 0) throw new ImportRefused('zip-content.none', {})
  const names = tables.map(({ name }) => withoutEnding(name))
  throw new ImportRefused('layer-unclear', { layers: names.join(', ') }, names)
}

const withoutEnding = (name: string) => name.replace(/\.[^.]+$/, '')

function shapefileParts(entries: readonly Entry[], main: Entry): Entry[] {
  const folder = main.entry.fileName.slice(0, -main.name.length)
  const stem = withoutEnding(main.name).toLowerCase()
  const parts = entries.filter(
    ({ entry, name, ending }) =>
      SHAPEFILE_PARTS.includes(ending) &&
      entry.fileName === folder + name &&
      withoutEnding(name).toLowerCase() === stem,
  )
  const missing = ['dbf', 'shx'].filter((ending) => !parts.some((part) => part.ending === ending))
  if (missing.length === 0) return parts
  throw new ImportRefused('zip-content.parts', { missing: missing.map((ending) => `.${ending}`).join(', ') })
}

async function unpack(
  archive: yauzl.ZipFile,
  entry: yauzl.Entry,
  target: string,
  limits: ReadLimits,
): Promise<void> {
  const bytes = await archive.openReadStreamPromise(entry).catch((error: Error) => {
    throw new ImportRefused('zip-content.entry', { entry: entry.fileName, detail: error.message })
  })
  let total = 0
  await pipeline(
    bytes,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        total += chunk.length
        refuseBomb(total, entry.compressedSize, limits)
        yield chunk
      }
    },
    (chunks: AsyncIterable<Buffer>) => keepingSpace(chunks, dirname(target)),
    createWriteStream(target),
  ).catch((error: Error) => {
    if (error instanceof ImportRefused || 'syscall' in error) throw error
    throw new ImportRefused('file-broken.entry', { entry: entry.fileName, detail: error.message })
  })
}
