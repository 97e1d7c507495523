import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Role } from '../../../domain/access/role.ts'
import { NewUser, OneTimePassword, User, UserChange } from '../../../domain/access/user.ts'
import { Problem } from '../../../domain/problem.ts'
import { recordAudit } from '../../audit/record.ts'
import { badField, notFound, RequestError } from '../../errors.ts'
import { askerOf } from '../audited.ts'
import { refuseUnknownAreas } from '../known-scope.ts'
import { hashPassword, oneTimePassword } from '../password.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import {
  endSessions,
  findUser,
  hasOtherAdministrator,
  insertUser,
  isDepartment,
  listUsers,
  setPassword,
  updateUser,
} from './queries.ts'

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

  const found = async (id: number) => {
    const user = await findUser(db, id)
    if (!user) throw notFound('user with the number', String(id))
    return user
  }
  /** @throws RequestError naming the field that does not go with the role, or names what is not here */
  async function refuseMisfit(user: { role: Role; scope: readonly string[]; departmentCode: string | null }) {
    const { role, scope, departmentCode } = user
    await refuseUnknownAreas(db, scope)
    if (role === 'administrator' && !(scope.length === 1 && scope[0] === '')) {
      throw badField('scope', 'is not everything', 'An administrator sees the whole: state one empty code.')
    }
    if ((role === 'department-handler') !== (departmentCode !== null)) {
      throw badField(
        'departmentCode',
        role === 'department-handler' ? 'is missing' : `does not go with the role ${role}`,
        'A handler has a department, nobody else does.',
      )
    }
    if (departmentCode !== null && !(await isDepartment(db, departmentCode))) {
      throw badField('departmentCode', `${departmentCode} is no department here`, 'See /api/departments.')
    }
  }

  app.get(
    '/',
    {
      config,
      schema: { tags, summary: 'Everybody who may sign in', response: { 200: Type.Array(User), ...errors } },
    },
    () => listUsers(db),
  )

  app.post(
    '/',
    {
      config,
      schema: {
        tags,
        summary: 'Let somebody sign in; the password is shown this once and must be changed',
        body: NewUser,
        response: { 201: OneTimePassword, ...errors },
      },
    },
    async (request, reply) => {
      const wanted = { ...request.body, departmentCode: request.body.departmentCode ?? null }
      await refuseMisfit(wanted)
      const password = oneTimePassword()
      const passwordHash = await hashPassword(password)
      const user = await db.transaction(async (tx) => {
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
        return made
      })
      reply.code(201).header('location', `/api/users/${user.id}`)
      return { user, oneTimePassword: password }
    },
  )

  app.patch(
    '/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change role, scope, department or name of a user, or shut the user out',
        params,
        body: UserChange,
        response: { 200: User, ...errors },
      },
    },
    async (request) => {
      const { id } = request.params
      const before = await found(id)
      const change = request.body
      const wanted = { ...before, ...change }
      await refuseMisfit(wanted)
      const after = await db.transaction(async (tx) => {
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
      const user = await found(request.params.id)
      const password = oneTimePassword()
      const passwordHash = await hashPassword(password)
      await db.transaction(async (tx) => {
        await setPassword(tx, user.id, passwordHash, true)
        await endSessions(tx, user.id)
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'user.password',
          subject: `user ${user.name}`,
          outcome: 'done',
        })
      })
      sessions.forget(user.id)
      return { user: await found(user.id), oneTimePassword: password }
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

const audited = ({ displayName, role, scope, departmentCode, isDisabled }: User) => ({
  displayName,
  role,
  scope,
  departmentCode,
  isDisabled,
})
