import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Category, Department } from '../../domain/incident.ts'
import { Problem } from '../../domain/problem.ts'
import { listCategories, listDepartments } from './queries.ts'

/** What cases are sorted by and sent to. The same for everybody: a scope is of areas. */
export const categoryRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const answers = <T extends Type.TSchema>(item: T) => ({
    tags: ['categories'],
    response: { 200: Type.Array(item), '5xx': Problem },
  })

  app.get(
    '/categories',
    {
      config: { action: 'map.read' },
      schema: { ...answers(Category), summary: 'The categories of cases, both levels' },
    },
    () => listCategories(app.db),
  )

  app.get(
    '/departments',
    {
      config: { action: 'map.read' },
      schema: { ...answers(Department), summary: 'The departments that handle cases' },
    },
    () => listDepartments(app.db),
  )
}
