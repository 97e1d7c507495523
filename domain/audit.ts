import Type from 'typebox'
import type { Action } from './access/action.ts'
import { ACTOR_ROLES } from './access/role.ts'
import { nullable } from './nullable.ts'

/** Somebody signed in, a wall, the program itself (or who runs it), or nobody known. */
export const AUDIT_ACTOR_KINDS = ['user', 'wall', 'system', 'nobody'] as const
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number]

export const AUDIT_OUTCOMES = ['done', 'refused'] as const
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number]

/** What the audit tells of, by what it is about. */
export const AUDIT_ACTIONS = {
  contacts: ['contact.unmask', 'contact.purge', 'contact.reseal'],
  signingIn: ['sign-in', 'sign-out', 'password.change', 'cross-site'],
  users: ['user.create', 'user.change', 'user.password', 'user.sign-out'],
  walls: [
    'wall.pair',
    'wall.enter',
    'wall.revoke',
    'wall.choose',
    'wall.create',
    'wall.change',
    'wall.delete',
    'wall.steer',
    'alarm.acknowledge',
  ],
  cases: ['incident.report', 'incident.advance'],
  data: [
    'import.begin',
    'import.end',
    'import.cancel',
    'import.undo',
    'import.remember',
    'import.export',
    'upload.send',
    'upload.inspect',
    'upload.remove',
    'database.seed',
    'database.reset',
    'database.move',
  ],
  audit: ['audit.export', 'audit.purge'],
} as const

/** One of these, or, where the table of rights refused it, the right. */
export type AuditAction = (typeof AUDIT_ACTIONS)[keyof typeof AUDIT_ACTIONS][number] | Action

/** One thing that was done, or refused. */
export const AuditItem = Type.Object({
  /** of the chain, in UTC: `YYYY-MM-DD` */
  day: Type.String({ format: 'date' }),
  /** counted within the day, from 1 */
  seq: Type.Integer({ minimum: 1 }),
  at: Type.String({ format: 'date-time' }),
  actorKind: Type.Enum(AUDIT_ACTOR_KINDS),
  actorName: Type.String(),
  actorRole: nullable(Type.Enum(ACTOR_ROLES)),
  /** where it came from: an address, or the name of the machine; null: the server itself */
  address: nullable(Type.String()),
  /** one of AUDIT_ACTIONS, a right, or what an older version called it */
  action: Type.String(),
  /** what it was done to: `incident 12` */
  subject: Type.String(),
  outcome: Type.Enum(AUDIT_OUTCOMES),
  /** null: nothing */
  before: Type.Unknown(),
  after: Type.Unknown(),
  /** SHA-256 over the row and the one before it, in hexadecimal figures */
  hash: Type.String(),
})
export type AuditItem = Type.Static<typeof AuditItem>

export const AuditPage = Type.Object({
  /** the newest first */
  items: Type.Array(AuditItem),
  /** the `cursor` of the next page; null: this is the last */
  next: nullable(Type.String()),
})
export type AuditPage = Type.Static<typeof AuditPage>

const time = Type.String({ format: 'date-time' })

/** Rows from `from` on and before `to`. */
export const AuditFilter = Type.Object({
  from: Type.Optional(time),
  to: Type.Optional(time),
  /** the name of the user, the wall or the part of the program */
  who: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  action: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** `incident 12`, only the kind of thing: `incident`, or how the address begins that was refused: `/api/users` */
  subject: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  outcome: Type.Optional(Type.Enum(AUDIT_OUTCOMES)),
})
export type AuditFilter = Type.Static<typeof AuditFilter>

export const AuditQuery = Type.Object({
  ...AuditFilter.properties,
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}\\.[0-9]{1,9}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
})
