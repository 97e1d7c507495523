import Type from 'typebox'

/** The weather as the configured address tells it; what else its document holds is left out. */
export const Weather = Type.Object({
  temperatureC: Type.Number({ minimum: -100, maximum: 100 }),
  /** a word or two, in the district's language: 多云 */
  text: Type.String({ minLength: 1, maxLength: 100 }),
  textEn: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** a sign for it, one or two characters */
  icon: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  /** when it was so */
  at: Type.String({ format: 'date-time' }),
})
export type Weather = Type.Static<typeof Weather>
