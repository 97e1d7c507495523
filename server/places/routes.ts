import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { NearPlace, PLACE_TYPES, PlaceFeatures, PlaceType } from '../../domain/place.ts'
import { Problem } from '../../domain/problem.ts'
import { listPlaces, nearestPlaces } from './queries.ts'

const MOST_PLACES = 20_000
const errors = { '4xx': Problem, '5xx': Problem }
const types = Type.Optional(Type.Array(PlaceType, { maxItems: 5 }))

export const placeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['places'],
        summary: 'Service stations, offices, shelters, hydrants and other places',
        querystring: Type.Object({ type: types }),
        response: { 200: PlaceFeatures, ...errors },
      },
    },
    async ({ query, scope, db }) => ({
      type: 'FeatureCollection' as const,
      features: await listPlaces(db, scope, query.type ?? null, MOST_PLACES),
    }),
  )

  app.get(
    '/nearest',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['places'],
        summary: 'The places nearest to a point, the nearest first',
        querystring: Type.Object({
          lng: Type.Number({ minimum: -180, maximum: 180 }),
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          type: types,
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
          /** as many of each type as of all otherwise; one where no limit is stated */
          ofEachType: Type.Optional(Type.Boolean()),
        }),
        response: { 200: Type.Array(NearPlace), ...errors },
      },
    },
    async ({ query: { lng, lat, type, limit, ofEachType }, scope, db }) => {
      if (!ofEachType) return nearestPlaces(db, scope, { lng, lat, types: type ?? null, limit: limit ?? 3 })
      const ofTypes = (type ?? PLACE_TYPES).map((one) =>
        nearestPlaces(db, scope, { lng, lat, types: [one], limit: limit ?? 1 }),
      )
      return (await Promise.all(ofTypes)).flat().sort((a, b) => a.distanceM - b.distanceM)
    },
  )
}
