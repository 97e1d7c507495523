import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { mayDo } from '../../domain/access/action.ts'
import type { MaskedContact } from '../../domain/contact.ts'
import { Incident, NewIncident, Transition } from '../../domain/incident.ts'
import { IncidentListQuery, IncidentPage } from '../../domain/incident-filter.ts'
import { Problem } from '../../domain/problem.ts'
import type { CaseScope } from '../../domain/scope.ts'
import { askerOf } from '../access/audited.ts'
import { recordRefusal } from '../access/refusal.ts'
import { IdempotencyKey } from '../creation-key.ts'
import { purgeKeys } from '../database/creation-keys.ts'
import type { Queryable } from '../database/database.ts'
import { notFound } from '../errors.ts'
import { readBbox, readCursor, writeCursor } from './list-query.ts'
import { findIncident, listIncidents, listTransitions } from './queries.ts'
import { type ContactKeeper, LiesElsewhere, reportIncident } from './report.ts'

const USUAL_LIMIT = 100
const PURGE_EVERY_MS = 3_600_000

export interface IncidentRouteParts {
  contacts: ContactKeeper & {
    masked(db: Queryable, scope: CaseScope, incidentId: number): Promise<MaskedContact | null>
  }
}

export const incidentRoutes: FastifyPluginAsyncTypebox<IncidentRouteParts> = async (app, { contacts }) => {
  const tags = ['incidents']
  const errors = { '4xx': Problem, '5xx': Problem }
  const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })

  const withContact = async (
    incident: Incident,
    { db, caseScope, actor }: Pick<FastifyRequest, 'db' | 'caseScope' | 'actor'>,
  ): Promise<Incident> =>
    mayDo(actor!.role, 'contact.read')
      ? { ...incident, contact: await contacts.masked(db, caseScope, incident.id) }
      : incident

  app.get(
    '/incidents',
    {
      config: { action: 'incident.read' },
      schema: {
        tags,
        summary: 'Cases, the newest first, page by page',
        querystring: IncidentListQuery,
        response: { 200: IncidentPage, ...errors },
      },
    },
    async ({ query: { bbox, cursor, limit, ...filter }, caseScope, db }) => {
      const { items, end } = await listIncidents(
        db,
        caseScope,
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
    {
      config: { action: 'incident.read' },
      schema: { tags, summary: 'One case', params, response: { 200: Incident, ...errors } },
    },
    async (request) => {
      const { id } = request.params
      const incident = await findIncident(request.db, request.caseScope, id)
      if (!incident) throw notFound('case', String(id))
      return withContact(incident, request)
    },
  )

  app.get(
    '/incidents/:id/transitions',
    {
      config: { action: 'incident.read' },
      schema: {
        tags,
        summary: 'The steps of a case, the first one first',
        params,
        response: { 200: Type.Array(Transition), ...errors },
      },
    },
    async ({ params: { id }, caseScope, db }) => {
      const transitions = await listTransitions(db, caseScope, id)
      if (!transitions) throw notFound('case', String(id))
      return transitions
    },
  )

  app.post(
    '/incidents',
    {
      config: { action: 'incident.report' },
      schema: {
        tags,
        summary: 'Reports a case; a repeated Idempotency-Key answers the case it made',
        headers: Type.Object({ 'idempotency-key': IdempotencyKey }),
        body: NewIncident,
        response: { 201: Incident, ...errors },
      },
    },
    async (request, reply) => {
      const { body, headers, actor, scope, caseScope, db } = request
      const { kind, id: actorId, displayName } = actor!
      // Of two people who think of the same key neither hears of the other's case
      const key = `${kind} ${actorId} ${headers['idempotency-key']}`
      const parts = { db: app.db, timeZone: app.config.timeZone, contacts }
      const reporter = { actor: displayName, scope }
      const id = await reportIncident(parts, key, body, reporter, askerOf(request)).catch(async (error) => {
        if (error instanceof LiesElsewhere) {
          const after = { lng: body.lng, lat: body.lat }
          await recordRefusal(app.db, request, { action: 'incident.report', subject: 'incident', after })
        }
        throw error
      })
      const incident = await findIncident(db, caseScope, id)
      // Sent again after its case was moved elsewhere
      if (!incident) throw notFound('case', String(id))
      return reply
        .code(201)
        .header('location', `/api/incidents/${id}`)
        .send(await withContact(incident, request))
    },
  )

  const purge = setInterval(() => {
    purgeKeys(app.db).catch((error) => app.log.warn({ err: error }, 'old keys stay'))
  }, PURGE_EVERY_MS)
  purge.unref()
  app.addHook('onClose', async () => clearInterval(purge))
}
