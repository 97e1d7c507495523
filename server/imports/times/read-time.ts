import type { RejectReason } from '../../../domain/import-reasons.ts'
import type { ClockTime, ZonedClock } from './zoned-time.ts'

/** Reads the times of one column; an instant in milliseconds since 1970-01-01T00:00Z, or what is wrong. */
export type TimeReader = (text: string) => number | RejectReason

const CLOCK = String.raw`(?:[T\s]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)?\s*([AaPp]\.?[Mm]\.?)?)?`
const ZONE = String.raw`\s*(Z|[+-]\d{2}(?::?\d{2})?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${CLOCK}${ZONE}$`, 'i')
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${CLOCK}$`)
const DIGITS = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/
const CHINESE =
  /^(\d{4})年(\d{1,2})月(\d{1,2})日\s*(上午|下午)?\s*(?:(\d{1,2})(?:[:：时点](\d{1,2})(?:[:：分](\d{1,2})秒?|分)?|[时点]))?$/

/**
 * Reads ISO 8601 and its relatives (`2024/5/31 8:30`, `20240531083000`), Chinese dates and American ones with
 * AM or PM. Text with an offset says its own instant; all other text is time on `clock`. `5/4/2024` without AM
 * or PM is ambiguous unless one of the two is beyond 12.
 */
export function timeReader(clock: ZonedClock): TimeReader {
  return (text) => {
    const iso = YEAR_FIRST.exec(text)
    if (iso) {
      const offset = iso[8] === undefined ? null : offsetMs(iso[8])
      return instantOf(clock, [iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]], iso[7], offset)
    }
    const american = YEAR_LAST.exec(text)
    if (american) return readYearLast(clock, american)
    const digits = DIGITS.exec(text)
    if (digits) return instantOf(clock, digits.slice(1))
    const chinese = CHINESE.exec(text)
    if (!chinese) return 'time-unreadable'
    const [, year, month, day, half, ...time] = chinese
    return instantOf(clock, [year, month, day, ...time], half && (half === '上午' ? 'AM' : 'PM'))
  }
}

function readYearLast(clock: ZonedClock, match: RegExpExecArray): number | RejectReason {
  const [, first, second, year, hour, minute, seconds, half] = match
  if (half || Number(second) > 12) return instantOf(clock, [year, first, second, hour, minute, seconds], half)
  if (Number(first) > 12) return instantOf(clock, [year, second, first, hour, minute, seconds])
  return 'time-ambiguous'
}

const TOKENS = {
  YYYY: ['year', String.raw`(\d{4})`],
  MM: ['month', String.raw`(\d{1,2})`],
  DD: ['day', String.raw`(\d{1,2})`],
  HH: ['hour', String.raw`(\d{1,2})`],
  hh: ['hour', String.raw`(\d{1,2})`],
  mm: ['minute', String.raw`(\d{1,2})`],
  ss: ['second', String.raw`(\d{1,2})`],
  A: ['half', String.raw`([AaPp]\.?[Mm]\.?)`],
} as const

/**
 * Reads times of a stated form made of YYYY MM DD HH hh mm ss A, such as `DD/MM/YYYY HH:mm`. Null when the form
 * lacks year, month or day.
 */
export function statedTimeReader(form: string, clock: ZonedClock): TimeReader | null {
  const names: string[] = []
  const pattern = form.replace(/YYYY|MM|DD|HH|hh|mm|ss|A|[\\^$.*+?()[\]{}|]/g, (part) => {
    const token = TOKENS[part as keyof typeof TOKENS]
    if (!token) return `\\${part}`
    names.push(token[0])
    return token[1]
  })
  if (!['year', 'month', 'day'].every((name) => names.includes(name))) return null
  const regExp = new RegExp(`^${pattern}$`)
  const order = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((name) => names.indexOf(name) + 1)
  const half = names.indexOf('half') + 1
  return (text) => {
    const match = regExp.exec(text)
    if (!match) return 'time-unreadable'
    const parts = order.map((at) => (at === 0 ? undefined : match[at]))
    return instantOf(clock, parts, half === 0 ? undefined : match[half])
  }
}

function instantOf(
  clock: ZonedClock,
  parts: readonly (string | undefined)[],
  half?: string,
  offset: number | null = null,
): number | RejectReason {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  )
  const time: ClockTime = { year, month, day, hour: half ? hour24(hour, half) : hour, minute, second }
  if (!isOnClock(time)) return 'time-unreadable'
  if (offset === null) return clock.instant(time)
  return Date.UTC(year, month - 1, day, time.hour, minute, second) - offset
}

const hour24 = (hour: number, half: string) =>
  hour < 1 || hour > 12 ? NaN : (hour % 12) + (/^p/i.test(half) ? 12 : 0)

function isOnClock({ year, month, day, hour, minute, second }: ClockTime): boolean {
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const onCalendar = year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth
  return onCalendar && hour >= 0 && hour < 24 && minute < 60 && second < 60
}

function offsetMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)!
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000
}
