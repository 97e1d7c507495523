import type { FastifyBaseLogger } from 'fastify'
import type { ImportOrder, JobState, Upload } from '../../../domain/import-job.ts'
import { DEFAULT_SETTINGS } from '../../../domain/import-options.ts'
import type { Asker } from '../../audit/askers.ts'
import type { Database } from '../../database/database.ts'
import { Turns } from '../../database/turns.ts'
import type { ImportParts, ImportProgress } from '../import-context.ts'
import { asRefused } from '../import-files.ts'
import { withoutOtherImportsHere } from '../import-lock.ts'
import { auditBegin, auditEnd } from '../record/audited.ts'
import { findImport, type ImportRow, queueImport, recordEnd } from '../record/queries.ts'
import type { ImportThreads } from '../thread/import-threads.ts'
import type { UploadStore } from '../uploads/upload-store.ts'
import { rememberSettings } from './remembered-settings.ts'

export interface JobParts {
  db: Database
  config: ImportParts['config']
  store: UploadStore
  threads: ImportThreads
  log: FastifyBaseLogger
  /** names this deployment, whose disk holds the files */
  runner: string
}

/** Who asks for an import: by the name on the screen, and as the audit names people. */
export interface JobStarter {
  startedBy: string
  asker: Asker
}

interface Job {
  stop: AbortController
  progress: ImportProgress | null
  /** as it was recorded when it was asked for */
  row: ImportRow
}

/** Imports asked for through the web: one after the other, each in a thread of its own. */
export class JobRunner {
  private readonly turns = new Turns()
  private readonly jobs = new Map<number, Job>()
  private readonly running = new Set<Promise<void>>()

  constructor(private readonly parts: JobParts) {}

  /** Records the import and has it wait for its turn. Answers its number. */
  async enqueue(order: ImportOrder, upload: Upload, by: JobStarter): Promise<number> {
    const { db, runner, log } = this.parts
    const { kind, dryRun } = order
    const settings = { ...DEFAULT_SETTINGS, ...order.settings }
    const fileName = upload.files.map(({ name }) => name).join(', ')
    const recorded = { kind, fileName, settings, dryRun, startedBy: by.startedBy }
    const id = await db.transaction(async (tx) => {
      const queued = await queueImport(tx, recorded, runner)
      await auditBegin(tx, queued, recorded, by.asker)
      return queued
    })
    const row = await findImport(db, id)
    const job: Job = { stop: new AbortController(), progress: null, row: row! }
    this.jobs.set(id, job)
    const work = this.parts.store.using(upload.id, () =>
      this.turns.take(() => this.run(id, job, { ...order, settings }, upload, by)),
    )
    this.running.add(work)
    void work
      .catch((error) => log.error({ err: error, import: id }, 'the end of an import could not be recorded'))
      .finally(() => {
        this.running.delete(work)
        this.jobs.delete(id)
      })
    return id
  }

  /**
   * An import that waits or runs here, without asking the database: the embedded one has no time for others
   * while an import writes. Null: it is over, or elsewhere.
   */
  find(id: number): ImportRow | null {
    const job = this.jobs.get(id)
    return job ? { ...job.row, state: job.progress ? 'running' : 'queued' } : null
  }

  /** null: it does not run here */
  progressOf(id: number): (ImportProgress & { cancelling: boolean }) | null {
    const job = this.jobs.get(id)
    return job?.progress ? { ...job.progress, cancelling: job.stop.signal.aborted } : null
  }

  /** false: it neither runs nor waits here. */
  cancel(id: number): boolean {
    const job = this.jobs.get(id)
    job?.stop.abort(new Error('cancelled'))
    return job !== undefined
  }

  /** Cancels what runs and what waits, and waits until it is over. */
  async close(): Promise<void> {
    for (const id of this.jobs.keys()) this.cancel(id)
    await Promise.allSettled(this.running)
  }

  private async run(
    id: number,
    job: Job,
    { kind, settings, dryRun }: ImportOrder & { settings: typeof DEFAULT_SETTINGS },
    upload: Upload,
    { startedBy, asker }: JobStarter,
  ): Promise<void> {
    const { db, config, store, threads, log } = this.parts
    const { signal } = job.stop
    try {
      signal.throwIfAborted()
      job.progress = { step: 'read', rows: 0 }
      const importing = () =>
        threads.run({
          signal,
          task: {
            what: 'import',
            databaseKind: db.kind,
            config: {
              dataDir: config.dataDir,
              timeZone: config.timeZone,
              language: config.language,
              gridCodeScheme: config.gridCodeScheme,
            },
            options: { ...settings, kind, files: store.pathsOf(upload) },
            run: { place: 'web', startedBy, asker, id, dryRun },
          },
          onProgress: (progress) => {
            job.progress = progress
          },
        })
      await withoutOtherImportsHere(db, importing)
      if (dryRun) return
      if (upload.inspection) {
        await rememberSettings(db, upload.inspection.columns, { kind, settings }, asker)
      }
      await store.drop(upload.id)
    } catch (error) {
      const refused = asRefused(error)
      if (signal.aborted) await this.end(id, 'cancelled', { code: 'cancelled' }, asker)
      else if (refused) {
        const { code, message, sentence, values } = refused
        await this.end(id, 'refused', { code, message, refusal: { sentence, values } }, asker)
      } else {
        log.error({ err: error, import: id }, 'an import failed')
        await this.end(id, 'failed', { code: 'fault', message: (error as Error).message }, asker)
      }
    }
  }

  private async end(id: number, state: JobState, summary: Record<string, unknown>, asker: Asker) {
    await this.parts.db.transaction(async (tx) => {
      if (await recordEnd(tx, id, state, summary)) await auditEnd(tx, id, { state, summary }, asker)
    })
  }
}
