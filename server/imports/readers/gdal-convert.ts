import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Run as a process of its own: opens a file with GDAL (compiled to WebAssembly), answers its layers, and writes
 * one of them as newline-delimited GeoJSON. A file that makes GDAL run out of memory ends this process only.
 */
export interface GdalTask {
  path: string
  openOptions: string[]
  layer: string | null
  /** coordinates stay as they are instead of being turned into longitude and latitude */
  keepCoordinates: boolean
  folder: string
}

export interface GdalLayer {
  name: string
  featureCount: number
  /** WKT of its coordinate system, empty when it names none */
  crs: string
}

export type GdalAnswer =
  | { state: 'converted'; path: string; layer: GdalLayer }
  | { state: 'layer-unclear'; layers: GdalLayer[] }
  | { state: 'unreadable'; detail: string }

interface OpenedLayer {
  name: string
  featureCount: number
  fidColumnName?: string
  geometryFields?: { coordinateSystem?: { wkt?: string } }[]
}

interface Dataset {
  info?: { layers?: OpenedLayer[] }
}

interface GdalApi {
  open(path: string, options: string[]): Promise<{ datasets: Dataset[] }>
  ogr2ogr(dataset: Dataset, options: string[], name: string): Promise<unknown>
}

async function convert(task: GdalTask): Promise<GdalAnswer> {
  const complaints: string[] = []
  const gdal = await loadGdal(task.folder, complaints)
  const opened = await gdal.open(task.path, task.openOptions).catch((errors) => {
    complaints.push(...[errors].flat().map((error: Error) => error?.message ?? String(error)))
    return null
  })
  const dataset = opened?.datasets[0]
  const layers = (dataset?.info?.layers ?? []).map(({ name, featureCount, geometryFields }) => ({
    name,
    featureCount,
    crs: geometryFields?.[0]?.coordinateSystem?.wkt ?? '',
  }))
  if (!dataset || layers.length === 0) return { state: 'unreadable', detail: complaints.at(-1) ?? 'no layer' }
  const layer = chooseLayer(layers, task.layer)
  if (!layer) return { state: 'layer-unclear', layers }
  const crs = task.keepCoordinates ? ['-a_srs', 'EPSG:4326'] : layer.crs ? ['-t_srs', 'EPSG:4326'] : []
  const options = [
    '-f',
    'GeoJSONSeq',
    '-lco',
    'COORDINATE_PRECISION=9',
    '-dim',
    'XY',
    '-nlt',
    'CONVERT_TO_LINEAR',
  ]
  // The key column of a GeoPackage is no attribute to GDAL: it comes as the feature's id
  const key = dataset.info?.layers?.find(({ name }) => name === layer.name)?.fidColumnName
    ? ['-preserve_fid']
    : []
  await gdal.ogr2ogr(dataset, [...options, ...crs, ...key, layer.name], 'converted')
  return { state: 'converted', path: join(task.folder, 'converted.geojsonl'), layer }
}

function chooseLayer(layers: GdalLayer[], wanted: string | null): GdalLayer | null {
  if (wanted !== null) return layers.find(({ name }) => name === wanted) ?? null
  const filled = layers.filter(({ featureCount }) => featureCount > 0)
  return (filled.length === 1 ? filled : layers.length === 1 ? layers : [])[0] ?? null
}

async function loadGdal(folder: string, complaints: string[]): Promise<GdalApi> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('gdal3.js/node')
  // It looks for its own files below the working directory, whatever path it is given
  process.chdir(join(dirname(entry), 'dist', 'package'))
  return require(entry)({
    path: '.',
    dest: folder,
    logHandler: () => {},
    errorHandler: (message: string) => complaints.push(message),
  })
}

convert(JSON.parse(process.argv[2]!) as GdalTask).then(
  (answer) => process.stdout.write(JSON.stringify(answer)),
  (error) => {
    const detail = error instanceof Error ? error.message : String(error)
    process.stdout.write(JSON.stringify({ state: 'unreadable', detail }))
  },
)
