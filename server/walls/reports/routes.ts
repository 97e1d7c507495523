import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Problem } from '../../../domain/problem.ts'
import { WallReport, WatchedWall } from '../../../domain/wall/report.ts'
import { notFound } from '../../errors.ts'
import { findThumbnail, listReports, saveReport } from './queries.ts'
import { readThumbnail } from './thumbnail.ts'

/** What screens tell of themselves, for whoever keeps them running. */
export const reportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app
  const tags = ['walls']
  const errors = { '4xx': Problem, '5xx': Problem }

  app.post(
    '/walls/reports',
    {
      config: { action: 'wall.report' },
      schema: {
        tags,
        summary: 'A screen tells how it is, every 15 s; the last report is kept',
        body: WallReport,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async ({ actor, body: { thumbnail, ...report } }, reply) => {
      const picture = thumbnail === undefined ? null : readThumbnail(thumbnail)
      await saveReport(db, actor!.id, report, picture)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/walls/reports',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary: 'The last report of each screen',
        response: { 200: Type.Array(WatchedWall), ...errors },
      },
    },
    () => listReports(db),
  )

  app.get(
    '/walls/reports/:deviceId/thumbnail',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary: 'The last picture that a screen sent, a small JPEG',
        params: Type.Object({ deviceId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        // Makes the address of each picture another one, so that a browser shows the newest
        querystring: Type.Object({ at: Type.Optional(Type.String({ format: 'date-time' })) }),
        produces: ['image/jpeg'],
        response: { 200: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }), ...errors },
      },
    },
    async ({ params: { deviceId } }, reply) => {
      const picture = await findThumbnail(db, deviceId)
      if (!picture) throw notFound('picture of the screen', String(deviceId))
      return reply.type('image/jpeg').send(Buffer.from(picture))
    },
  )
}
