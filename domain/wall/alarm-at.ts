import type { Alarm, AlarmRule } from './alarm.ts'

/** An alarm that a wall has heard of. */
export interface HeardAlarm {
  alarm: Alarm
  /** somebody acknowledged it then, or it was over: milliseconds after 1970; null: it stands */
  goneAt: number | null
}

/** The alarm at the front, from when to when at the latest: milliseconds after 1970 by the server's clock. */
export interface AlarmMoment {
  alarm: Alarm
  beganAt: number
  endsAt: number
}

/** Of an alarm that no rule of the wall raised. */
const USUAL_SECONDS = 30

/**
 * Which alarm stands at the front at `now`; null: none. Alarms queue: each begins when it was raised or the one before
 * it is over, whichever is later, and stays for the seconds of its rule unless it goes before.
 */
export function alarmAt(
  heard: readonly HeardAlarm[],
  rules: readonly AlarmRule[],
  now: number,
): AlarmMoment | null {
  const queue = [...heard].sort(
    (a, b) => Date.parse(a.alarm.raisedAt) - Date.parse(b.alarm.raisedAt) || a.alarm.id - b.alarm.id,
  )
  let free = Number.NEGATIVE_INFINITY
  for (const { alarm, goneAt } of queue) {
    const beganAt = Math.max(free, Date.parse(alarm.raisedAt))
    const seconds = rules.find(({ id }) => id === alarm.ruleId)?.seconds ?? USUAL_SECONDS
    const endsAt = Math.min(beganAt + seconds * 1000, goneAt ?? Infinity, Date.parse(alarm.expiresAt))
    if (now >= beganAt && now < endsAt) return { alarm, beganAt, endsAt }
    free = Math.max(free, endsAt)
  }
  return null
}
