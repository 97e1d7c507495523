import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Problem } from '../../domain/problem.ts'
import { HITS_PER_KIND, SearchHit } from '../../domain/search.ts'
import { dayAsked } from '../as-of.ts'
import { badField } from '../errors.ts'
import { search } from './queries.ts'

export const searchRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/search',
    {
      schema: {
        tags: ['search'],
        summary: 'Grids, areas, places, buildings and cases by code, name, address or number',
        querystring: Type.Object({ q: Type.String({ maxLength: 100 }) }),
        response: { 200: Type.Array(SearchHit), '4xx': Problem, '5xx': Problem },
      },
    },
    async ({ query, scope }) => {
      const text = query.q.trim()
      if (text === '') throw badField('q', 'is blank', 'Send a code, a name, an address or a case number.')
      return search(app.db, text, scope, HITS_PER_KIND + 1, dayAsked({}, app.config.timeZone))
    },
  )
}
