import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Incident, NewIncident, Transition } from '../../domain/incident.ts'
import { IncidentListQuery, IncidentPage } from '../../domain/incident-filter.ts'
import { Problem } from '../../domain/problem.ts'
import { EVERYTHING } from '../../domain/scope.ts'
import { notFound } from '../errors.ts'
import { readBbox, readCursor, writeCursor } from './list-query.ts'
import { findIncident, listIncidents, listTransitions, purgeKeys } from './queries.ts'
import { reportIncident } from './report.ts'

const USUAL_LIMIT = 100
const KEYS_KEPT_DAYS = 7
const PURGE_EVERY_MS = 3_600_000

export const incidentRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const tags = ['incidents']
  const errors = { '4xx': Problem, '5xx': Problem }
  const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })

  app.get(
    '/incidents',
    {
      schema: {
        tags,
        summary: 'Cases, the newest first, page by page',
        querystring: IncidentListQuery,
        response: { 200: IncidentPage, ...errors },
      },
    },
    async ({ query: { bbox, cursor, limit, ...filter }, scope }) => {
      const { items, end } = await listIncidents(
        app.db,
        scope,
        filter,
        bbox === undefined ? null : readBbox(bbox),
        cursor === undefined ? null : readCursor(cursor),
        limit ?? USUAL_LIMIT,
      )
      return { items, next: end && writeCursor(end) }
    },
  )

  app.get(
    '/incidents/:id',
    { schema: { tags, summary: 'One case', params, response: { 200: Incident, ...errors } } },
    async ({ params: { id }, scope }) => {
      const incident = await findIncident(app.db, scope, id)
      if (!incident) throw notFound('case', String(id))
      return incident
    },
  )

  app.get(
    '/incidents/:id/transitions',
    {
      schema: {
        tags,
        summary: 'The steps of a case, the first one first',
        params,
        response: { 200: Type.Array(Transition), ...errors },
      },
    },
    async ({ params: { id }, scope }) => {
      const transitions = await listTransitions(app.db, scope, id)
      if (!transitions) throw notFound('case', String(id))
      return transitions
    },
  )

  app.post(
    '/incidents',
    {
      schema: {
        tags,
        summary: 'Reports a case; a repeated Idempotency-Key answers the case it made',
        headers: Type.Object({ 'idempotency-key': Type.String({ minLength: 1, maxLength: 200 }) }),
        body: NewIncident,
        response: { 201: Incident, ...errors },
      },
    },
    async ({ body, headers }, reply) => {
      const id = await reportIncident(app.db, headers['idempotency-key'], body, app.config.timeZone, 'api')
      // Who reports a case is told what became of it, also outside of the areas that may be looked at
      const incident = await findIncident(app.db, EVERYTHING, id)
      return reply.code(201).header('location', `/api/incidents/${id}`).send(incident!)
    },
  )

  const purge = setInterval(() => {
    purgeKeys(app.db, KEYS_KEPT_DAYS).catch((error) => app.log.warn({ err: error }, 'old keys stay'))
  }, PURGE_EVERY_MS)
  purge.unref()
  app.addHook('onClose', async () => clearInterval(purge))
}
