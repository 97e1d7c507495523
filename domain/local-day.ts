/** A day of the calendar as `YYYY-MM-DD`. */
export type Day = string

const formats = new Map<string, Intl.DateTimeFormat>()

function wallClock(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** What a clock in `timeZone` shows at `seconds` after 1970, as if it were seconds after 1970 in UTC. */
export function wallSeconds(seconds: number, timeZone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of wallClock(timeZone).formatToParts(seconds * 1000)) part[type] = Number(value)
  const { year, month, day, hour, minute, second } = part
  return Date.UTC(year!, month! - 1, day!, hour, minute, second) / 1000
}

export function dayOf(seconds: number, timeZone: string): Day {
  return isoDay(wallSeconds(seconds, timeZone))
}

/** The day `days` after `day`, before it when negative. */
export function addDays(day: Day, days: number): Day {
  return isoDay(utcMidnight(day) + days * 86_400)
}

/**
 * First second of `day` in `timeZone`, also where the clock is put forward over midnight or back to it.
 * Seconds after 1970-01-01T00:00:00Z.
 */
export function startOfDay(day: Day, timeZone: string): number {
  const midnight = utcMidnight(day)
  const offsetAt = (seconds: number) => wallSeconds(seconds, timeZone) - seconds
  const candidates = [midnight - 86_400, midnight + 86_400].map((near) => midnight - offsetAt(near))
  const real = candidates.filter((seconds) => wallSeconds(seconds, timeZone) === midnight)
  return real.length > 0 ? Math.min(...real) : Math.max(...candidates)
}

const utcMidnight = (day: Day) => Date.parse(`${day}T00:00:00Z`) / 1000
const isoDay = (utcSeconds: number): Day => new Date(utcSeconds * 1000).toISOString().slice(0, 10)
