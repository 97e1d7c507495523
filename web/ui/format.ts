import { createContext, useContext } from 'react'
import type { Language } from '../../domain/district.ts'

/** Numbers and times as the reader's language writes them, on the district's clock. Times: seconds after 1970. */
export interface Format {
  language: Language
  timeZone: string
  /** 12,345 */
  count(value: number): string
  /** where room is scarce: 1,234 1.2万 in Chinese, 1.2K 12K in English */
  short(value: number): string
  /** as many digits as tell it apart: 1,234 12.3 0.123 */
  measure(value: number): string
  /** a share between 0 and 1 */
  percent(share: number): string
  /** a share that stands under others: 97.0% above 96.4% */
  rate(share: number): string
  /** 2026-02-05 in every language: no reader takes the month for the day */
  date(seconds: number): string
  /** month and day */
  day(seconds: number): string
  month(seconds: number): string
  /** hours and minutes */
  hour(seconds: number): string
  clock(seconds: number): string
  /** 2026-02-05 14:30 */
  dateTime(seconds: number): string
  /** how long ago, in the largest unit that is full: 5 minutes ago */
  ago(seconds: number): string
  /** one beside the other */
  list(texts: readonly string[]): string
}

const AGO_UNITS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** Sweden writes dates as ISO 8601 does. */
const ISO_LOCALE = 'sv-SE'

export function makeFormat(language: Language, timeZone: string): Format {
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const measure = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const rate = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  const short = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumFractionDigits: 1,
    useGrouping: true,
  })
  const relative = new Intl.RelativeTimeFormat(language)
  const time = (options: Intl.DateTimeFormatOptions, locale: string = language) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options })
    return (seconds: number) => format.format(seconds * 1000)
  }
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  return {
    language,
    timeZone,
    count: (value) => count.format(value),
    short: (value) => short.format(value),
    measure: (value) => (Math.abs(value) >= 1000 ? count : measure).format(value),
    percent: (share) => percent.format(share),
    rate: (share) => rate.format(share),
    date: time(date, ISO_LOCALE),
    day: time({ month: language === 'en' ? 'short' : 'numeric', day: 'numeric' }),
    month: time({ year: 'numeric', month: 'short' }),
    hour: time(clock),
    clock: time({ ...clock, second: '2-digit' }),
    dateTime: time({ ...date, ...clock }, ISO_LOCALE),
    list: (texts) => texts.join(language === 'en' ? ', ' : '、'),
    ago: (seconds) => {
      const past = Math.max(0, seconds)
      const largest = AGO_UNITS.find((one) => past >= one.seconds) ?? AGO_UNITS[3]
      return relative.format(-Math.floor(past / largest.seconds), largest.unit)
    },
  }
}

export const FormatContext = createContext<Format>(makeFormat('zh-CN', 'UTC'))
export const useFormat = (): Format => useContext(FormatContext)

/** Seconds after 1970 of a time as the API writes it. */
export const secondsOf = (iso: string): number => Math.floor(Date.parse(iso) / 1000)
