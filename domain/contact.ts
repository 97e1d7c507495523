import Type from 'typebox'

/** Whom to call about a case; a number has seven digits or more, so that four of them tell little. */
export const Contact = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    phone: Type.String({ maxLength: 40, pattern: '^\\+?[0-9](?:[ ()./-]*[0-9]){6,19}$' }),
  },
  { additionalProperties: false },
)
export type Contact = Type.Static<typeof Contact>

/** A contact as an answer of a case shows it. */
export const MaskedContact = Type.Object({ phoneLastFour: Type.String() })
export type MaskedContact = Type.Static<typeof MaskedContact>

/** Why somebody has to see a contact whole: five characters or more, blanks around them apart. */
export const Unmasking = Type.Object(
  { reason: Type.String({ maxLength: 500, pattern: '\\S[\\s\\S]{3,}\\S' }) },
  { additionalProperties: false },
)

export function lastFourDigits(phone: string): string {
  return phone.replace(/\D/g, '').slice(-4)
}
