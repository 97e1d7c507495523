import { addDays, type Day, wallSeconds } from '../local-day.ts'
import type { When } from './schedule.ts'

const DAY = 86_400

/** Whether `when` holds at `seconds` after 1970, by the clock of `timeZone`. It changes at whole minutes only. */
export function holds(when: When, seconds: number, timeZone: string): boolean {
  const shown = wallSeconds(seconds, timeZone)
  const today = new Date(shown * 1000).toISOString().slice(0, 10)
  const day = dayItBeganOn(when, ((shown % DAY) + DAY) % DAY, today)
  if (day === null) return false
  const { weekdays, firstDay, lastDay } = when
  return (
    (!weekdays || weekdays.includes(weekdayOf(day))) &&
    (firstDay === undefined || day >= firstDay) &&
    (lastDay === undefined || day <= lastDay)
  )
}

/** The day that the span of hours around a time of day began on; null: the time lies in none. */
function dayItBeganOn({ from, to }: When, secondOfDay: number, today: Day): Day | null {
  const begin = from === undefined ? 0 : secondsOf(from)
  const end = to === undefined ? DAY : secondsOf(to)
  if (begin < end) return secondOfDay >= begin && secondOfDay < end ? today : null
  if (secondOfDay >= begin) return today
  return secondOfDay < end ? addDays(today, -1) : null
}

function secondsOf(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':').map(Number)
  return hours! * 3600 + minutes! * 60
}

/** 1 Monday to 7 Sunday. */
const weekdayOf = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
