import Type from 'typebox'
import { Level } from '../incident.ts'
import { nullable } from '../nullable.ts'
import { MOST_CODES, TITLE_LETTERS } from './panel.ts'

/** How many cases, within how many minutes, and for how many seconds a rule can alarm. */
export const RULE_CASES = { least: 1, most: 1000 } as const
export const RULE_MINUTES = { least: 1, most: 1440 } as const
export const RULE_SECONDS = { least: 5, most: 600 } as const

const codes = Type.Array(Type.String({ maxLength: 200 }), { maxItems: MOST_CODES })
const minutes = Type.Integer({ minimum: RULE_MINUTES.least, maximum: RULE_MINUTES.most })

/**
 * When a wall is to be alarmed. `count`: so many cases of one grid were reported within so many minutes (1: every
 * case). `due`: a case is still open so many minutes before its deadline.
 */
export const AlarmRule = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9-]+$' }),
    title: Type.String({ minLength: 1, maxLength: TITLE_LETTERS }),
    when: Type.Union([
      Type.Object(
        {
          kind: Type.Literal('count'),
          count: Type.Integer({ minimum: RULE_CASES.least, maximum: RULE_CASES.most }),
          withinMinutes: minutes,
        },
        { additionalProperties: false },
      ),
      Type.Object({ kind: Type.Literal('due'), withinMinutes: minutes }, { additionalProperties: false }),
    ]),
    category: Type.Optional(codes),
    level: Type.Optional(Type.Array(Level, { maxItems: 4 })),
    /** brought to the front; absent: the scene that stands */
    scene: Type.Optional(Type.String({ maxLength: 40 })),
    seconds: Type.Integer({ minimum: RULE_SECONDS.least, maximum: RULE_SECONDS.most }),
    sound: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type AlarmRule = Type.Static<typeof AlarmRule>

const ALARM_SOURCES = ['rule', 'cap'] as const

/** An alarm that was raised; one that somebody acknowledged, or whose time is over, is shown no more. */
export const Alarm = Type.Object({
  id: Type.Integer(),
  source: Type.Enum(ALARM_SOURCES),
  /** of the wall whose rule raised it; null: every wall that may see the area */
  wallId: nullable(Type.Integer()),
  ruleId: nullable(Type.String()),
  raisedAt: Type.String({ format: 'date-time' }),
  /** shown until then at the latest */
  expiresAt: Type.String({ format: 'date-time' }),
  title: Type.String(),
  text: Type.String(),
  level: Level,
  /** code of the grid or area it is about; '': nowhere in particular */
  placeCode: Type.String(),
  /** its name, which who sees a part of the district alone could not look up; '': it has none */
  placeName: Type.String(),
  lng: nullable(Type.Number()),
  lat: nullable(Type.Number()),
  incidentIds: Type.Array(Type.Integer()),
  /** all of its area is the asker's, who may acknowledge it where the role may */
  isWhollyOwn: Type.Boolean(),
  acknowledgedAt: nullable(Type.String({ format: 'date-time' })),
  acknowledgedBy: nullable(Type.String()),
})
export type Alarm = Type.Static<typeof Alarm>
