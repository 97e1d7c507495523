import type { FastifyReply, FastifyRequest } from 'fastify'
import { recordAudit } from '../../audit/record.ts'
import type { Database } from '../../database/database.ts'
import type { Actor } from '../actor.ts'
import { askerOf } from '../audited.ts'
import { SESSION_COOKIE, setCookie } from '../cookie.ts'
import type { SessionStore } from './session-store.ts'

/** Another session than before, so that nobody can have planted it; `how` is for the audit. */
export async function beginSession(
  { db, sessions }: { db: Database; sessions: SessionStore },
  request: FastifyRequest,
  reply: FastifyReply,
  userId: number,
  how: string,
): Promise<Actor> {
  const former = request.cookies[SESSION_COOKIE]
  const { token, actor } = await db.transaction(async (tx) => {
    if (former) await sessions.end(tx, former)
    const begun = await sessions.begin(tx, userId, request.ip, request.headers['user-agent'] ?? '')
    request.actor = begun.actor
    await recordAudit(tx, { ...askerOf(request), action: 'sign-in', subject: how, outcome: 'done' })
    return begun
  })
  if (former) sessions.forgetToken(former)
  setCookie(request, reply, SESSION_COOKIE, token)
  return actor
}
