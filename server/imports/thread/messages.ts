// What the thread of an import and the server say to each other.
import type { Bbox } from '../../../domain/geometry.ts'
import type { Inspection } from '../../../domain/import-job.ts'
import type { ImportSettings } from '../../../domain/import-options.ts'
import type { Refusal } from '../../../domain/import-refusals.ts'
import type { Database, Parameter } from '../../database/database.ts'
import type { ImportParts, ImportProgress } from '../import-context.ts'
import type { ImportRun } from '../import-files.ts'
import type { ImportOptions } from '../import-options.ts'

export type ThreadTask =
  | {
      what: 'import'
      databaseKind: Database['kind']
      config: ImportParts['config']
      options: ImportOptions
      run: ImportRun
    }
  | {
      what: 'inspect'
      files: readonly string[]
      settings: ImportSettings
      workDir: string
      extent: Bbox | null
    }

/** What a finished task answers. */
export type ThreadResult = { what: 'import' } | { what: 'inspect'; inspection: WhatIsIn }
/** All but what the database remembers of such files. */
export type WhatIsIn = Omit<Inspection, 'remembered'>

/** A statement of the thread; `tx` is the number of a transaction it began. */
export type SqlRequest =
  | { ask: 'query'; tx: number | null; sql: string; values: readonly Parameter[] | undefined }
  | { ask: 'copy'; tx: number; sql: string; rows: Uint8Array }
  | { ask: 'begin' }
  | { ask: 'commit' | 'rollback'; tx: number }

export type FromThread =
  | { say: 'sql'; number: number; request: SqlRequest }
  | { say: 'progress'; progress: ImportProgress }
  | { say: 'done'; result: ThreadResult }
  | { say: 'failed'; failure: Failure }

export type ToThread =
  | { say: 'task'; task: ThreadTask }
  | { say: 'answer'; number: number; answer: unknown }
  | { say: 'refusal'; number: number; failure: Failure }
  | { say: 'cancel' }

/** An error on its way between threads. */
export interface Failure {
  message: string
  code?: string
  stack?: string
  refusal?: Refusal & { choices: readonly string[] }
}
