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
 * Which alarm stands at the front at `now`; null: none. The graver takes the front at once, whoever stands there, and
 * the other goes on after it; of one level the one raised first. Each stays for the seconds of its rule in all, unless
 * it goes before.
 */
export function alarmAt(
  heard: readonly HeardAlarm[],
  rules: readonly AlarmRule[],
  now: number,
): AlarmMoment | null {
  const waiting = heard.map(({ alarm, goneAt }) => ({
    alarm,
    raisedAt: Date.parse(alarm.raisedAt),
    leavesAt: Math.min(goneAt ?? Infinity, Date.parse(alarm.expiresAt)),
    leftMs: (rules.find(({ id }) => id === alarm.ruleId)?.seconds ?? USUAL_SECONDS) * 1000,
  }))
  waiting.sort((a, b) => a.alarm.level - b.alarm.level || a.raisedAt - b.raisedAt || a.alarm.id - b.alarm.id)
  let at = Math.min(...waiting.map(({ raisedAt }) => raisedAt))
  let [before, beganAt]: [Alarm | null, number] = [null, at]
  while (at <= now) {
    const moment = at
    const front = waiting.find((one) => one.raisedAt <= moment && one.leavesAt > moment && one.leftMs > 0)
    const nextRaised = Math.min(...waiting.map(({ raisedAt }) => (raisedAt > moment ? raisedAt : Infinity)))
    if (front?.alarm !== before) [before, beganAt] = [front?.alarm ?? null, moment]
    const endsAt = front ? Math.min(moment + front.leftMs, front.leavesAt) : nextRaised
    at = Math.min(endsAt, nextRaised)
    if (front && now < at) return { alarm: front.alarm, beganAt, endsAt }
    if (front) front.leftMs -= at - moment
  }
  return null
}
