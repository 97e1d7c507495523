import type { Geometry } from 'geojson'
import { fileBytes } from './bytes.ts'
import type { ReadLimits } from './limits.ts'
import type { Source, SourceRow, UnreadableRow } from './source.ts'
import { type FeatureText, type Surroundings, splitFeatures } from './split-features.ts'

const BATCH_ROWS = 500
const OPEN_BRACE = 0x7b
// A byte order mark, or the separator of an RFC 8142 sequence
const BYTES_BEFORE = 3

/**
 * A FeatureCollection, newline-delimited GeoJSON, an RFC 8142 sequence or one feature, gzipped or not, of any
 * size.
 */
export async function openGeoJson(path: string, limits: ReadLimits): Promise<Source> {
  const bytes = fileBytes(path, limits)
  const text = await splitFeatures(bytes, limits.recordBytes).catch(async (error) => {
    await bytes.return(undefined)
    throw error
  })
  return {
    format: 'geojson',
    layer: null,
    turnedFrom: null,
    declaredCrs: declaredCrs(text.surroundings),
    columns: null,
    batches: parsed(text),
    crsBehind: () => declaredCrs(text.surroundings),
    close: async () => {
      await bytes.return(undefined)
    },
  }
}

async function* parsed({ features }: FeatureText): AsyncGenerator<(SourceRow | UnreadableRow)[]> {
  let row = 0
  let batch: (SourceRow | UnreadableRow)[] = []
  for await (const texts of features) {
    for (const text of texts) {
      row++
      batch.push(parseFeature(row, text))
      if (batch.length === BATCH_ROWS) {
        yield batch
        batch = []
      }
    }
  }
  if (batch.length > 0) yield batch
}

function parseFeature(row: number, text: Buffer): SourceRow | UnreadableRow {
  try {
    const start = text.indexOf(OPEN_BRACE)
    const feature = JSON.parse(text.toString('utf8', start <= BYTES_BEFORE ? start : 0)) as Record<
      string,
      unknown
    > | null
    if (feature?.type !== 'Feature') return { row, unreadable: 'feature-unreadable' }
    const properties = (feature.properties ?? {}) as Record<string, unknown>
    // The feature's own id serves where its properties have none
    if (feature.id !== undefined && !('id' in properties)) properties.id = feature.id
    return { row, properties, geometry: (feature.geometry ?? null) as Geometry | null }
  } catch {
    return { row, unreadable: 'feature-unreadable' }
  }
}

/** The name in the old `crs` member, which RFC 7946 dropped and files still carry. */
function declaredCrs({ before, after }: Surroundings): string | null {
  if (before === '') return null
  try {
    const collection = JSON.parse(`${before.slice(before.indexOf('{'))}]${after || '}'}`)
    const name = collection.crs?.properties?.name
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}
