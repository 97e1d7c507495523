import { createHash } from 'node:crypto'
import type { ActorRole } from '../../domain/access/role.ts'
import type { AuditAction, AuditActorKind, AuditOutcome } from '../../domain/audit.ts'
import type { Transaction } from '../database/database.ts'
import { appendRow, lockHead } from './queries.ts'

/** Who did it: somebody signed in, a wall, the program itself, or nobody known. */
export interface AuditActor {
  kind: AuditActorKind
  id: number | null
  name: string
  role: ActorRole | null
}

export interface AuditEntry {
  actor: AuditActor
  /** null: no request */
  address: string | null
  action: AuditAction
  /** what it was done to: `user 12` */
  subject: string
  outcome: AuditOutcome
  before?: unknown
  after?: unknown
}

/** A row as it is stored and hashed. */
export interface AuditRow {
  day: string
  seq: number
  at: string
  actorKind: AuditActorKind
  actorId: number | null
  actorName: string
  actorRole: string | null
  address: string | null
  action: string
  subject: string
  outcome: AuditOutcome
  /** JSON text */
  before: string | null
  after: string | null
}

/**
 * Writes one row into the transaction of what it tells of. Call it last: others who write wait from here until the
 * transaction ends.
 */
export async function recordAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  const at = new Date().toISOString()
  const { actor } = entry
  const head = await lockHead(tx, at.slice(0, 10))
  const row: AuditRow = {
    day: head.day,
    seq: head.seq + 1,
    at,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: asKept(actor.name),
    actorRole: actor.role,
    address: entry.address,
    action: entry.action,
    subject: asKept(entry.subject.slice(0, LONGEST_SUBJECT)),
    outcome: entry.outcome,
    before: jsonOf(entry.before),
    after: jsonOf(entry.after),
  }
  await appendRow(tx, row, hashOf(row, head.hash))
}

const LONGEST_SUBJECT = 500

/** What the database would keep of a text that somebody sent: the hash is over that. */
const asKept = (text: string) => Buffer.from(text.replaceAll('\0', '')).toString()

const jsonOf = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))

/** SHA-256 over the hash before it and every field in order; JSON keeps fields from running into each other. */
export function hashOf(row: AuditRow, before: Uint8Array): Uint8Array {
  const { day, seq, at, actorKind, actorId, actorName, actorRole, address, action, subject, outcome } = row
  const fields = [day, seq, at, actorKind, actorId, actorName, actorRole, address, action, subject, outcome]
  return createHash('sha256')
    .update(before)
    .update(JSON.stringify([...fields, row.before, row.after]))
    .digest()
}
