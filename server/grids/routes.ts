import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { GridFeature, GridFeatures } from '../../domain/grid.ts'
import { Problem } from '../../domain/problem.ts'
import { AsOf, dayAsked } from '../as-of.ts'
import { notFound } from '../errors.ts'
import { gridHistory, gridInForce, gridsInForce } from './queries.ts'

const errors = { '4xx': Problem, '5xx': Problem }
const code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 64 }) })

export const gridRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['grids'],
        summary: 'The grids in force on a day',
        querystring: Type.Object({ ...AsOf.properties, area: Type.Optional(Type.String({ maxLength: 64 })) }),
        response: { 200: GridFeatures, ...errors },
      },
    },
    async ({ query, scope, db }) => ({
      type: 'FeatureCollection' as const,
      features: await gridsInForce(db, dayAsked(query, app.config.timeZone), query.area ?? null, scope),
    }),
  )

  app.get(
    '/:code',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['grids'],
        summary: 'One grid as it is in force on a day',
        params: code,
        querystring: AsOf,
        response: { 200: GridFeature, ...errors },
      },
    },
    async ({ params, query, scope, db }) => {
      const day = dayAsked(query, app.config.timeZone)
      const grid = await gridInForce(db, params.code, day, scope)
      if (!grid) throw notFound('grid in force on that day with the code', params.code)
      return grid
    },
  )

  app.get(
    '/:code/history',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['grids'],
        summary: 'Every version of a grid, the newest first',
        params: code,
        response: { 200: GridFeatures, ...errors },
      },
    },
    async ({ params, scope, db }) => {
      const features = await gridHistory(db, params.code, scope)
      if (features.length === 0) throw notFound('grid with the code', params.code)
      return { type: 'FeatureCollection' as const, features }
    },
  )
}
