import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { NearPlace, PlaceFeatures, PlaceType } from '../../domain/place.ts'
import { Problem } from '../../domain/problem.ts'
import { listPlaces, nearestPlaces } from './queries.ts'

const MOST_PLACES = 20_000
const errors = { '4xx': Problem, '5xx': Problem }
const types = Type.Optional(Type.Array(PlaceType, { maxItems: 5 }))

export const placeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      schema: {
        tags: ['places'],
        summary: 'Service stations, offices, shelters, hydrants and other places',
        querystring: Type.Object({ type: types }),
        response: { 200: PlaceFeatures, ...errors },
      },
    },
    async ({ query, scope }) => ({
      type: 'FeatureCollection' as const,
      features: await listPlaces(app.db, scope, query.type ?? null, MOST_PLACES),
    }),
  )

  app.get(
    '/nearest',
    {
      schema: {
        tags: ['places'],
        summary: 'The places nearest to a point, the nearest first',
        querystring: Type.Object({
          lng: Type.Number({ minimum: -180, maximum: 180 }),
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          type: types,
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
        }),
        response: { 200: Type.Array(NearPlace), ...errors },
      },
    },
    ({ query: { lng, lat, type, limit }, scope }) =>
      nearestPlaces(app.db, scope, { lng, lat, types: type ?? null, limit: limit ?? 3 }),
  )
}
