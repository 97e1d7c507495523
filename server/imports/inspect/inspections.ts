import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { Upload } from '../../../domain/import-job.ts'
import type { ImportSettings } from '../../../domain/import-options.ts'
import type { RefusalCode, RefusalSentence } from '../../../domain/import-refusals.ts'
import { dayOf } from '../../../domain/local-day.ts'
import type { Database } from '../../database/database.ts'
import { Turns } from '../../database/turns.ts'
import type { ImportParts } from '../import-context.ts'
import { asRefused } from '../import-files.ts'
import { ImportRefused } from '../import-refused.ts'
import { withRemembered } from '../jobs/remembered-settings.ts'
import { knownExtent } from '../queries.ts'
import type { ImportThreads } from '../thread/import-threads.ts'
import type { UploadStore } from '../uploads/upload-store.ts'

/** No option makes such files ones that can be imported. */
const HOPELESS: readonly RefusalCode[] = [
  'ending-unknown',
  'content-not-as-ending',
  'file-empty',
  'file-broken',
  'record-too-large',
  'zip-bomb',
  'zip-content',
]
/** Among those, what another choice of an option mends. */
const MENDABLE: readonly RefusalSentence[] = ['file-empty.layer']

/** As many files are looked at at once; more wait. */
const AT_ONCE = 2

export interface InspectionParts {
  db: Database
  config: ImportParts['config']
  store: UploadStore
  threads: ImportThreads
  log: FastifyBaseLogger
}

/** Looks at uploaded files in threads of their own and writes down what they are. */
export class Inspections {
  private readonly lanes = Array.from({ length: AT_ONCE }, () => new Turns())
  private next = 0
  private readonly stops = new Map<string, AbortController>()
  private readonly running = new Set<Promise<void>>()

  constructor(private readonly parts: InspectionParts) {}

  /** A later look at an upload takes the place of an earlier one. */
  begin(upload: Upload, settings: ImportSettings): Upload {
    this.stop(upload.id)
    const stop = new AbortController()
    this.stops.set(upload.id, stop)
    const begun: Upload = { ...upload, state: 'inspecting', rowsSoFar: 0, inspection: null, refusal: null }
    this.parts.store.note(upload.id, begun)
    const lane = this.lanes[this.next++ % AT_ONCE]!
    const work = lane.take(() => this.inspect(begun, settings, stop.signal))
    this.running.add(work)
    void work
      .catch((error) => this.parts.log.error({ err: error }, 'an upload could not be looked at'))
      .finally(() => this.running.delete(work))
    return begun
  }

  stop(id: string): void {
    this.stops.get(id)?.abort(new Error('no longer wanted'))
    this.stops.delete(id)
  }

  async close(): Promise<void> {
    for (const id of [...this.stops.keys()]) this.stop(id)
    await Promise.allSettled(this.running)
  }

  private async inspect(upload: Upload, settings: ImportSettings, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const { db, config, store, threads } = this.parts
    const workDir = join(config.dataDir, 'tmp', `inspect-${randomUUID()}`)
    try {
      const result = await store.using(upload.id, async () =>
        threads.run({
          signal,
          task: {
            what: 'inspect',
            files: store.pathsOf(upload),
            settings,
            workDir,
            extent: await knownExtent(db, dayOf(Date.now() / 1000, config.timeZone)),
          },
          onProgress: ({ rows }) => {
            if (!signal.aborted) store.note(upload.id, { rowsSoFar: rows })
          },
        }),
      )
      if (result.what !== 'inspect' || signal.aborted) return
      const inspection = await withRemembered(db, result.inspection)
      await store.save({ ...upload, state: 'inspected', rowsSoFar: inspection.rows, inspection })
    } catch (error) {
      if (!signal.aborted) await this.refuse(upload, error)
    } finally {
      await rm(workDir, { recursive: true, force: true })
    }
  }

  private async refuse(upload: Upload, error: unknown): Promise<void> {
    const { store, log } = this.parts
    const refused = asRefused(error)
    if (!refused) log.error({ err: error }, 'an upload could not be looked at')
    const { code, sentence, values, choices } = refused ?? new ImportRefused('look-failed', {})
    const isHopeless = HOPELESS.includes(code) && !MENDABLE.includes(sentence)
    if (isHopeless) await store.dropFiles(upload)
    await store.save({
      ...upload,
      state: isHopeless ? 'refused' : 'inspected',
      refusal: { sentence, values, ...(choices.length > 0 && { choices: [...choices] }) },
    })
  }
}
