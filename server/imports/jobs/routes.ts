import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { AuditAction } from '../../../domain/audit.ts'
import {
  Findings,
  ImportJob,
  ImportJobPage,
  ImportListQuery,
  ImportOrder,
  isOver,
  PageQuery,
  RejectPage,
} from '../../../domain/import-job.ts'
import { Problem } from '../../../domain/problem.ts'
import { askerOf } from '../../access/audited.ts'
import { recordAudit } from '../../audit/record.ts'
import { notFound } from '../../errors.ts'
import type { ImportParts } from '../import-context.ts'
import { ImportRefused } from '../import-refused.ts'
import { findImport, type ImportRow, listImports } from '../record/queries.ts'
import { refusedRequest } from '../refused-request.ts'
import { REPORTS, type Report, reportPath } from '../report-files.ts'
import { UndoBlocked, undoImport } from '../undo/undo-import.ts'
import type { UploadStore } from '../uploads/upload-store.ts'
import { readFindings } from './findings.ts'
import type { JobRunner } from './job-runner.ts'
import { readRejects } from './rejects.ts'

const USUAL_LIMIT = 50

export interface JobRouteParts {
  store: UploadStore
  jobs: JobRunner
  checkCoverage: ImportParts['checkCoverage']
}

export const jobRoutes: FastifyPluginAsyncTypebox<JobRouteParts> = async (
  app,
  { store, jobs, checkCoverage },
) => {
  const { db, config } = app
  const tags = ['imports']
  const errors = { '4xx': Problem, '5xx': Problem }
  const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })

  const found = async (id: number) => {
    const row = jobs.find(id) ?? (await findImport(db, id))
    if (!row) throw notFound('import with the number', String(id))
    return row
  }
  /** Path of a report of import `id`; null: it has none. */
  const reportOf = async (id: number, report: Report) => {
    const path = join(config.dataDir, reportPath(id, report))
    return access(path).then(
      () => path,
      () => null,
    )
  }
  const jobOf = async (row: ImportRow): Promise<ImportJob> => {
    const { settings, summary, reportFile: rejected, undoable, ...plain } = row
    const { rejectedBy = {}, refusal = null, ...findings } = summary as Partial<ImportJob> & typeof summary
    const isGrids = row.kind === 'grids'
    return {
      ...plain,
      startedAt: row.startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      undoneAt: row.undoneAt?.toISOString() ?? null,
      progress: jobs.progressOf(row.id),
      settings,
      rejectedBy,
      refusal,
      summary: findings,
      undoable,
      hasReport: rejected !== null && (await reportOf(row.id, 'rejected')) !== null,
      hasFindings:
        isGrids && ((await reportOf(row.id, 'problems')) ?? (await reportOf(row.id, 'changes'))) !== null,
    }
  }

  const note = (request: FastifyRequest, action: AuditAction, id: number, after?: object) =>
    db.transaction((tx) =>
      recordAudit(tx, { ...askerOf(request), action, subject: `import ${id}`, outcome: 'done', after }),
    )

  app.post(
    '/',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Import files that were sent, or check them only (dryRun)',
        body: ImportOrder,
        response: { 202: ImportJob, ...errors },
      },
    },
    async (request, reply) => {
      const upload = store.find(request.body.uploadId)
      if (!upload || upload.state === 'refused') throw refusedRequest([new ImportRefused('upload-gone', {})])
      const id = await jobs.enqueue(request.body, upload, {
        startedBy: request.actor!.displayName,
        asker: askerOf(request),
      })
      reply.code(202).header('location', `/api/imports/${id}`)
      return jobOf(await found(id))
    },
  )

  app.get(
    '/',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Past imports, the newest first',
        querystring: ImportListQuery,
        response: { 200: ImportJobPage, ...errors },
      },
    },
    async ({ query: { cursor, limit = USUAL_LIMIT, dryRuns = false } }) => {
      const before = cursor === undefined ? null : Number(cursor)
      const rows = await listImports(db, { before, dryRuns, limit: limit + 1 })
      const items = await Promise.all(rows.slice(0, limit).map(jobOf))
      return { items, next: rows.length > limit ? String(items.at(-1)!.id) : null }
    },
  )

  app.get(
    '/:id',
    {
      config: { action: 'import.manage' },
      schema: { tags, summary: 'One import', params, response: { 200: ImportJob, ...errors } },
    },
    async (request) => jobOf(await found(request.params.id)),
  )

  app.get(
    '/:id/rejects',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Rejected rows, page by page',
        params,
        querystring: PageQuery,
        response: { 200: RejectPage, ...errors },
      },
    },
    async ({ params: { id }, query: { cursor, limit = USUAL_LIMIT } }) => {
      await found(id)
      const path = await reportOf(id, 'rejected')
      return path === null ? { items: [], next: null } : readRejects(path, Number(cursor ?? 0), limit)
    },
  )

  app.get(
    '/:id/report.csv',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'A report as a table: rejected rows, gaps and overlaps left, or changes made by cleaning',
        params,
        querystring: Type.Object({ report: Type.Optional(Type.Enum(REPORTS)) }),
        produces: ['text/csv'],
        response: { 200: Type.Unsafe<Readable>({ type: 'string' }), ...errors },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { report = 'rejected' } = request.query
      await found(id)
      const path = await reportOf(id, report)
      if (path === null) throw notFound(`report of ${report} rows of import`, String(id))
      await note(request, 'import.export', id, { report })
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${basename(path)}"`)
        .send(createReadStream(path))
    },
  )

  app.get(
    '/:id/findings',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Gaps and overlaps that an import of grids found, as GeoJSON',
        params,
        response: { 200: Findings, ...errors },
      },
    },
    async ({ params: { id } }) => {
      await found(id)
      return readFindings(await reportOf(id, 'problems'), await reportOf(id, 'changes'))
    },
  )

  app.post(
    '/:id/cancel',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Stop an import that runs or waits: nothing of it is written',
        params,
        response: { 202: ImportJob, ...errors },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const isHere = jobs.cancel(id)
      const row = await found(id)
      if (!isHere) {
        const sentence = isOver(row.state) ? 'not-now.ended' : 'not-now.elsewhere'
        throw refusedRequest([new ImportRefused(sentence, {})])
      }
      const job = await jobOf(row)
      await note(request, 'import.cancel', id)
      reply.code(202)
      return job
    },
  )

  app.post(
    '/:id/undo',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Take an import back: what it inserted goes, what it updated is as before',
        params,
        response: { 200: ImportJob, ...errors },
      },
    },
    async (request) => {
      const row = await found(request.params.id)
      if (row.state !== 'done') {
        throw refusedRequest([new ImportRefused('not-now.not-done', { id: row.id, state: row.state })])
      }
      try {
        await undoImport({ db, config, checkCoverage }, row.id, request.actor!.displayName, askerOf(request))
      } catch (error) {
        if (error instanceof UndoBlocked) throw refusedRequest(error.blockers)
        if (error instanceof ImportRefused) throw refusedRequest([error])
        throw error
      }
      return jobOf(await found(row.id))
    },
  )
}
