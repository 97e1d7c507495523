import { basename } from 'node:path'
import type { Bbox } from '../../../domain/geometry.ts'
import { guessColumns } from '../../../domain/import-fields.ts'
import { guessKind } from '../../../domain/import-kind.ts'
import type { ImportSettings } from '../../../domain/import-options.ts'
import type { ToLngLat } from '../crs.ts'
import { refuseImplausible } from '../implausible-places.ts'
import { ImportRefused } from '../import-refused.ts'
import { crsOf } from '../open-input.ts'
import { openSource } from '../readers/open-source.ts'
import type { Source, SourceRow, UnreadableRow } from '../readers/source.ts'
import type { WhatIsIn } from '../thread/messages.ts'
import { FileExtent, type PlaceColumns } from './file-extent.ts'

const FIRST_ROWS = 10
const CELL_CHARACTERS = 200
const MOST_COLUMNS = 500

interface Looking {
  files: readonly string[]
  settings: ImportSettings
  workDir: string
  /** where the district is known to lie */
  extent: Bbox | null
  /** told how many rows were read so far */
  onRows(rows: number): void
  /** ends what runs beside us to read a file */
  signal: AbortSignal
}

/**
 * Reads files to the end and says what they are. What can be put right by an option is a warning.
 * @throws ImportRefused when they cannot be read as they stand, or not before a layer is chosen
 */
export async function inspectFiles(looking: Looking): Promise<WhatIsIn> {
  const look = new Look(looking)
  for (const file of looking.files) await look.at(file)
  const { columns, firstRows, place, rows } = look
  return {
    files: look.files,
    rows,
    unreadableRows: look.unreadableRows,
    columns,
    firstRows: firstRows.map((row) => columns.map((column) => cellOf(row[column]))),
    geometries: [...place.geometries].sort(),
    bbox: place.bbox,
    points: place.points.kept,
    outlines: place.outlines.kept,
    kind: guessKind({
      names: looking.files.map((file) => basename(file)),
      columns,
      geometries: [...place.geometries],
      rows,
    }),
    warnings: [...look.warnings.values()],
  }
}

class Look {
  readonly files: WhatIsIn['files'] = []
  readonly warnings = new Map<string, WhatIsIn['warnings'][number]>()
  readonly place = new FileExtent()
  readonly firstRows: Record<string, unknown>[] = []
  columns: string[] = []
  rows = 0
  unreadableRows = 0

  constructor(private readonly looking: Looking) {}

  async at(path: string): Promise<void> {
    const { settings, workDir, signal } = this.looking
    const source = await openSource(path, {
      workDir,
      signal,
      layer: settings.layer,
      keepCoordinates: settings.crs !== null,
    })
    try {
      const before = this.rows
      await this.read(source)
      const { format, layer, turnedFrom, declaredCrs } = source
      const crs = turnedFrom ?? declaredCrs ?? source.crsBehind?.() ?? null
      const rows = this.rows - before
      if (rows === 0) throw new ImportRefused('file-empty.records', { file: basename(path) })
      this.files.push({ name: basename(path), format, layer, crs, rows })
    } finally {
      await source.close()
    }
  }

  private async read(source: Source): Promise<void> {
    let toLngLat: ToLngLat | null = null
    let places: PlaceColumns = {}
    let isFirst = true
    for await (const batch of source.batches) {
      if (isFirst) {
        isFirst = false
        this.noteColumns(source.columns ?? columnsOf(batch))
        places = this.placeColumns()
        toLngLat = await this.warned(() => crsOf(source, this.looking.settings, this.looking.workDir))
        if (toLngLat) await this.judgePlaces(batch, toLngLat, places)
      }
      for (const row of batch) {
        if ('unreadable' in row) this.unreadableRows++
        else {
          if (this.firstRows.length < FIRST_ROWS) this.firstRows.push(row.properties)
          if (toLngLat) this.place.add(row, places, toLngLat)
        }
      }
      this.rows += batch.length
      this.looking.onRows(this.rows)
    }
  }

  private noteColumns(columns: readonly string[]): void {
    this.columns = [...new Set([...this.columns, ...columns])].slice(0, MOST_COLUMNS)
  }

  /** Longitude, latitude and text of shapes have the same names whatever the kind. */
  private placeColumns(): PlaceColumns {
    const { lng, lat, wkt } = this.looking.settings.map
    const stated = { ...(lng && { lng }), ...(lat && { lat }), ...(wkt && { wkt }) }
    return guessColumns('incidents', this.columns, stated)
  }

  private async judgePlaces(
    batch: readonly (SourceRow | UnreadableRow)[],
    toLngLat: ToLngLat,
    { lng, lat, wkt }: PlaceColumns,
  ): Promise<void> {
    const { extent, settings } = this.looking
    const columns = { ...(lng && { lng }), ...(lat && { lat }), ...(wkt && { wkt }) }
    const crsStated = settings.crs !== null
    await this.warned(async () => refuseImplausible(batch, toLngLat, columns, { extent, crsStated }))
  }

  /** What `work` answers; null when it refused, which is noted as a warning. */
  private async warned<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error
      const { sentence, values } = error
      this.warnings.set(sentence, { sentence, values })
      return null
    }
  }
}

function columnsOf(batch: readonly (SourceRow | UnreadableRow)[]): string[] {
  return [...new Set(batch.flatMap((row) => ('unreadable' in row ? [] : Object.keys(row.properties))))]
}

function cellOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > CELL_CHARACTERS ? `${text.slice(0, CELL_CHARACTERS)}…` : text
}
