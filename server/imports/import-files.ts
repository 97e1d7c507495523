import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportKind } from '../../domain/import-fields.ts'
import type { RejectReason } from '../../domain/import-reasons.ts'
import type { Database } from '../database/database.ts'
import { importAreas } from './areas/import-areas.ts'
import { importBuildings } from './buildings/import-buildings.ts'
import { importCategories } from './categories/import-categories.ts'
import { importGrids } from './grids/import-grids.ts'
import type { ImportContext, ImportParts, Outcome } from './import-context.ts'
import type { ImportOptions } from './import-options.ts'
import { ImportRefused } from './import-refused.ts'
import { importIncidents } from './incidents/import-incidents.ts'
import { importIndicators } from './indicators/import-indicators.ts'
import {
  clearLeftOvers,
  dropStaging,
  knownExtent,
  recordFinished,
  recordImport,
  runningImport,
  tryImportLock,
} from './queries.ts'
import { RejectReport } from './reject-report.ts'

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
    cause: ImportRefused,
    readonly result: Pick<ImportResult, 'id' | 'rowsRead' | 'rowsRejected' | 'rejectedBy' | 'reportFile'>,
  ) {
    super(cause.code, cause.message)
  }
}

const IMPORTERS: Record<ImportKind, (context: ImportContext) => Promise<Outcome>> = {
  areas: importAreas,
  grids: importGrids,
  buildings: importBuildings,
  incidents: importIncidents,
  categories: importCategories,
  indicators: importIndicators,
}

/**
 * Reads, checks and writes files. All that is visible is written in one transaction at the end; what a killed
 * import left is cleared away by the next. One import runs at a time.
 * @throws ImportRefused when the files cannot be imported as they stand; nothing was written then
 */
export function importFiles(parts: ImportParts, options: ImportOptions): Promise<ImportResult> {
  return alone(parts.db, () => importAlone(parts, options))
}

async function importAlone(parts: ImportParts, options: ImportOptions): Promise<ImportResult> {
  const { db, config } = parts
  const workDir = join(config.dataDir, 'tmp', 'import')
  await clearLeftOvers(db)
  await rm(workDir, { recursive: true, force: true })
  const id = await recordImport(db, {
    kind: options.kind,
    fileName: options.files.map((file) => basename(file)).join(', '),
    attribution: options.attribution,
  })
  const now = new Date()
  const context: ImportContext = {
    ...parts,
    id,
    options,
    workDir,
    report: new RejectReport(config.dataDir, `reports/import-${id}-rejected.csv`, config.language),
    extent: await knownExtent(db),
    now,
    today: new Intl.DateTimeFormat('sv-SE', { timeZone: config.timeZone }).format(now),
    rowsRead: 0,
    progress: (step, rows) => parts.onProgress?.({ step, rows }),
  }
  try {
    const outcome = await IMPORTERS[options.kind](context)
    const read = await countsOf(context)
    await recordFinished(db, id, {
      state: 'done',
      ...read,
      rowsWritten: outcome.inserted + outcome.updated,
      summary: { ...outcome.summary, rejectedBy: read.rejectedBy, unchanged: outcome.unchanged },
    })
    return { ...outcome, id, ...read }
  } catch (error) {
    const read = await countsOf(context)
    const refused = error instanceof ImportRefused
    const summary = {
      code: refused ? error.code : 'fault',
      message: (error as Error).message,
      rejectedBy: read.rejectedBy,
    }
    await recordFinished(db, id, { state: refused ? 'refused' : 'failed', ...read, rowsWritten: 0, summary })
    throw refused ? new ImportRefusedAfterReading(error, { id, ...read }) : error
  } finally {
    await dropStaging(db)
    await rm(workDir, { recursive: true, force: true })
  }
}

async function countsOf({ report, rowsRead }: ImportContext) {
  const reportFile = await report.close()
  return { rowsRead, rowsRejected: report.total, rejectedBy: report.counts, reportFile }
}

const running = new WeakSet<Database>()

/**
 * Holds off other imports: on PostgreSQL by a lock in a session of its own, which goes with the process; the
 * embedded database has one process, and its one session must stay free for the work.
 */
async function alone<T>(db: Database, work: () => Promise<T>): Promise<T> {
  if (running.has(db)) throw await anotherImport(db)
  running.add(db)
  try {
    if (db.kind === 'embedded') return await work()
    return await db.transaction(async (tx) => {
      if (!(await tryImportLock(tx))) throw await anotherImport(db)
      return work()
    })
  } finally {
    running.delete(db)
  }
}

async function anotherImport(db: Database): Promise<ImportRefused> {
  const other = await runningImport(db)
  const what = other ? ` (${other.kind}: ${other.fileName})` : ''
  return new ImportRefused('another-import', `Another import is running${what}: wait until it has ended.`)
}
