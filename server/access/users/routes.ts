import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import {
  NewUser,
  OneTimePassword,
  User,
  UserChange,
  UserPage,
  UserPageQuery,
} from '../../../domain/access/user.ts'
import { Problem } from '../../../domain/problem.ts'
import { recordAudit } from '../../audit/record.ts'
import { IdempotencyKey, makeOnce } from '../../creation-key.ts'
import type { Transaction } from '../../database/database.ts'
import { notFound, RequestError } from '../../errors.ts'
import { IfMatch, refuseStale, statedVersion, tagOf } from '../../if-match.ts'
import { askerOf } from '../audited.ts'
import { hashPassword, oneTimePassword } from '../password.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { refuseMisfit } from './misfit.ts'
import {
  endSessions,
  findUser,
  hasOtherAdministrator,
  insertUser,
  listUsers,
  lockUser,
  lockUsers,
  mustChangePassword,
  setPassword,
  updateUser,
} from './queries.ts'

const USUAL_LIMIT = 100

export interface UserRouteParts {
  sessions: SessionStore
}

/** People who may sign in, for administrators. Users are never deleted: the audit names them. */
export const userRoutes: FastifyPluginAsyncTypebox<UserRouteParts> = async (app, { sessions }) => {
  const { db } = app
  const tags = ['access']
  const errors = { '4xx': Problem, '5xx': Problem }
  const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })
  const config = { action: 'user.manage' } as const

  const orNotFound = (user: User | null, id: number): User => {
    if (!user) throw notFound('user with the number', String(id))
    return user
  }
  const found = async (id: number) => orNotFound(await findUser(db, id), id)

  app.get(
    '/',
    {
      config,
      schema: {
        tags,
        summary: 'Everybody who may sign in, page by page',
        querystring: UserPageQuery,
        response: { 200: UserPage, ...errors },
      },
    },
    async ({ query: { cursor = '0', limit = USUAL_LIMIT } }) => {
      const users = await listUsers(db, Number(cursor), limit + 1)
      const items = users.slice(0, limit)
      return { items, next: users.length > limit ? String(items.at(-1)!.id) : null }
    },
  )

  app.get(
    '/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Somebody who may sign in; its tag is what If-Match of a change names',
        params,
        response: { 200: User, ...errors },
      },
    },
    async ({ params: { id } }, reply) => {
      const user = await found(id)
      reply.header('etag', tagOf(user))
      return user
    },
  )

  app.post(
    '/',
    {
      config,
      schema: {
        tags,
        summary:
          'Let somebody sign in; the password is shown this once and must be changed. A repeated Idempotency-Key ' +
          'answers the same user, with a new password while none was chosen',
        headers: Type.Object({ 'idempotency-key': IdempotencyKey }),
        body: NewUser,
        response: { 201: OneTimePassword, ...errors },
      },
    },
    async (request, reply) => {
      const wanted = { ...request.body, departmentCode: request.body.departmentCode ?? null }
      await refuseMisfit(db, wanted)
      const password = oneTimePassword()
      const passwordHash = await hashPassword(password)
      const key = `user ${request.actor!.id} ${request.headers['idempotency-key']}`
      const make = async (tx: Transaction) => {
        const id = await insertUser(tx, { ...wanted, passwordHash })
        if (id === null)
          throw new RequestError(409, `Somebody is called ${wanted.name} already: choose another name.`)
        const made = (await findUser(tx, id))!
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'user.create',
          subject: `user ${made.name}`,
          outcome: 'done',
          after: wanted,
        })
        return { id, made }
      }
      // Whoever asks again did not see the first answer, and with it the password
      const again = async (tx: Transaction, id: number) => {
        const user = (await lockUser(tx, id))!
        if (!(await mustChangePassword(tx, id))) {
          throw new RequestError(409, `${user.name} was let in by this and has chosen a password since.`)
        }
        await renewPassword(tx, request, user, passwordHash)
        return user
      }
      const user = await db.transaction((tx) =>
        makeOnce(tx, {
          what: 'request',
          key,
          body: wanted,
          make: () => make(tx),
          again: (id) => again(tx, id),
        }),
      )
      reply.code(201).header('location', `/api/users/${user.id}`).header('etag', tagOf(user))
      return { user, oneTimePassword: password }
    },
  )

  app.patch(
    '/:id',
    {
      config,
      schema: {
        tags,
        summary:
          'Change role, scope, department or name of a user, or shut the user out; If-Match names the version',
        params,
        headers: IfMatch,
        body: UserChange,
        response: { 200: User, ...errors },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const stated = statedVersion(request.headers)
      const change = request.body
      const after = await db.transaction(async (tx) => {
        // Two administrators who demote each other at the same moment would leave none
        await lockUsers(tx)
        const before = orNotFound(await lockUser(tx, id), id)
        refuseStale(stated, before, reply)
        const wanted = { ...before, ...change }
        await refuseMisfit(tx, wanted, before)
        await updateUser(tx, id, change)
        const losesOne =
          before.role === 'administrator' && (wanted.role !== 'administrator' || wanted.isDisabled)
        if (losesOne && !(await hasOtherAdministrator(tx, id))) {
          throw new RequestError(409, 'This is the last administrator: name another one first.')
        }
        if (wanted.isDisabled) await endSessions(tx, id)
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'user.change',
          subject: `user ${before.name}`,
          outcome: 'done',
          before: audited(before),
          after: audited(wanted),
        })
        return (await findUser(tx, id))!
      })
      sessions.forget(id)
      reply.header('etag', tagOf(after))
      return after
    },
  )

  app.post(
    '/:id/password',
    {
      config,
      schema: {
        tags,
        summary: 'Give a user a new password for one use; all sessions of the user end',
        params,
        response: { 200: OneTimePassword, ...errors },
      },
    },
    async (request) => {
      const { id } = request.params
      const password = oneTimePassword()
      const passwordHash = await hashPassword(password)
      await db.transaction(async (tx) => {
        const user = orNotFound(await lockUser(tx, id), id)
        if (user.isOpenId) {
          throw new RequestError(409, `${user.name} signs in at the organisation and has no password here.`)
        }
        await renewPassword(tx, request, user, passwordHash)
      })
      sessions.forget(id)
      return { user: await found(id), oneTimePassword: password }
    },
  )

  app.delete(
    '/:id/sessions',
    {
      config,
      schema: {
        tags,
        summary: 'End all sessions of a user',
        params,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const user = await found(request.params.id)
      await db.transaction(async (tx) => {
        await endSessions(tx, user.id)
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'user.sign-out',
          subject: `user ${user.name}`,
          outcome: 'done',
        })
      })
      sessions.forget(user.id)
      return reply.code(204).send(null)
    },
  )
}

/** For one use; all sessions of the user end. */
async function renewPassword(tx: Transaction, request: FastifyRequest, user: User, passwordHash: string) {
  await setPassword(tx, user.id, passwordHash, true)
  await endSessions(tx, user.id)
  await recordAudit(tx, {
    ...askerOf(request),
    action: 'user.password',
    subject: `user ${user.name}`,
    outcome: 'done',
  })
}

const audited = ({ displayName, role, scope, departmentCode, isDisabled }: User) => ({
  displayName,
  role,
  scope,
  departmentCode,
  isDisabled,
})
