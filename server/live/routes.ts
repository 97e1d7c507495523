import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { mayDo } from '../../domain/access/action.ts'
import { LiveAck, LiveAckAnswer } from '../../domain/live/live-event.ts'
import { Problem } from '../../domain/problem.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Actor } from '../access/actor.ts'
import { RequestError } from '../errors.ts'
import { LiveHub } from './live-hub.ts'
import { LiveStream } from './live-stream.ts'
import { LiveStreams, type LiveTiming, USUAL_TIMING } from './live-streams.ts'

const MEDIA_TYPE = 'text/event-stream'
const RETRY_AFTER_S = 10

export interface LiveRouteParts {
  /** what the server serves, told to pages */
  release: string
  timing?: Partial<LiveTiming>
}

/** What changes, told as it changes. */
export const liveRoutes: FastifyPluginAsyncTypebox<LiveRouteParts> = async (app, { release, timing }) => {
  const hub = new LiveHub({ db: app.db, feed: app.changes, log: app.log })
  const streams = new LiveStreams({ ...USUAL_TIMING, ...timing })
  // Before the server waits for its requests to end: these would not
  app.addHook('preClose', async () => streams.close())
  app.addHook('onClose', async () => hub.stop())
  const tags = ['live']
  const errors = { '4xx': Problem, '5xx': Problem }

  app.get(
    '/live',
    {
      config: { action: 'incident.read' },
      // A stream whose events nobody wants
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Server-sent events: hello, changes, beat, reload',
        description:
          'Goes on behind the event whose id is in Last-Event-ID, or in `after`: nothing is missed and nothing told ' +
          'twice. `reload` says that this cannot be: what came from the server is to be loaded anew. Who listens ' +
          'sends an ack (/api/live/acks) every 10 s.',
        querystring: Type.Object({ after: Type.Optional(Type.String({ maxLength: 12_000 })) }),
        response: { 200: { content: { [MEDIA_TYPE]: { schema: Type.Unsafe<Readable>({}) } } }, ...errors },
      },
    },
    async (request, reply) => {
      const { actor, caseScope, headers, query } = request
      const who = nameOf(actor!)
      const refusal = streams.refusalOf(who)
      if (refusal) {
        reply.header('retry-after', String(RETRY_AFTER_S))
        throw refusal === 'of one'
          ? new RequestError(429, 'Too many screens of this user listen: close some of them.')
          : new RequestError(503, 'As many screens listen as the server can serve: try again later.')
      }
      const stream = new LiveStream({ db: app.db, feed: app.changes, hub, scope: caseScope, release })
      streams.add({ stream, who, check: () => checkAgain(request) })
      const after = headers['last-event-id']
      stream.begin((Array.isArray(after) ? after[0] : after) ?? query.after ?? null).catch((error) => {
        request.log.warn({ err: error }, 'what was missed cannot be read')
        stream.cut()
      })
      reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      return reply.type(MEDIA_TYPE).send(stream.body)
    },
  )

  app.post(
    '/live/acks',
    {
      config: { action: 'incident.read' },
      schema: {
        tags,
        summary: 'Says that whoever listens to a stream is still there',
        body: LiveAck,
        response: { 200: LiveAckAnswer, ...errors },
      },
    },
    async ({ actor, body }) => ({ open: streams.ack(body.stream, nameOf(actor!)), now: Date.now() }),
  )

  async function checkAgain(request: FastifyRequest) {
    const actor = await app.whoAsks(request)
    if (!actor || actor.mustChangePassword || !mayDo(actor.role, 'incident.read')) return 'nobody'
    const now: CaseScope = { areas: actor.scope, departmentCode: actor.departmentCode }
    return JSON.stringify(now) === JSON.stringify(request.caseScope) ? 'same' : 'other scope'
  }
}

const nameOf = ({ kind, id }: Actor) => `${kind} ${id}`
