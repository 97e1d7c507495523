import Type from 'typebox'
import { type Day, dayOf } from '../domain/local-day.ts'

/** The part of a query that asks for a day, YYYY-MM-DD. */
export const AsOf = Type.Object({ asOf: Type.Optional(Type.String({ format: 'date' })) })

/** The day that `asOf` names; without one today in `timeZone`. */
export function dayAsked({ asOf }: Type.Static<typeof AsOf>, timeZone: string): Day {
  return asOf ?? dayOf(Date.now() / 1000, timeZone)
}
