import type { Bbox } from '../../domain/geometry.ts'
import type { ImportStep } from '../../domain/import-job.ts'
import type { ImportPlace } from '../../domain/import-options.ts'
import type { Config } from '../config.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { ImportOptions } from './import-options.ts'
import type { RejectReport } from './reject-report.ts'

/** What is found by a check of the coverage in force, in the database. */
export interface CoverageFindings {
  gaps: number
  overlaps: number
}

/** What the importer needs of its surroundings; the last two are questions that other rooms answer. */
export interface ImportParts {
  db: Database
  config: Pick<Config, 'dataDir' | 'timeZone' | 'language' | 'gridCodeScheme'>
  /** gives areas without a shape of their own the union of their grids in force on `today` */
  dissolveAreas(tx: Transaction, today: string): Promise<void>
  /** gaps and overlaps of the grids in force on `today` */
  checkCoverage(tx: Transaction, today: string): Promise<CoverageFindings>
  /** Called often; `rows` counts within the step. */
  onProgress?(progress: ImportProgress): void
  /** aborted when the import is to stop: nothing is written then */
  signal?: AbortSignal
}

export interface ImportProgress {
  step: ImportStep
  rows: number
}

/** One running import. */
export interface ImportContext extends ImportParts {
  id: number
  /** where its refusals are read */
  place: ImportPlace
  options: ImportOptions
  report: RejectReport
  /** where temporary copies go */
  workDir: string
  /** where the district lies, as far as is known */
  extent: Bbox | null
  now: Date
  /** YYYY-MM-DD in the district's zone */
  today: string
  rowsRead: number
  /** columns of the first file that fill no field */
  unusedColumns: string[]
  /** @throws the reason of `signal` once it is aborted */
  progress(step: ImportStep, rows: number): void
  /** Runs `work` in the one transaction in which an import writes what others see; a dry run takes it back. */
  write(work: (tx: Transaction) => Promise<Outcome>): Promise<Outcome>
}

/** What became of the rows that were not rejected. */
export interface MergedRows {
  inserted: number
  updated: number
  unchanged: number
}

export interface Outcome extends MergedRows {
  /** counted findings that are no rejection */
  summary: Record<string, unknown>
}
