import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { InspectionOrder, Upload, UploadLimits } from '../../../domain/import-job.ts'
import { DEFAULT_SETTINGS } from '../../../domain/import-options.ts'
import { Problem } from '../../../domain/problem.ts'
import { askerOf } from '../../access/audited.ts'
import { type AuditEntry, recordAudit } from '../../audit/record.ts'
import { asRefused } from '../import-files.ts'
import { ImportRefused } from '../import-refused.ts'
import type { Inspections } from '../inspect/inspections.ts'
import { FILE_ENDINGS } from '../readers/file-format.ts'
import { refusedRequest } from '../refused-request.ts'
import { receiveUpload } from './receive-upload.ts'
import type { UploadStore } from './upload-store.ts'

/** Uploads that are received at the same time. */
const AT_ONCE = 4
const MOST_FILES = 50
/** What is still taken of a request that was refused, so that its sender comes to read why. */
const DRAINED_BYTES = 4 * 2 ** 30

export interface UploadRouteParts {
  store: UploadStore
  inspections: Inspections
}

export const uploadRoutes: FastifyPluginAsyncTypebox<UploadRouteParts> = async (
  app,
  { store, inspections },
) => {
  await app.register(multipart)
  const tags = ['imports']
  const errors = { '4xx': Problem, '5xx': Problem }
  const params = Type.Object({ id: Type.String({ format: 'uuid' }) })
  const note = (request: FastifyRequest, id: string, what: Pick<AuditEntry, 'action' | 'before' | 'after'>) =>
    app.db.transaction((tx) =>
      recordAudit(tx, { ...askerOf(request), subject: `upload ${id}`, outcome: 'done', ...what }),
    )
  const limits = { bytes: app.config.uploadLimitMb * 2 ** 20, files: MOST_FILES }
  let receiving = 0

  const found = (id: string) => {
    const upload = store.find(id)
    if (!upload) throw refusedRequest([new ImportRefused('upload-gone', {})])
    return upload
  }

  app.get(
    '/limits',
    {
      config: { action: 'import.manage' },
      schema: { tags, summary: 'What may be sent', response: { 200: UploadLimits, ...errors } },
    },
    async () => ({ ...limits, endings: FILE_ENDINGS }),
  )

  app.post(
    '/',
    {
      // The body is a stream, which nobody can hold against a schema before it has come
      validatorCompiler: () => () => true,
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Send files to be imported; several are read as one',
        consumes: ['multipart/form-data'],
        body: Type.Object({ files: Type.Array(Type.String({ format: 'binary' })) }),
        response: { 201: Upload, ...errors },
      },
    },
    async (request, reply) => {
      if (receiving >= AT_ONCE) {
        drain(request)
        reply.header('retry-after', '30')
        throw refusedRequest([new ImportRefused('upload-too-many', { running: receiving })])
      }
      receiving++
      try {
        const upload = await receiveUpload(request, store, limits)
        await note(request, upload.id, { action: 'upload.send', after: upload.files })
        reply.code(201).header('location', `/api/imports/uploads/${upload.id}`)
        return inspections.begin(upload, DEFAULT_SETTINGS)
      } catch (error) {
        drain(request)
        const refused = asRefused(error)
        throw refused ? refusedRequest([refused]) : error
      } finally {
        receiving--
      }
    },
  )

  app.get(
    '/:id',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Files that were sent, and what they are',
        params,
        response: { 200: Upload, ...errors },
      },
    },
    async (request) => found(request.params.id),
  )

  app.post(
    '/:id/inspection',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Look at files again with other settings',
        params,
        body: InspectionOrder,
        response: { 202: Upload, ...errors },
      },
    },
    async (request, reply) => {
      const upload = found(request.params.id)
      if (upload.state === 'refused') throw refusedRequest([new ImportRefused('upload-gone', {})])
      await note(request, upload.id, { action: 'upload.inspect', after: request.body })
      reply.code(202)
      return inspections.begin(upload, { ...DEFAULT_SETTINGS, ...request.body.settings })
    },
  )

  app.delete(
    '/:id',
    {
      config: { action: 'import.manage' },
      schema: {
        tags,
        summary: 'Remove files that were sent',
        params,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const { id, files } = found(request.params.id)
      inspections.stop(id)
      if (store.isInUse(id)) {
        throw refusedRequest([new ImportRefused('not-now.files-in-use', {})])
      }
      await note(request, id, { action: 'upload.remove', before: files })
      await store.drop(id)
      return reply.code(204).send(null)
    },
  )
}

/** Reads and forgets the rest of a request: one that is cut off is told of a broken line, not of the reason. */
function drain({ raw }: FastifyRequest): void {
  let bytes = 0
  raw.unpipe()
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > DRAINED_BYTES) raw.destroy()
  })
  raw.resume()
}
