import type { Bbox } from '../../domain/geometry.ts'
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
}

export type ImportStep = 'read' | 'check' | 'clean' | 'write'

export interface ImportProgress {
  step: ImportStep
  rows: number
}

/** One running import. */
export interface ImportContext extends ImportParts {
  id: number
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
  progress(step: ImportStep, rows: number): void
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
