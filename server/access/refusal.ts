import type { FastifyRequest } from 'fastify'
import type { AuditAction } from '../../domain/audit.ts'
import { recordAudit } from '../audit/record.ts'
import type { Database } from '../database/database.ts'
import { askerOf } from './audited.ts'

/** Writes down that something was refused, in a transaction of its own: of what was refused nothing is written. */
export function recordRefusal(
  db: Database,
  request: FastifyRequest,
  { action, subject, after }: { action: AuditAction; subject: string; after?: unknown },
): Promise<void> {
  return db.transaction((tx) =>
    recordAudit(tx, { ...askerOf(request), action, subject, outcome: 'refused', after }),
  )
}

/** A request as the subject of a refusal, without what stands behind the question mark. */
export const requestOf = ({ method, url }: FastifyRequest): string => `${method} ${url.split('?')[0]}`
