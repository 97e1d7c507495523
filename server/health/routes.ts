import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Problem } from '../../domain/problem.ts'
import { RequestError, stillLoading } from '../errors.ts'
import { ping } from './queries.ts'

/** `/health`: the process answers. `/ready`: the database answers too and the cases are loaded. */
export const healthRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const Fine = Type.Object({ status: Type.Literal('ok') })

  app.get(
    '/health',
    {
      config: { action: 'public' },
      schema: { tags: ['health'], summary: 'The process answers', response: { 200: Fine } },
    },
    async () => ({
      status: 'ok' as const,
    }),
  )

  app.get(
    '/ready',
    {
      config: { action: 'public' },
      schema: {
        tags: ['health'],
        summary: 'The database answers and the cases are loaded',
        response: { 200: Fine, 503: Problem },
      },
    },
    async (request) => {
      try {
        await ping(app.db)
      } catch (error) {
        request.log.warn({ err: error }, 'database does not answer')
        throw new RequestError(503, 'The database does not answer; it is being tried again.')
      }
      if (!app.columns.isReady) throw stillLoading()
      return { status: 'ok' as const }
    },
  )
}
