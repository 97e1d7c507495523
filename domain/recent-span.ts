import { addDays, dayOf, startOfDay } from './local-day.ts'

/** Seconds after 1970; `from` included, `to` excluded. */
export interface Span {
  from: number
  to: number
}

/**
 * The seconds of a span that ends now. `today`, `7d` and `30d` are whole days of the district, today included, so that
 * a bar for each day is whole; `24h` ends with the running minute.
 */
export function recentSpan(preset: 'today' | '24h' | '7d' | '30d', now: number, timeZone: string): Span {
  switch (preset) {
    case 'today':
      return wholeDays(now, 1, timeZone)
    case '24h': {
      const to = Math.ceil((now + 1) / 60) * 60
      return { from: to - 86_400, to }
    }
    case '7d':
      return wholeDays(now, 7, timeZone)
    case '30d':
      return wholeDays(now, 30, timeZone)
  }
}

/** `days` days of which the last holds `seconds`. */
export function wholeDays(seconds: number, days: number, timeZone: string): Span {
  const last = dayOf(seconds, timeZone)
  return {
    from: startOfDay(addDays(last, 1 - days), timeZone),
    to: startOfDay(addDays(last, 1), timeZone),
  }
}

/** What the server holds in memory reaches back as far; to read older ones takes it seconds. */
const LONGEST_OPEN_DAYS = 395

/** From the day of the first case (ISO time; null: there is none) on, as far back as open cases are looked for. */
export function openSpan(now: number, firstCase: string | null, timeZone: string): Span {
  const { from, to } = wholeDays(now, LONGEST_OPEN_DAYS, timeZone)
  if (firstCase === null) return { from, to }
  const first = wholeDays(Math.floor(Date.parse(firstCase) / 1000), 1, timeZone).from
  return { from: first < to ? Math.max(first, from) : from, to }
}
