import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { ImportRefused } from '../import-refused.ts'
import { fileBytes } from './bytes.ts'
import type { ReadLimits } from './limits.ts'
import type { Source, SourceRow, UnreadableRow } from './source.ts'
import { tooLarge } from './split-features.ts'
import { detectEncoding } from './text-encoding.ts'

const BATCH_ROWS = 500

/** A table with a header line, separated by commas, semicolons or tabs, in UTF-8, UTF-16 or GB18030. */
export async function openCsv(path: string, limits: ReadLimits): Promise<Source> {
  const bytes = fileBytes(path, limits)
  return tableOf(bytes, limits).catch(async (error) => {
    await bytes.return(undefined)
    throw error
  })
}

async function tableOf(bytes: AsyncGenerator<Buffer>, limits: ReadLimits): Promise<Source> {
  const text = await decoded(wholeLines(bytes, limits.recordBytes))
  const parser = parse({
    delimiter: delimiterOf(text.head),
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.recordBytes,
  })
  const records = Readable.from(text.chunks)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser)
  const iterator = records[Symbol.asyncIterator]() as AsyncIterator<string[]>
  const header = await iterator.next().catch((error) => Promise.reject(readable(error, limits)))
  if (header.done) throw new ImportRefused('file-empty.header', {})
  const columns = header.value.map((column) => column.trim())
  refuseDoubleColumns(columns)
  return {
    format: 'csv',
    layer: null,
    turnedFrom: null,
    declaredCrs: null,
    columns,
    batches: rowsOf(iterator, columns, limits),
    close: async () => {
      records.destroy()
      await bytes.return(undefined)
    },
  }
}

async function* rowsOf(
  records: AsyncIterator<string[]>,
  columns: readonly string[],
  limits: ReadLimits,
): AsyncGenerator<(SourceRow | UnreadableRow)[]> {
  let row = 0
  let batch: (SourceRow | UnreadableRow)[] = []
  for (;;) {
    const { value, done } = await records.next().catch((error) => Promise.reject(readable(error, limits)))
    if (done) break
    batch.push(rowOf(++row, value, columns))
    if (batch.length < BATCH_ROWS) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function rowOf(row: number, values: string[], columns: readonly string[]): SourceRow | UnreadableRow {
  if (values.length !== columns.length) return { row, unreadable: 'column-count' }
  const properties: Record<string, unknown> = {}
  for (let i = 0; i < columns.length; i++) properties[columns[i]!] = values[i]
  return { row, properties, geometry: null }
}

function readable(error: unknown, limits: ReadLimits): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLarge(limits.recordBytes)
  return new ImportRefused('file-broken.table', { detail: error.message })
}

function refuseDoubleColumns(columns: readonly string[]): void {
  const double = columns.find((column, i) => column !== '' && columns.indexOf(column) !== i)
  if (double) throw new ImportRefused('file-broken.columns', { column: double })
}

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * The bytes as they come, in pieces that end with a line: a line without end is refused before anybody has
 * tried to make sense of it, which takes the parser half a second a megabyte.
 */
async function* wholeLines(chunks: AsyncIterable<Buffer>, recordBytes: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    const end = Math.max(chunk.lastIndexOf(LINE_FEED), chunk.lastIndexOf(CARRIAGE_RETURN)) + 1
    if (end > 0) {
      yield Buffer.concat([...waiting, chunk.subarray(0, end)])
      waiting = []
      bytes = 0
    }
    waiting.push(chunk.subarray(end))
    bytes += chunk.length - end
    if (bytes > recordBytes) throw tooLarge(recordBytes)
  }
  if (bytes > 0) yield Buffer.concat(waiting)
}

async function decoded(
  bytes: AsyncGenerator<Buffer>,
): Promise<{ head: string; chunks: AsyncIterable<string> }> {
  const first = await bytes.next()
  const head: Buffer = first.done ? Buffer.alloc(0) : first.value
  const encoding = detectEncoding(head)
  const decoder = new TextDecoder(encoding)
  const text = decoder.decode(head, { stream: true })
  async function* chunks() {
    yield text
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  }
  return { head: text, chunks: chunks() }
}

/** The separator that the header line holds most of. */
function delimiterOf(head: string): string {
  const line = head.split(/\r?\n/, 1)[0]!
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}
