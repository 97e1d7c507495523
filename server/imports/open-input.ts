import { basename } from 'node:path'
import type { Bbox } from '../../domain/geometry.ts'
import {
  type ColumnMap,
  type FieldOf,
  guessColumns,
  IMPORT_FIELDS,
  type ImportKind,
} from '../../domain/import-fields.ts'
import type { ImportSettings } from '../../domain/import-options.ts'
import { type LookUpCrs, readCrs, type ToLngLat } from './crs.ts'
import { refuseImplausible } from './implausible-places.ts'
import type { ImportOptions } from './import-options.ts'
import { ImportRefused } from './import-refused.ts'
import { lookUpCrs } from './readers/gdal.ts'
import { openSource } from './readers/open-source.ts'
import type { Source, SourceRow, UnreadableRow } from './readers/source.ts'

export interface InputBatch {
  /** `row` counts through all files of the import */
  rows: (SourceRow | UnreadableRow)[]
  toLngLat: ToLngLat
}

/** The files of an import as one run of records. */
export interface Input<Kind extends ImportKind> {
  columns: ColumnMap<Kind>
  /** columns of the first file that fill no field */
  unused: string[]
  batches: AsyncIterable<InputBatch>
}

export interface InputPlace {
  workDir: string
  /** where the district is known to lie */
  extent: Bbox | null
  signal?: AbortSignal | undefined
  /** told before the first row of each file: how many rows came before it */
  onFile(file: string, rowsBefore: number): void
}

interface OpenedFile {
  source: Source
  first: (SourceRow | UnreadableRow)[]
  rest: AsyncIterator<(SourceRow | UnreadableRow)[]>
  toLngLat: ToLngLat
}

/**
 * Opens the files and judges by the first records of each whether they can be what they should be: which
 * column fills which field, and whether places make sense in the coordinate system.
 * @throws ImportRefused when they cannot
 */
export async function openInput<Kind extends ImportKind>(
  kind: Kind,
  options: ImportOptions,
  place: InputPlace,
): Promise<Input<Kind>> {
  const [firstFile] = options.files
  if (firstFile === undefined) throw new ImportRefused('option-unusable.file', {})
  const columns = (file: OpenedFile) => resolveColumns(kind, options, columnsOf(file))
  const first = await openFile(firstFile, options, place)
  const resolved = await orClosed(first, async () => columns(first))

  async function* batches() {
    let rowsBefore = 0
    let file = first
    for (const [number, name] of options.files.entries()) {
      if (number > 0) file = await openFile(name, options, place)
      place.onFile(name, rowsBefore)
      let rows = 0
      try {
        const map = columns(file)
        if (JSON.stringify(map) !== JSON.stringify(resolved)) throw otherColumns(name)
        refuseImplausible(file.first, file.toLngLat, map, { ...place, crsStated: options.crs !== null })
        for await (const batch of followed(file)) {
          rows += batch.length
          yield { rows: rowsBefore > 0 ? renumbered(batch, rowsBefore) : batch, toLngLat: file.toLngLat }
        }
        await refuseLateCrs(file.source, options, place.workDir)
      } finally {
        await file.source.close()
      }
      rowsBefore += rows
    }
  }
  const filling = new Set<string | undefined>(Object.values(resolved))
  const unused = columnsOf(first).filter((column) => !filling.has(column))
  return { columns: resolved, unused, batches: batches() }
}

async function openFile(name: string, options: ImportOptions, place: InputPlace): Promise<OpenedFile> {
  const source = await openSource(name, {
    workDir: place.workDir,
    layer: options.layer,
    keepCoordinates: options.crs !== null,
    signal: place.signal ?? null,
  })
  const rest = source.batches[Symbol.asyncIterator]()
  return orClosed({ source }, async () => {
    const { value, done } = await rest.next()
    if (done) throw new ImportRefused('file-empty.records', { file: basename(name) })
    if (value.every((row) => 'unreadable' in row)) {
      throw new ImportRefused('file-broken.records', { file: basename(name), records: value.length })
    }
    return { source, first: value, rest, toLngLat: await crsOf(source, options, place.workDir) }
  })
}

async function orClosed<T>({ source }: { source: Source }, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await source.close()
    throw error
  }
}

/**
 * How the coordinates of a file are read.
 * @throws ImportRefused when its coordinate system, or the one stated, is not known
 */
export async function crsOf(
  source: Pick<Source, 'declaredCrs'>,
  { crs, swapAxes }: Pick<ImportSettings, 'crs' | 'swapAxes'>,
  workDir: string,
): Promise<ToLngLat> {
  const lookUp: LookUpCrs = (epsg) => lookUpCrs(epsg, workDir)
  const toLngLat = await readCrs(crs ?? source.declaredCrs ?? 'wgs84', lookUp)
  return swapAxes ? (x, y) => toLngLat(y, x) : toLngLat
}

/** @throws ImportRefused when the file names behind its records another coordinate system than they were read in */
async function refuseLateCrs(source: Source, options: ImportOptions, workDir: string): Promise<void> {
  const late = source.crsBehind?.() ?? null
  if (options.crs !== null || late === source.declaredCrs || late === null) return
  const lookUp: LookUpCrs = (epsg) => lookUpCrs(epsg, workDir)
  if ((await readCrs(late, lookUp)) === (await readCrs('wgs84', lookUp))) return
  throw new ImportRefused('crs-needed.behind', { crs: late })
}

async function* followed({ first, rest }: OpenedFile) {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function renumbered(rows: (SourceRow | UnreadableRow)[], before: number) {
  for (const row of rows) row.row += before
  return rows
}

function columnsOf({ source, first }: OpenedFile): string[] {
  if (source.columns) return source.columns
  return [...new Set(first.flatMap((row) => ('unreadable' in row ? [] : Object.keys(row.properties))))]
}

function resolveColumns<Kind extends ImportKind>(
  kind: Kind,
  { map }: ImportOptions,
  columns: readonly string[],
): ColumnMap<Kind> {
  for (const [field, column] of Object.entries(map)) {
    if (!Object.hasOwn(IMPORT_FIELDS[kind], field)) {
      const known = Object.keys(IMPORT_FIELDS[kind]).join(', ')
      throw new ImportRefused('option-unusable.field', { kind, field, fields: known })
    }
    if (column !== '' && !columns.includes(column)) {
      throw new ImportRefused('column-unknown', { column, field, columns: columns.join(', ') })
    }
  }
  const found = guessColumns(kind, columns, map as ColumnMap<Kind>)
  const fields: Record<string, { required: boolean }> = IMPORT_FIELDS[kind]
  const missing = Object.keys(fields).filter(
    (field) => fields[field]!.required && !found[field as FieldOf<Kind>],
  )
  if (missing.length === 0) return found
  throw new ImportRefused('column-missing.field', { fields: missing.join(', '), columns: columns.join(', ') })
}

function otherColumns(name: string): ImportRefused {
  return new ImportRefused('column-missing.other-file', { file: basename(name) })
}
