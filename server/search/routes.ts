import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Position } from '../../domain/geometry.ts'
import { Problem } from '../../domain/problem.ts'
import { HITS_PER_KIND, SearchHit } from '../../domain/search.ts'
import { dayAsked } from '../as-of.ts'
import { badField } from '../errors.ts'
import { search } from './queries.ts'

const POSITION = '^-?\\d{1,3}(\\.\\d{1,9})?,-?\\d{1,2}(\\.\\d{1,9})?$'

export const searchRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/search',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['search'],
        summary: 'Grids, areas, places, buildings and cases by code, name, address or number',
        querystring: Type.Object({
          q: Type.String({ maxLength: 100 }),
          /** lng,lat in degrees: places and buildings of one name in order of their distance from there */
          near: Type.Optional(Type.String({ pattern: POSITION })),
        }),
        response: { 200: Type.Array(SearchHit), '4xx': Problem, '5xx': Problem },
      },
    },
    async ({ query, caseScope, db }) => {
      const text = query.q.trim()
      if (text === '') throw badField('q', 'is blank', 'Send a code, a name, an address or a case number.')
      const near = query.near?.split(',').map(Number) as Position | undefined
      return search(db, text, caseScope, HITS_PER_KIND + 1, dayAsked({}, app.config.timeZone), near ?? null)
    },
  )
}
