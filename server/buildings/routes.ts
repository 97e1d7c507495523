import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Building } from '../../domain/building.ts'
import { Problem } from '../../domain/problem.ts'
import { notFound } from '../errors.ts'
import { findBuilding } from './queries.ts'

export const buildingRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/:id',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['buildings'],
        summary: 'One building with its footprint',
        params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        response: { 200: Building, '4xx': Problem, '5xx': Problem },
      },
    },
    async ({ params, scope, db }) => {
      const building = await findBuilding(db, params.id, scope)
      if (!building) throw notFound('building', String(params.id))
      return building
    },
  )
}
