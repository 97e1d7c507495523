import type { InjectOptions } from 'fastify'
import type { Role } from '../domain/access/role.ts'
import type { Scope } from '../domain/scope.ts'
import { SESSION_COOKIE } from './access/cookie.ts'
import { deleteSession, insertSession } from './access/sessions/queries.ts'
import { hashOfToken } from './access/token.ts'
import { findCredentials, insertUser } from './access/users/queries.ts'
import { type AppParts, buildApp } from './app.ts'
import type { Database } from './database/database.ts'

export interface TestUser {
  role: Role
  scope?: Scope
  departmentCode?: string | null
}

const ADMINISTRATOR: TestUser = { role: 'administrator' }

/** For tests: makes a user of this role and scope, signed in; answers what the browser would send as its cookie. */
export async function signIn(db: Database, user: TestUser = ADMINISTRATOR): Promise<string> {
  const { role, scope = [''], departmentCode = null } = user
  const name = `test ${role} ${scope.join(' ')} ${departmentCode ?? ''}`.trim().replaceAll(' ', '-')
  const wanted = { name, displayName: name, role, scope: [...scope], departmentCode, passwordHash: null }
  const userId = (await insertUser(db, wanted)) ?? (await findCredentials(db, name))!.id
  const token = `token of ${name}`.replaceAll(' ', '-')
  // Again for the same user of the same database: one session will do
  await deleteSession(db, hashOfToken(token))
  await insertSession(db, { tokenHash: hashOfToken(token), userId, address: '127.0.0.1', agent: 'test' })
  return `${SESSION_COOKIE}=${token}`
}

/** For tests: the app, with an administrator signed in who sends whatever is injected without a cookie. */
export async function buildTestApp(parts: AppParts): ReturnType<typeof buildApp> {
  const app = await buildApp(parts)
  const cookie = await signIn(parts.db)
  const inject = app.inject.bind(app)
  const signedIn = (asked: InjectOptions | string) => {
    const options = typeof asked === 'string' ? { url: asked } : asked
    return inject({ ...options, headers: { cookie, ...options.headers } })
  }
  return Object.assign(app, { inject: signedIn as typeof app.inject })
}
