import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Language } from '../../../domain/district.ts'
import { Problem } from '../../../domain/problem.ts'
import type { Queryable } from '../../database/database.ts'
import { notFound } from '../../errors.ts'
import { findAlarm, listRuleAlarms } from '../alarms/queries.ts'
import { isDemo } from './queries.ts'
import { CAP_TYPE, type CapSender, writeCap } from './write-cap.ts'
import { FEED_TYPE, writeFeed } from './write-feed.ts'

const SENDER_NAMES: Record<Language, string> = { 'zh-CN': '网格化管理中心', en: 'Grid management centre' }

/** The alarms that rules raise, for other systems: CAP 1.2. Those taken over from elsewhere are not told again. */
export const capRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { capSender, language } = app.config
  const tags = ['walls']
  const errors = { '4xx': Problem, '5xx': Problem }
  const text = Type.Unsafe<string>({ type: 'string' })

  const senderOf = async (db: Queryable): Promise<CapSender> => ({
    sender: capSender,
    senderName: SENDER_NAMES[language],
    status: (await isDemo(db)) ? 'Exercise' : 'Actual',
  })

  app.get(
    '/cap',
    {
      config: { action: 'cap.read' },
      schema: {
        tags,
        summary: 'The alarms whose time is not over as an Atom feed of CAP messages, the newest one first',
        produces: ['application/atom+xml'],
        response: { 200: text, ...errors },
      },
    },
    async ({ db, scope }, reply) => {
      const alarms = await listRuleAlarms(db, scope)
      return reply.type(FEED_TYPE).send(writeFeed(alarms, await senderOf(app.db)))
    },
  )

  app.get(
    '/cap/:id',
    {
      config: { action: 'cap.read' },
      schema: {
        tags,
        summary: 'An alarm as a CAP 1.2 message; once it was acknowledged, the Cancel of that',
        params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        produces: ['application/cap+xml'],
        response: { 200: text, ...errors },
      },
    },
    async ({ db, scope, params: { id } }, reply) => {
      const alarm = await findAlarm(db, scope, id)
      if (alarm?.source !== 'rule') throw notFound('alarm with the number', String(id))
      return reply.type(CAP_TYPE).send(writeCap(alarm, await senderOf(app.db)))
    },
  )
}
