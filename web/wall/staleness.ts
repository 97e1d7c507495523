/** What a wall shows ages at different speeds: seconds after which it is no longer to be taken for the present. */
export const STALE_AFTER = { cases: 60, grids: 600, weather: 7200 } as const
export type Aging = keyof typeof STALE_AFTER

export interface Age {
  of: Aging
  /** null: it was never there */
  seconds: number | null
  isStale: boolean
}

/** Seconds of the oldest one; null: none was ever there. */
export function oldestOf(ages: readonly Age[]): number | null {
  const known = ages.flatMap(({ seconds }) => seconds ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

/** @param updatedAt milliseconds after 1970 by the clock of `now`; 0: never */
export function ageOf(of: Aging, updatedAt: number, now: number): Age {
  if (updatedAt === 0) return { of, seconds: null, isStale: false }
  const seconds = Math.max(0, Math.floor((now - updatedAt) / 1000))
  return { of, seconds, isStale: seconds > STALE_AFTER[of] }
}
