import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { AreaFeatures, AreaLevel } from '../../domain/area.ts'
import { Problem } from '../../domain/problem.ts'
import { dayAsked } from '../as-of.ts'
import { listAreas } from './queries.ts'

export const areaRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['areas'],
        summary: 'Areas with their shapes, and what their grids add up to',
        querystring: Type.Object({ level: Type.Optional(AreaLevel) }),
        response: { 200: AreaFeatures, '4xx': Problem, '5xx': Problem },
      },
    },
    async ({ query, scope, db }) => {
      const today = dayAsked({}, app.config.timeZone)
      const features = await listAreas(db, query.level ?? null, today, scope)
      return { type: 'FeatureCollection' as const, features }
    },
  )
}
