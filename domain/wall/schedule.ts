import Type from 'typebox'

/** Of a wall, and so of a programme. */
export const MOST_SCENES = 50

const timeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
const day = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })

/** When something holds, by the district's clock. What is left out does not narrow it. */
export const When = Type.Object(
  {
    /** 1 Monday to 7 Sunday */
    weekdays: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
    ),
    /** `to` earlier than `from` passes midnight: the hours after it belong to the day it began on */
    from: Type.Optional(timeOfDay),
    to: Type.Optional(timeOfDay),
    /** the first and the last day, both included */
    firstDay: Type.Optional(day),
    lastDay: Type.Optional(day),
  },
  { additionalProperties: false },
)
export type When = Type.Static<typeof When>

/** While `when` holds, these scenes are shown, in this order. */
export const Programme = Type.Object(
  {
    when: When,
    scenes: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: MOST_SCENES }),
  },
  { additionalProperties: false },
)
export type Programme = Type.Static<typeof Programme>
