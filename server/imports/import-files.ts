import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportKind } from '../../domain/import-fields.ts'
import type { ImportPlace } from '../../domain/import-options.ts'
import type { RejectReason } from '../../domain/import-reasons.ts'
import type { Refusal } from '../../domain/import-refusals.ts'
import { dayOf } from '../../domain/local-day.ts'
import { type Asker, commandLineAsker } from '../audit/askers.ts'
import type { Transaction } from '../database/database.ts'
import { importAreas } from './areas/import-areas.ts'
import { importBuildings } from './buildings/import-buildings.ts'
import { importCategories } from './categories/import-categories.ts'
import { importGrids } from './grids/import-grids.ts'
import type { ImportContext, ImportParts, Outcome } from './import-context.ts'
import { withoutOtherImports } from './import-lock.ts'
import type { ImportOptions } from './import-options.ts'
import { ImportRefused } from './import-refused.ts'
import { importIncidents } from './incidents/import-incidents.ts'
import { importIndicators } from './indicators/import-indicators.ts'
import { importPlaces } from './places/import-places.ts'
import { dropStaging, knownExtent } from './queries.ts'
import { auditBegin, auditEnd, endLeftOver } from './record/audited.ts'
import {
  endInterrupted,
  type FinishedImport,
  recordFinished,
  recordImport,
  startQueued,
} from './record/queries.ts'
import { RejectReport } from './reject-report.ts'
import { removeReports, reportPath } from './report-files.ts'
import { keepRows, startKeeping } from './undo/queries.ts'

/** How an import went. */
export interface ImportResult extends Outcome {
  id: number
  rowsRead: number
  rowsRejected: number
  rejectedBy: Partial<Record<RejectReason, number>>
  /** path under the data directory; null when nothing was rejected */
  reportFile: string | null
}

/** An import that was refused after it had begun: its report tells why. */
export class ImportRefusedAfterReading extends ImportRefused {
  constructor(
    { sentence, values, choices }: ImportRefused,
    readonly result: Pick<ImportResult, 'id' | 'rowsRead' | 'rowsRejected' | 'rejectedBy' | 'reportFile'>,
  ) {
    super(sentence, values, choices)
  }
}

/** Who asks for an import, and how it is to be run. */
export interface ImportRun {
  place: ImportPlace
  startedBy: string | null
  /** as the audit names who does */
  asker: Asker
  /** the record that waits for it; without one a record is made */
  id?: number
  /** everything is done as in an import, and taken back at the end: the report is the same */
  dryRun?: boolean
}

const FROM_COMMAND_LINE: ImportRun = { place: 'command-line', startedBy: null, asker: commandLineAsker() }

const IMPORTERS: Record<ImportKind, (context: ImportContext) => Promise<Outcome>> = {
  areas: importAreas,
  grids: importGrids,
  buildings: importBuildings,
  incidents: importIncidents,
  categories: importCategories,
  indicators: importIndicators,
  places: importPlaces,
}

/**
 * Reads, checks and writes files. All that is visible is written in one transaction at the end; what a killed
 * import left is cleared away by the next. One import runs at a time.
 * @throws ImportRefused when the files cannot be imported as they stand; nothing was written then
 */
export function importFiles(
  parts: ImportParts,
  options: ImportOptions,
  run: ImportRun = FROM_COMMAND_LINE,
): Promise<ImportResult> {
  return withoutOtherImports(parts.db, () => importAlone(parts, options, run))
}

async function importAlone(
  parts: ImportParts,
  options: ImportOptions,
  run: ImportRun,
): Promise<ImportResult> {
  const { db, config, signal } = parts
  const workDir = join(config.dataDir, 'tmp', 'import')
  await dropStaging(db)
  await endLeftOver(db, endInterrupted)
  await rm(workDir, { recursive: true, force: true })
  const id = await beginRecord(parts, options, run)
  // Of an import of another database, or of one that was emptied since
  await removeReports(config.dataDir, id)
  const now = new Date()
  const today = dayOf(now.getTime() / 1000, config.timeZone)
  const context: ImportContext = {
    ...parts,
    id,
    place: run.place,
    options,
    workDir,
    report: new RejectReport(config.dataDir, reportPath(id, 'rejected'), config.language, run.place),
    extent: await knownExtent(db, today),
    now,
    today,
    rowsRead: 0,
    unusedColumns: [],
    progress(step, rows) {
      signal?.throwIfAborted()
      parts.onProgress?.({ step, rows })
    },
    write: (work) => writeAndRecord(context, run, work),
  }
  try {
    const outcome = await IMPORTERS[options.kind](context)
    return { ...outcome, id, ...countsOf(context, await context.report.close()) }
  } catch (error) {
    // A full disk that ends the import ends its report too
    const read = countsOf(context, await context.report.close().catch(() => null))
    const end = endOf(error, signal)
    const result = { ...end, ...read, ...NOTHING, summary: { ...end.summary, rejectedBy: read.rejectedBy } }
    await db.transaction((tx) => recordAudited(tx, id, result, run.asker))
    throw end.refused ? new ImportRefusedAfterReading(end.refused, { id, ...read }) : error
  } finally {
    await dropStaging(db)
    await rm(workDir, { recursive: true, force: true })
  }
}

