import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { keepingSpace } from '../disk-space.ts'
import { ImportRefused } from '../import-refused.ts'
import { fileBytes, firstBytes, isGzip } from './bytes.ts'
import { openCsv } from './csv.ts'
import { fileFormat } from './file-format.ts'
import { type GdalFile, openWithGdal } from './gdal.ts'
import { openGeoJson } from './geojson.ts'
import { READ_LIMITS, type ReadLimits } from './limits.ts'
import type { Source } from './source.ts'
import { unzipDataSet } from './unzip.ts'

export interface SourceOptions {
  /** where temporary copies go; created when missing */
  workDir: string
  /** the layer or data set of a file that holds several */
  layer?: string | null
  /** the caller states the coordinate system: the file's own is not applied */
  keepCoordinates?: boolean
  limits?: ReadLimits
  /** ends what runs beside us to read the file */
  signal?: AbortSignal | null
}

/**
 * Opens a data file of any supported format. Close what it answers.
 * @throws ImportRefused when it is not there, not what its ending says, damaged, or past the limits
 */
export async function openSource(path: string, options: SourceOptions): Promise<Source> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new ImportRefused('file-not-found', { file: path })
  const limits = options.limits ?? READ_LIMITS
  const format = await fileFormat(path)
  if (format === 'geojson') return openGeoJson(path, limits)
  if (format === 'csv') return openCsv(path, limits)
  await mkdir(options.workDir, { recursive: true })
  const folder = await mkdtemp(join(options.workDir, 'read-'))
  const giveBack = () => rm(folder, { recursive: true, force: true })
  try {
    const plain = await withoutGzip(resolve(path), folder, limits)
    const source =
      format === 'zip'
        ? await openZip(plain, folder, options, limits)
        : await openWithGdal(gdalFile(plain, folder, options, format), limits)
    return {
      ...source,
      close: async () => {
        await source.close()
        await giveBack()
      },
    }
  } catch (error) {
    await giveBack()
    throw error
  }
}

async function withoutGzip(path: string, folder: string, limits: ReadLimits): Promise<string> {
  if (!isGzip(await firstBytes(path, 2))) return path
  const unpacked = join(folder, basename(path).replace(/\.gz$/i, ''))
  await pipeline(
    fileBytes(path, limits),
    (chunks: AsyncIterable<Uint8Array>) => keepingSpace(chunks, folder),
    createWriteStream(unpacked),
  )
  return unpacked
}

async function openZip(
  path: string,
  folder: string,
  options: SourceOptions,
  limits: ReadLimits,
): Promise<Source> {
  const unpacked = await unzipDataSet(path, folder, limits, options.layer ?? null)
  if (unpacked.shapefile) {
    // The layer of a Shapefile has the name of its file, which unpacking changed
    return openWithGdal(gdalFile(unpacked.path, folder, { ...options, layer: null }, 'shapefile'), limits)
  }
  const format = await fileFormat(unpacked.path, basename(unpacked.path))
  if (format === 'geojson') return openGeoJson(unpacked.path, limits)
  if (format === 'csv') return openCsv(unpacked.path, limits)
  if (format === 'zip') throw new ImportRefused('zip-content.none', {})
  return openWithGdal(gdalFile(unpacked.path, folder, { ...options, layer: null }, format), limits)
}

function gdalFile(
  path: string,
  folder: string,
  options: SourceOptions,
  format: GdalFile['format'],
): GdalFile {
  const { layer = null, keepCoordinates = false, signal = null } = options
  return { path, folder, layer, keepCoordinates, format, signal }
}
