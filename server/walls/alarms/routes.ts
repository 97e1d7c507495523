import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Problem } from '../../../domain/problem.ts'
import { inScope } from '../../../domain/scope.ts'
import { Alarm } from '../../../domain/wall/alarm.ts'
import { askerOf } from '../../access/audited.ts'
import { recordRefusal } from '../../access/refusal.ts'
import { recordAudit } from '../../audit/record.ts'
import { notFound, RequestError } from '../../errors.ts'
import { noWall, shownWallId, wallById } from '../shown-wall.ts'
import { acknowledge, findAlarm, listAlarms, shown } from './queries.ts'

/** Alarms of walls, which somebody at a desk acknowledges. */
export const alarmRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app
  const tags = ['walls']
  const errors = { '4xx': Problem, '5xx': Problem }

  app.get(
    '/walls/:id/alarms',
    {
      config: { action: 'alarm.read' },
      schema: {
        tags,
        summary:
          'The alarms in force of a wall and of every wall, the oldest first, of more than 200 the gravest and newest; a screen may ask for its own',
        params: Type.Object({ id: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) }),
        response: { 200: Type.Array(Alarm), ...errors },
      },
    },
    async (request) => {
      const { id } = request.params
      const wallId = await shownWallId(db, request.actor!, id)
      if (!(await wallById(db, wallId, app.config.language))) throw noWall(id)
      return listAlarms(request.db, request.scope, wallId)
    },
  )

  app.get(
    '/alarms',
    {
      config: { action: 'alarm.read' },
      schema: {
        tags,
        summary:
          'The alarms in force of all walls, the oldest first, of more than 200 the gravest and newest; to a screen those of its own',
        response: { 200: Type.Array(Alarm), ...errors },
      },
    },
    async (request) => {
      const actor = request.actor!
      const wallId = actor.kind === 'wall' ? await shownWallId(db, actor, undefined) : null
      return listAlarms(request.db, request.scope, wallId)
    },
  )

  app.post(
    '/alarms/:id/acknowledgement',
    {
      config: { action: 'alarm.acknowledge' },
      schema: {
        tags,
        summary: 'Acknowledge an alarm of one’s own areas: walls show it no more',
        params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        response: { 200: Alarm, ...errors },
      },
    },
    async (request) => {
      const { id } = request.params
      const { scope } = request
      const alarm = await findAlarm(request.db, scope, id)
      if (!alarm) throw notFound('alarm with the number', String(id))
      // A warning is told to everybody within its area; it is ended on every wall at once
      if (!inScope(alarm.within, scope)) {
        await recordRefusal(db, request, { action: 'alarm.acknowledge', subject: `alarm ${id}` })
        throw new RequestError(
          403,
          'This alarm is of more than the areas that are yours: somebody who sees all of it may acknowledge it.',
        )
      }
      return db.transaction(async (tx) => {
        const isDone = await acknowledge(tx, id, request.actor!.displayName)
        const acknowledged = (await findAlarm(tx, scope, id)) ?? alarm
        if (isDone) {
          await recordAudit(tx, {
            ...askerOf(request),
            action: 'alarm.acknowledge',
            subject: `alarm ${id}`,
            outcome: 'done',
            after: { title: alarm.title, placeCode: alarm.placeCode },
          })
        }
        return shown(acknowledged, scope)
      })
    },
  )
}
