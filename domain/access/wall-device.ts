import Type from 'typebox'
import { nullable } from '../nullable.ts'

const time = Type.String({ format: 'date-time' })

/** What a screen shows until somebody types it in. */
export const Pairing = Type.Object({
  state: Type.Enum(['waiting', 'paired', 'expired']),
  /** six letters and digits; null: there is none to show */
  code: nullable(Type.String()),
  expiresAt: nullable(time),
})
export type Pairing = Type.Static<typeof Pairing>

/** Letters of the name of a screen, and of a code as somebody types it. */
export const SCREEN_NAME_LETTERS = 100
export const CODE_LETTERS = 20

/** A screen that was paired. */
export const WallDevice = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  scope: Type.Array(Type.String()),
  /** what it shows; null: the ready-made scenes */
  wallId: nullable(Type.Integer()),
  pairedAt: time,
  pairedBy: Type.String(),
  /** null: it has not asked for anything yet */
  lastSeenAt: nullable(time),
  lastAddress: nullable(Type.String()),
  revokedAt: nullable(time),
})
export type WallDevice = Type.Static<typeof WallDevice>

/** left out or null: the ready-made scenes */
const wallId = nullable(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }))

export const NewWallDevice = Type.Object(
  {
    /** as the screen shows it; blanks, hyphens and case do not matter */
    code: Type.String({ minLength: 6, maxLength: CODE_LETTERS }),
    name: Type.String({ minLength: 1, maxLength: SCREEN_NAME_LETTERS }),
    scope: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 200 }),
    wallId: Type.Optional(wallId),
  },
  { additionalProperties: false },
)
export type NewWallDevice = Type.Static<typeof NewWallDevice>

export const WallDeviceChange = Type.Object({ wallId }, { additionalProperties: false })
export type WallDeviceChange = Type.Static<typeof WallDeviceChange>
