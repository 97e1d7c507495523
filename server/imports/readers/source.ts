import type { Geometry } from 'geojson'
import type { SourceFormat } from '../../../domain/import-job.ts'

/** One record of a file, coordinates as they stand in it. `row` counts records from 1 (a header is none). */
export interface SourceRow {
  row: number
  properties: Record<string, unknown>
  geometry: Geometry | null
}

/** A record that cannot be read; the records after it can. */
export interface UnreadableRow {
  row: number
  unreadable: 'feature-unreadable' | 'column-count'
}

/** A file opened for reading, once. */
export interface Source {
  format: SourceFormat
  /** the layer of a file that can hold several */
  layer: string | null
  /** the coordinate system that coordinates were turned from while the file was opened */
  turnedFrom: string | null
  /** the coordinate system that the file itself names; null: it names none */
  declaredCrs: string | null
  /** the header's columns; null: every record names its own */
  columns: string[] | null
  /** records in the order of the file, some hundred at a time */
  batches: AsyncIterable<(SourceRow | UnreadableRow)[]>
  /** the coordinate system as it is known once all records were read: some files name it behind them */
  crsBehind?(): string | null
  /** gives temporary files back */
  close(): Promise<void>
}
