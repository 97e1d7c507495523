import type { FastifyRequest } from 'fastify'
import type { AuditActor, AuditEntry } from '../audit/record.ts'

const NOBODY: AuditActor = { kind: 'nobody', id: null, name: '', role: null }

/** Who asks and from where, as the audit writes it down. */
export function askerOf({ actor, ip }: FastifyRequest): Pick<AuditEntry, 'actor' | 'address'> {
  if (!actor) return { actor: NOBODY, address: ip }
  const { kind, id, name, role } = actor
  return { actor: { kind, id, name, role }, address: ip }
}
