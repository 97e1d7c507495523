import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { mayDo } from '../../../domain/access/action.ts'
import { Problem } from '../../../domain/problem.ts'
import { inForce, steer } from '../../../domain/wall/steer.ts'
import { SteeringCommand, ToldSteering } from '../../../domain/wall/steering.ts'
import { askerOf } from '../../access/audited.ts'
import { recordRefusal } from '../../access/refusal.ts'
import { recordAudit } from '../../audit/record.ts'
import { badField, RequestError } from '../../errors.ts'
import { noWall, shownWallId, wallById } from '../shown-wall.ts'
import { findSteering, isSeenBeyond, lockSteering, saveSteering } from './queries.ts'

/** A remote for walls: what somebody at a desk does to one. */
export const steeringRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app
  const { language, timeZone } = app.config
  const tags = ['walls']
  const errors = { '4xx': Problem, '5xx': Problem }
  const params = Type.Object({ id: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }) })

  app.get(
    '/walls/:id/steering',
    {
      config: { action: 'wall.show' },
      schema: {
        tags,
        summary: 'How a wall is steered now; a screen may ask for its own',
        params,
        response: { 200: ToldSteering, ...errors },
      },
    },
    async ({ actor, scope, params: { id } }) => {
      const shown = await shownWallId(db, actor!, id)
      if (!(await wallById(db, shown, language))) throw noWall(id)
      const steering = inForce(await findSteering(db, shown), Date.now())
      const maySteer = mayDo(actor!.role, 'wall.steer') && !(await isSeenBeyond(db, shown, scope))
      return { ...steering, maySteer }
    },
  )

  app.post(
    '/walls/:id/steering',
    {
      config: { action: 'wall.steer' },
      schema: {
        tags,
        summary:
          'Steer a wall: the next scene, one that stays, a place to fly to or to mark, or back to its order',
        params,
        body: SteeringCommand,
        response: { 200: ToldSteering, ...errors },
      },
    },
    async (request) => {
      const { id } = request.params
      const command = request.body
      const wall = await wallById(db, id, language)
      if (!wall) throw noWall(id)
      if (await isSeenBeyond(db, id, request.scope)) {
        await recordRefusal(db, request, { action: 'wall.steer', subject: `wall ${id}`, after: command })
        throw new RequestError(
          403,
          'Screens that show this wall see more than the areas that are yours: somebody who sees all of that may steer it.',
        )
      }
      return db.transaction(async (tx) => {
        if (command.kind === 'pin' && !wall.content.scenes.some((scene) => scene.id === command.scene)) {
          throw badField('scene', `there is no scene ${command.scene}`, 'Name a scene of this wall.')
        }
        await lockSteering(tx, id)
        const before = await findSteering(tx, id)
        const moment = { now: Date.now(), timeZone, by: request.actor!.displayName }
        const steering = steer(wall.content, before, command, moment)
        await saveSteering(tx, id, steering)
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'wall.steer',
          subject: `wall ${id}`,
          outcome: 'done',
          after: command,
        })
        return { ...steering, maySteer: true }
      })
    },
  )
}
