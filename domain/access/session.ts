import Type from 'typebox'
import { LANGUAGES } from '../district.ts'
import { nullable } from '../nullable.ts'
import { ACTIONS } from './action.ts'
import { ACTOR_ROLES } from './role.ts'

export const SignIn = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
)

/** Who asks, and what the screens may offer. */
export const Me = Type.Object({
  name: Type.String(),
  displayName: Type.String(),
  role: Type.Enum(ACTOR_ROLES),
  /** codes of areas; an empty one is everything */
  scope: Type.Array(Type.String()),
  departmentCode: nullable(Type.String()),
  actions: Type.Array(Type.Enum(ACTIONS)),
  /** a password of one's own must be chosen before anything else */
  mustChangePassword: Type.Boolean(),
  /** whether there is one to change: people of the demo district and of the organisation's sign-in have none */
  hasPassword: Type.Boolean(),
})
export type Me = Type.Static<typeof Me>

/** What the sign-in page offers. */
export const SignInOptions = Type.Object({
  /** what the district speaks */
  language: Type.Enum(LANGUAGES),
  /** people of the demo district who are signed in with one click; only on this very machine */
  demoUsers: Type.Array(
    Type.Object({ name: Type.String(), displayName: Type.String(), role: Type.Enum(ACTOR_ROLES) }),
  ),
  /** whether the organisation's own sign-in is set up */
  openId: Type.Boolean(),
})
export type SignInOptions = Type.Static<typeof SignInOptions>

export const PasswordChange = Type.Object(
  {
    current: Type.String({ minLength: 1, maxLength: 1000 }),
    next: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
)
