import Type from 'typebox'
import { nullable } from '../nullable.ts'
import { Role } from './role.ts'

const name = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\s\\p{C}]+$' })
const displayName = Type.String({ minLength: 1, maxLength: 100 })
const scope = Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 200 })

/** Somebody who may sign in. */
export const User = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  displayName: Type.String(),
  role: Role,
  scope: Type.Array(Type.String()),
  departmentCode: nullable(Type.String()),
  isDisabled: Type.Boolean(),
  /** signs in by the organisation's own sign-in, without a password here */
  isOpenId: Type.Boolean(),
  lastSeenAt: nullable(Type.String({ format: 'date-time' })),
  sessions: Type.Integer({ minimum: 0 }),
  /** as `"3"` in If-Match: a change names the version that it changes */
  version: Type.Integer({ minimum: 1 }),
})
export type User = Type.Static<typeof User>

export const UserPage = Type.Object({
  items: Type.Array(User),
  /** the `cursor` of the next page; null: this is the last */
  next: nullable(Type.String()),
})
export type UserPage = Type.Static<typeof UserPage>

export const UserPageQuery = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
})

export const NewUser = Type.Object(
  { name, displayName, role: Role, scope, departmentCode: Type.Optional(nullable(Type.String())) },
  { additionalProperties: false },
)
export type NewUser = Type.Static<typeof NewUser>

export const UserChange = Type.Partial(
  Type.Object({
    displayName,
    role: Role,
    scope,
    departmentCode: nullable(Type.String()),
    isDisabled: Type.Boolean(),
  }),
  { additionalProperties: false },
)
export type UserChange = Type.Static<typeof UserChange>

/** Shown once: it must be changed at the first sign-in. */
export const OneTimePassword = Type.Object({ user: User, oneTimePassword: Type.String() })
export type OneTimePassword = Type.Static<typeof OneTimePassword>
