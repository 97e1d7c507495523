import { hostname } from 'node:os'
import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ImportParts } from './import-context.ts'
import { Inspections } from './inspect/inspections.ts'
import { JobRunner } from './jobs/job-runner.ts'
import { jobRoutes } from './jobs/routes.ts'
import { endLeftOver } from './record/audited.ts'
import { endForgotten } from './record/queries.ts'
import { ImportThreads } from './thread/import-threads.ts'
import { purgeRows } from './undo/queries.ts'
import { UNDO_DAYS } from './undo/undo-import.ts'
import { removeOlder } from './uploads/remove-older.ts'
import { uploadRoutes } from './uploads/routes.ts'
import { LEFT_AFTER_MS, UploadStore } from './uploads/upload-store.ts'

const PURGE_EVERY_MS = 3_600_000

export interface ImportRouteParts {
  /** the module that runs in the thread of an import */
  thread: URL
  checkCoverage: ImportParts['checkCoverage']
}

/** Files in, through the web: uploads, what is in them, imports, their record, and how to undo them. */
export const importRoutes: FastifyPluginAsyncTypebox<ImportRouteParts> = async (
  app,
  { thread, checkCoverage },
) => {
  const { db, config, log } = app
  const store = new UploadStore(config.dataDir)
  const runner = `${hostname()}:${config.dataDir}`
  const threads = new ImportThreads(thread, db)
  const parts = { db, config, store, threads, log, runner }
  const inspections = new Inspections(parts)
  const jobs = new JobRunner(parts)
  // Left unfinished by a server that was stopped
  await removeOlder(join(config.dataDir, 'tmp'), LEFT_AFTER_MS, (name) => name.startsWith('inspect-'))
  await store.open()
  await endLeftOver(db, (tx) => endForgotten(tx, runner))

  const purge = setInterval(() => {
    Promise.all([store.purge(), purgeRows(db, UNDO_DAYS)]).catch((error) =>
      log.warn({ err: error }, 'old uploads stay'),
    )
  }, PURGE_EVERY_MS)
  purge.unref()
  app.addHook('onClose', async () => {
    clearInterval(purge)
    await inspections.close()
    await jobs.close()
    await threads.close()
  })

  await app.register(uploadRoutes, { prefix: '/uploads', store, inspections })
  await app.register(jobRoutes, { store, jobs, checkCoverage })
}
