import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { ImportRefused } from '../import-refused.ts'
import { firstBytes, isGzip } from './bytes.ts'

/** Formats by the reader that takes them. */
export type FileFormat = 'geojson' | 'csv' | 'zip' | 'geopackage' | 'flatgeobuf' | 'kml'

const ENDINGS: Record<string, FileFormat> = {
  geojson: 'geojson',
  json: 'geojson',
  geojsonl: 'geojson',
  geojsons: 'geojson',
  ndjson: 'geojson',
  jsonl: 'geojson',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  zip: 'zip',
  gpkg: 'geopackage',
  fgb: 'flatgeobuf',
  kml: 'kml',
}

export const FILE_ENDINGS = Object.keys(ENDINGS).map((ending) => `.${ending}`)

const HEAD_BYTES = 64 * 1024

/** The format that a file's ending promises; `.gz` behind it is no matter. */
export function formatOfEnding(name: string): FileFormat | null {
  const ending = /\.([^.]+)$/.exec(name.toLowerCase().replace(/\.gz$/, ''))?.[1]
  return (ending && ENDINGS[ending]) || null
}

/**
 * The format of a file: that of its ending, held against its content.
 * @throws ImportRefused when the ending is unknown, or the content is something else
 */
export async function fileFormat(path: string, name = basename(path)): Promise<FileFormat> {
  const promised = formatOfEnding(name)
  if (!promised) {
    throw name.toLowerCase().endsWith('.shp')
      ? new ImportRefused('ending-unknown.shp', { file: name })
      : new ImportRefused('ending-unknown.other', { file: name, endings: FILE_ENDINGS.join(' ') })
  }
  const head = await unpackedHead(path)
  if (head.length === 0) throw new ImportRefused('file-empty.whole', { file: name })
  const found = formatOfContent(head)
  if (found === promised) return promised
  throw new ImportRefused('content-not-as-ending', { file: name, found: found ?? 'no-format', promised })
}

async function unpackedHead(path: string): Promise<Buffer> {
  const head = await firstBytes(path, HEAD_BYTES)
  if (!isGzip(head)) return head
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const gunzip = createGunzip()
    const answer = () => resolve(Buffer.concat(parts).subarray(0, HEAD_BYTES))
    gunzip.on('data', (part) => parts.push(part)).on('end', answer)
    // The head of a longer gzip ends too early; a damaged one is named when it is read
    gunzip.on('error', () =>
      parts.length > 0 ? answer() : reject(new ImportRefused('file-broken.gzip', {})),
    )
    gunzip.end(head)
  })
}

function formatOfContent(head: Buffer): FileFormat | null {
  const starts = (text: string) => head.toString('latin1', 0, text.length) === text
  if (starts('PK\x03\x04') || starts('PK\x05\x06')) return 'zip'
  if (starts('SQLite format 3\0')) return 'geopackage'
  if (starts('fgb\x03fgb')) return 'flatgeobuf'
  if (starts('%PDF') || starts('\x89PNG') || starts('\xff\xd8\xff')) return null
  const utf16 = starts('\xff\xfe')
  if (!utf16 && head.includes(0)) return null
  const marked = starts('\xef\xbb\xbf') ? head.subarray(3) : head
  // Blanks, and the separator before the features of an RFC 8142 sequence
  const first = marked.findIndex((byte) => byte > 0x20)
  const text = first < 0 ? '' : marked.toString('latin1', first)
  if (text.startsWith('{') || text.startsWith('[')) return 'geojson'
  if (text.startsWith('<')) return /<kml[\s>]/.test(text) ? 'kml' : null
  return text === '' ? null : 'csv'
}