async function beginRecord({ db }: ImportParts, options: ImportOptions, run: ImportRun): Promise<number> {
  const { kind, files, ...settings } = options
  const { id, dryRun = false, startedBy, asker } = run
  if (id === undefined) {
    const fileName = files.map((file) => basename(file)).join(', ')
    const order = { kind, fileName, settings, dryRun, startedBy }
    return db.transaction(async (tx) => {
      const made = await recordImport(tx, order)
      await auditBegin(tx, made, order, asker)
      return made
    })
  }
  await startQueued(db, id)
  return id
}

async function recordAudited(tx: Transaction, id: number, result: FinishedImport, asker: Asker) {
  if (await recordFinished(tx, id, result)) await auditEnd(tx, id, result, asker)
}

/** Ends a dry run inside its transaction, so that the database takes everything back. */
class DryRunEnded extends Error {
  constructor(readonly outcome: Outcome) {
    super('dry run')
  }
}

async function writeAndRecord(
  context: ImportContext,
  { dryRun = false, asker }: ImportRun,
  work: (tx: Transaction) => Promise<Outcome>,
): Promise<Outcome> {
  const { db, id, signal } = context
  signal?.throwIfAborted()
  try {
    return await db.transaction(async (tx) => {
      await startKeeping(tx)
      const outcome = withUnused(await work(tx), context)
      if (dryRun) throw new DryRunEnded(outcome)
      await keepRows(tx, id)
      await recordAudited(tx, id, { state: 'done', ...(await finishedCounts(context, outcome)) }, asker)
      return outcome
    })
  } catch (error) {
    if (!(error instanceof DryRunEnded)) throw error
    const { outcome } = error
    const checked = { state: 'checked' as const, ...(await finishedCounts(context, outcome)) }
    await db.transaction((tx) => recordAudited(tx, id, checked, asker))
    return outcome
  }
}

/** A column that nobody took might be the one that mattered. */
function withUnused(outcome: Outcome, { unusedColumns }: ImportContext): Outcome {
  if (unusedColumns.length === 0) return outcome
  return { ...outcome, summary: { ...outcome.summary, unusedColumns: unusedColumns.join(', ') } }
}

async function finishedCounts(context: ImportContext, { summary, ...counts }: Outcome) {
  const read = countsOf(context, await context.report.close())
  return {
    ...counts,
    ...read,
    summary: { ...summary, rejectedBy: read.rejectedBy, unchanged: counts.unchanged },
  }
}

function countsOf({ report, rowsRead }: ImportContext, reportFile: string | null) {
  return { rowsRead, rowsRejected: report.total, rejectedBy: report.counts, reportFile }
}

const NOTHING = { inserted: 0, updated: 0, unchanged: 0 }

interface End {
  state: 'refused' | 'cancelled' | 'failed'
  summary: { code: string; message?: string; refusal?: Refusal }
  refused?: ImportRefused
}

function endOf(error: unknown, signal: AbortSignal | undefined): End {
  if (signal?.aborted) return { state: 'cancelled', summary: { code: 'cancelled' } }
  const refused = asRefused(error)
  if (refused) {
    const { code, message, sentence, values } = refused
    return { state: 'refused', refused, summary: { code, message, refusal: { sentence, values } } }
  }
  return { state: 'failed', summary: { code: 'fault', message: (error as Error).message } }
}

/** What somebody here can put right: a refusal, or a full disk, the server's or the database's. */
export function asRefused(error: unknown): ImportRefused | undefined {
  if (error instanceof ImportRefused) return error
  const { code } = error as { code?: unknown }
  return code === 'ENOSPC' || code === '53100' ? new ImportRefused('disk-full', {}) : undefined
}
