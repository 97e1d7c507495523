import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { AreaLevel, AreaProperties } from '../../domain/area.ts'
import { featureCollection, MultiPolygonSchema } from '../../domain/geometry.ts'
import { dayOf } from '../../domain/local-day.ts'
import { Problem } from '../../domain/problem.ts'
import { listAreas } from './queries.ts'

const AreaFeatures = featureCollection(AreaProperties, Type.Union([MultiPolygonSchema, Type.Null()]))

export const areaRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/',
    {
      schema: {
        tags: ['areas'],
        summary: 'Areas with their shapes, and what their grids add up to',
        querystring: Type.Object({ level: Type.Optional(AreaLevel) }),
        response: { 200: AreaFeatures, '4xx': Problem, '5xx': Problem },
      },
    },
    async ({ query, scope }) => {
      const today = dayOf(Date.now() / 1000, app.config.timeZone)
      const features = await listAreas(app.db, query.level ?? null, today, scope)
      return { type: 'FeatureCollection' as const, features }
    },
  )
}
