import type { FastifyRequest } from 'fastify'
import type { Asker } from '../audit/askers.ts'
import type { AuditActor } from '../audit/record.ts'

const NOBODY: AuditActor = { kind: 'nobody', id: null, name: '', role: null }

/** Who asks and from where, as the audit writes it down. */
export function askerOf({ actor, ip }: FastifyRequest): Asker {
  if (!actor) return { actor: NOBODY, address: ip }
  const { kind, id, name, role } = actor
  return { actor: { kind, id, name, role }, address: ip }
}
