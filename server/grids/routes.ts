import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { featureCollection, MultiPolygonSchema } from '../../domain/geometry.ts'
import { GridProperties } from '../../domain/grid.ts'
import { dayOf } from '../../domain/local-day.ts'
import { Problem } from '../../domain/problem.ts'
import { badField, notFound } from '../errors.ts'
import { gridHistory, gridInForce, gridsInForce } from './queries.ts'

const GridFeatures = featureCollection(GridProperties, MultiPolygonSchema)
const GridFeature = GridFeatures.properties.features.items
const errors = { '4xx': Problem, '5xx': Problem }
const code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 64 }) })
/** YYYY-MM-DD; today in the district when left out */
const asOf = Type.Optional(Type.String({ format: 'date' }))

export const gridRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const dayAsked = ({ asOf: day }: { asOf?: string }) => {
    if (day?.startsWith('0000'))
      throw badField('asOf', 'is in a year 0, which there was not', 'Send a later day.')
    return day ?? dayOf(Date.now() / 1000, app.config.timeZone)
  }

  app.get(
    '/',
    {
      schema: {
        tags: ['grids'],
        summary: 'The grids in force on a day',
        querystring: Type.Object({ asOf, area: Type.Optional(Type.String({ maxLength: 64 })) }),
        response: { 200: GridFeatures, ...errors },
      },
    },
    async ({ query, scope }) => ({
      type: 'FeatureCollection' as const,
      features: await gridsInForce(app.db, dayAsked(query), query.area ?? null, scope),
    }),
  )

  app.get(
    '/:code',
    {
      schema: {
        tags: ['grids'],
        summary: 'One grid as it is in force on a day',
        params: code,
        querystring: Type.Object({ asOf }),
        response: { 200: GridFeature, ...errors },
      },
    },
    async ({ params, query, scope }) => {
      const day = dayAsked(query)
      const grid = await gridInForce(app.db, params.code, day, scope)
      if (!grid) throw notFound('grid in force on that day with the code', params.code)
      return grid
    },
  )

  app.get(
    '/:code/history',
    {
      schema: {
        tags: ['grids'],
        summary: 'Every version of a grid, the newest first',
        params: code,
        response: { 200: GridFeatures, ...errors },
      },
    },
    async ({ params, scope }) => {
      const features = await gridHistory(app.db, params.code, scope)
      if (features.length === 0) throw notFound('grid with the code', params.code)
      return { type: 'FeatureCollection' as const, features }
    },
  )
}
