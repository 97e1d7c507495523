import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { SourceFormat } from '../../../domain/import-job.ts'
import { ImportRefused } from '../import-refused.ts'
import type { GdalAnswer, GdalTask } from './gdal-convert.ts'
import { openGeoJson } from './geojson.ts'
import type { ReadLimits } from './limits.ts'
import { shapefileEncoding } from './shapefile-encoding.ts'
import type { Source } from './source.ts'

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('./gdal-convert.ts', import.meta.url))
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

export interface GdalFile {
  path: string
  /** empty, for the converted copy; its owner removes it */
  folder: string
  layer: string | null
  /** the caller knows the coordinate system better than the file */
  keepCoordinates: boolean
  format: Exclude<SourceFormat, 'geojson' | 'csv'>
  /** ends GDAL's process */
  signal: AbortSignal | null
}

/**
 * A Shapefile, GeoPackage, FlatGeobuf or KML, through GDAL in a process of its own. Coordinates come as
 * longitude and latitude when the file names its coordinate system, else as they stand in it.
 */
export async function openWithGdal(file: GdalFile, limits: ReadLimits): Promise<Source> {
  const encoding = file.format === 'shapefile' ? await shapefileEncoding(file.path) : null
  const task: GdalTask = {
    path: file.path,
    openOptions: encoding ? [`ENCODING=${encoding}`] : [],
    layer: file.layer,
    keepCoordinates: file.keepCoordinates,
    folder: file.folder,
  }
  const answer = await convert(task, file.signal)
  if (answer.state === 'unreadable') {
    throw new ImportRefused('file-broken.other', { detail: answer.detail })
  }
  if (answer.state === 'layer-unclear') {
    const layers = answer.layers.map(({ name, featureCount }) => `${name} (${featureCount})`).join(', ')
    const names = answer.layers.map(({ name }) => name)
    throw new ImportRefused('layer-unclear', { layers }, names)
  }
  if (answer.layer.featureCount === 0) {
    throw new ImportRefused('file-empty.layer', { layer: answer.layer.name })
  }
  const { name, crs } = answer.layer
  const turnedFrom = file.keepCoordinates ? null : (/^\w+\["([^"]+)"/.exec(crs)?.[1] ?? null)
  return { ...(await openGeoJson(answer.path, limits)), format: file.format, layer: name, turnedFrom }
}

/** The WKT of an EPSG code by GDAL's register: that of an empty map which claims to be in it. */
export async function lookUpCrs(epsg: number, workDir: string): Promise<string | null> {
  await mkdir(workDir, { recursive: true })
  const folder = await mkdtemp(join(workDir, 'crs-'))
  try {
    const path = join(folder, 'claim.geojson')
    const crs = { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } }
    const geometry = { type: 'Point', coordinates: [0, 0] }
    const features = [{ type: 'Feature', properties: {}, geometry }]
    await writeFile(path, JSON.stringify({ type: 'FeatureCollection', crs, features }))
    const task: GdalTask = { path, openOptions: [], layer: null, keepCoordinates: true, folder }
    const answer = await convert(task, null)
    // A claim that is not in the register counts as WGS 84
    const found = answer.state === 'converted' && answer.layer.crs.endsWith(`ID["EPSG",${epsg}]]`)
    return found ? answer.layer.crs : null
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function convert(task: GdalTask, signal: AbortSignal | null): Promise<GdalAnswer> {
  try {
    const { stdout } = await run(process.execPath, ['--import', TSX, SCRIPT, JSON.stringify(task)], {
      maxBuffer: 64 * 1024 * 1024,
      ...(signal && { signal }),
    })
    return JSON.parse(stdout) as GdalAnswer
  } catch (error) {
    signal?.throwIfAborted()
    const detail = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1)
    return { state: 'unreadable', detail: detail || (error as Error).message }
  }
}
