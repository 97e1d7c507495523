/** Days as YYYY-MM-DD, `to` the first day after the period. */
export interface Period {
  from: string
  to: string
}

/** A day written year, month, day, apart or not; null: unreadable. */
export function readDay(text: string): string | null {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text)
  return match ? day(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

/** A year, quarter, month or day: `2024`, `2024Q1`, `2024-05`, `2024年5月`, `2024-05-31`; null: unreadable. */
export function readPeriod(text: string): Period | null {
  const year = /^(\d{4})年?$/.exec(text)
  if (year) return between([Number(year[1]), 1, 1], [Number(year[1]) + 1, 1, 1])
  const quarter = /^(\d{4})[-年\s]?(?:Q([1-4])|第?([1-4一二三四])季度)$/i.exec(text)
  if (quarter) {
    const number = Number(quarter[2] ?? quarter[3]) || '一二三四'.indexOf(quarter[3]!) + 1
    return between([Number(quarter[1]), number * 3 - 2, 1], [Number(quarter[1]), number * 3 + 1, 1])
  }
  const month = /^(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))$/.exec(text)
  if (month) {
    const number = Number(month[2] ?? month[3])
    return number >= 1 && number <= 12
      ? between([Number(month[1]), number, 1], [Number(month[1]), number + 1, 1])
      : null
  }
  const from = readDay(text)
  if (from === null) return null
  const [y, m, d] = from.split('-').map(Number)
  return between([y!, m!, d!], [y!, m!, d! + 1])
}

type YearMonthDay = [year: number, month: number, day: number]

/** Months and days beyond the end run over into the next year or month. */
function between(from: YearMonthDay, to: YearMonthDay): Period {
  return { from: isoDay(from), to: isoDay(to) }
}

function day(year: number, month: number, dayOfMonth: number): string | null {
  const iso = isoDay([year, month, dayOfMonth])
  return month >= 1 && month <= 12 && Number(iso.slice(8)) === dayOfMonth ? iso : null
}

const isoDay = ([year, month, dayOfMonth]: YearMonthDay) =>
  new Date(Date.UTC(year, month - 1, dayOfMonth)).toISOString().slice(0, 10)
