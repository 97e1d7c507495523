import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ACTIONS, mayDo } from '../../../domain/access/action.ts'
import { Me, PasswordChange, SignIn, SignInOptions } from '../../../domain/access/session.ts'
import { Problem } from '../../../domain/problem.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Database } from '../../database/database.ts'
import { badField, RequestError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { askerOf } from '../audited.ts'
import { clearCookie, SESSION_COOKIE, setCookie, WALL_COOKIE, WALL_COOKIE_S } from '../cookie.ts'
import { listDemoUsers } from '../demo/queries.ts'
import { hashPassword, refuseWeakPassword } from '../password.ts'
import { recordRefusal } from '../refusal.ts'
import { endSessions, findCredentials, setPassword } from '../users/queries.ts'
import { beginSession } from './begin-session.ts'
import { isOnThisMachine } from './loopback.ts'
import type { SessionStore } from './session-store.ts'
import { checkPassword, SignInDelayed } from './sign-in.ts'

export interface SessionRouteParts {
  sessions: SessionStore
}

export const sessionRoutes: FastifyPluginAsyncTypebox<SessionRouteParts> = async (app, { sessions }) => {
  const { db, config } = app
  const tags = ['access']
  const errors = { '4xx': Problem, '5xx': Problem }

  const begin = (request: FastifyRequest, reply: FastifyReply, userId: number, how: string) =>
    beginSession({ db, sessions }, request, reply, userId, how).then((actor) => meOf(db, actor))

  app.get(
    '/sign-in',
    {
      config: { action: 'public' },
      schema: { tags, summary: 'How one may sign in here', response: { 200: SignInOptions, ...errors } },
    },
    async (request) => ({
      language: config.language,
      demoUsers: isOnThisMachine(request, config)
        ? (await listDemoUsers(db)).map(({ name, displayName, role }) => ({ name, displayName, role }))
        : [],
      openId: config.openId !== null,
    }),
  )

  app.post(
    '/sign-in',
    {
      config: { action: 'public', isAttempt: true },
      schema: { tags, summary: 'Sign in', body: SignIn, response: { 200: Me, ...errors } },
    },
    async (request, reply) => {
      const { name, password } = request.body
      try {
        const userId = await checkPassword(db, { name, password, address: request.ip })
        return await begin(request, reply, userId, 'password')
      } catch (error) {
        if (error instanceof SignInDelayed) reply.header('retry-after', String(error.seconds))
        if (error instanceof RequestError) {
          // A name that nobody has may be a password in the wrong field
          const known = await findCredentials(db, name)
          await recordRefusal(db, request, {
            action: 'sign-in',
            subject: known ? `user ${known.name}` : 'user unknown',
            after: { status: error.statusCode },
          })
        }
        throw error
      }
    },
  )

  app.post(
    '/sign-in/demo',
    {
      config: { action: 'public', isAttempt: true },
      schema: {
        tags,
        summary: 'Sign in as somebody of the demo district, on the machine of the server itself',
        body: Type.Object({ name: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
        response: { 200: Me, ...errors },
      },
    },
    async (request, reply) => {
      const users = isOnThisMachine(request, config) ? await listDemoUsers(db) : []
      const user = users.find(({ name }) => name === request.body.name)
      if (!user) {
        await recordRefusal(db, request, { action: 'sign-in', subject: 'demo', after: { status: 403 } })
        throw new RequestError(403, 'There is no such demo user here: sign in with a password.')
      }
      return begin(request, reply, user.id, 'demo')
    },
  )

  app.get(
    '/me',
    {
      config: { action: 'session.read' },
      schema: { tags, summary: 'Who asks, and what the asker may do', response: { 200: Me, ...errors } },
    },
    async (request, reply) => {
      const actor = request.actor!
      if (actor.kind === 'wall') {
        setCookie(request, reply, WALL_COOKIE, request.cookies[WALL_COOKIE]!, WALL_COOKIE_S)
      }
      return meOf(db, actor)
    },
  )

  app.post(
    '/presence',
    {
      config: { action: 'session.use' },
      schema: {
        tags,
        summary:
          'Somebody sits there: what a page asks for by itself does not keep a session from its idle limit',
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      await sessions.use(request.cookies[SESSION_COOKIE]!)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/sign-out',
    {
      config: { action: 'session.use' },
      schema: { tags, summary: 'End this session', response: { 204: Type.Null(), ...errors } },
    },
    async (request, reply) => {
      await db.transaction(async (tx) => {
        await sessions.end(tx, request.cookies[SESSION_COOKIE]!)
        await recordAudit(tx, { ...askerOf(request), action: 'sign-out', subject: '', outcome: 'done' })
      })
      sessions.forgetToken(request.cookies[SESSION_COOKIE]!)
      clearCookie(reply, SESSION_COOKIE)
      return reply.code(204).send(null)
    },
  )

  app.put(
    '/password',
    {
      config: { action: 'session.use', isAttempt: true },
      schema: {
        tags,
        summary: 'Choose another password; all sessions of the asker end, and this browser gets a new one',
        body: PasswordChange,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const actor = request.actor!
      const { current, next } = request.body
      const { passwordHash } = (await findCredentials(db, actor.name))!
      if (passwordHash === null) throw new RequestError(409, 'This user signs in without a password.')
      try {
        // Counted as tries to sign in are: a session that was taken over guesses no faster
        await checkPassword(db, { name: actor.name, password: current, address: request.ip })
      } catch (error) {
        if (!(error instanceof RequestError)) throw error
        await recordRefusal(db, request, { action: 'password.change', subject: `user ${actor.name}` })
        if (!(error instanceof SignInDelayed))
          throw badField('current', 'is not the password', 'Type the password that you signed in with.')
        reply.header('retry-after', String(error.seconds))
        throw error
      }
      refuseWeakPassword(next, actor.name, 'next')
      if (next === current) throw badField('next', 'is the one before', 'Choose another one.')
      const fresh = await hashPassword(next)
      const token = await db.transaction(async (tx) => {
        await setPassword(tx, actor.id, fresh, false)
        await endSessions(tx, actor.id)
        const begun = await sessions.begin(tx, actor.id, request.ip, request.headers['user-agent'] ?? '')
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'password.change',
          subject: `user ${actor.name}`,
          outcome: 'done',
        })
        return begun.token
      })
      sessions.forget(actor.id)
      setCookie(request, reply, SESSION_COOKIE, token)
      return reply.code(204).send(null)
    },
  )
}

async function meOf(db: Database, actor: Actor): Promise<Me> {
  const { kind, name, displayName, role, scope, departmentCode, mustChangePassword } = actor
  const actions = ACTIONS.filter((action) => mayDo(role, action))
  // A wall may have the name of somebody who has one
  const credentials = kind === 'user' ? await findCredentials(db, name) : null
  const hasPassword = (credentials?.passwordHash ?? null) !== null
  return {
    name,
    displayName,
    role,
    scope: [...scope],
    departmentCode,
    actions,
    mustChangePassword,
    hasPassword,
  }
}
