import Type from 'typebox'
import { LANGUAGES } from '../district.ts'
import { AlarmRule } from './alarm.ts'
import { Scene } from './scene.ts'
import { MOST_SCENES, Programme, When } from './schedule.ts'

export const MOST_PROGRAMMES = 50
export const MOST_RULES = 50
/** Letters of the name of a wall. */
export const NAME_LETTERS = 100
/** Share of the width or the height that stays free at a side. */
export const WIDEST_SAFE_SIDE = 0.2
export const DARKEST_NIGHT = 0.2
/** Machines across, and machines down. */
export const MOST_MACHINES = 8

const share = Type.Number({ minimum: 0, maximum: WIDEST_SAFE_SIDE })
const machines = Type.Integer({ minimum: 1, maximum: MOST_MACHINES })

/** What a wall shows and when: everything that its editor changes. */
export const WallContent = Type.Object(
  {
    language: Type.Enum(LANGUAGES),
    theme: Type.Enum(['dark', 'light']),
    scenes: Type.Array(Scene, { minItems: 1, maxItems: MOST_SCENES }),
    /** the first one that holds is shown; when none does, or there is none: every scene in its order */
    programmes: Type.Array(Programme, { maxItems: MOST_PROGRAMMES }),
    alarms: Type.Array(AlarmRule, { maxItems: MOST_RULES }),
    /** shares of the width and the height that stay free of anything that matters: bezels, frames */
    safeArea: Type.Object(
      { left: share, top: share, right: share, bottom: share },
      { additionalProperties: false },
    ),
    /** when the picture is dimmed, and to which share of its light; absent: never */
    night: Type.Optional(
      Type.Object(
        { when: When, brightness: Type.Number({ minimum: DARKEST_NIGHT, maximum: 1 }) },
        { additionalProperties: false },
      ),
    ),
    /** how many machines show it side by side; each is told its place by `?part=` of its address */
    split: Type.Optional(Type.Object({ columns: machines, rows: machines }, { additionalProperties: false })),
  },
  { additionalProperties: false },
)
export type WallContent = Type.Static<typeof WallContent>

const name = Type.String({ minLength: 1, maxLength: NAME_LETTERS })

/** The version in force; its ETag is the version. */
export const Wall = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  version: Type.Integer(),
  changedAt: Type.String({ format: 'date-time' }),
  changedBy: Type.String(),
  content: WallContent,
})
export type Wall = Type.Static<typeof Wall>

export const WallSummary = Type.Omit(Wall, ['content'])
export type WallSummary = Type.Static<typeof WallSummary>

/** `content` absent: the ready-made scenes. */
export const NewWall = Type.Object(
  { name, content: Type.Optional(WallContent) },
  { additionalProperties: false },
)
export type NewWall = Type.Static<typeof NewWall>

export const WallChange = Type.Object({ name, content: WallContent }, { additionalProperties: false })
export type WallChange = Type.Static<typeof WallChange>

/** Of the versions of a wall; the newest one is in force. */
export const WallVersion = Type.Object({
  version: Type.Integer(),
  changedAt: Type.String({ format: 'date-time' }),
  changedBy: Type.String(),
})
export type WallVersion = Type.Static<typeof WallVersion>

/** Shown by a screen for which no wall was chosen; it holds the ready-made scenes and cannot be changed. */
export const READY_MADE_WALL_ID = 0
