import type { District } from '../../../domain/district.ts'
import { addDays, dayOf, startOfDay } from '../../../domain/local-day.ts'
import type { CustomSpan, SpanChoice, SpanPreset } from './view-state.ts'

/** Seconds after 1970; `from` included, `to` excluded. */
export type TimeSpan = CustomSpan

export interface ResolvedSpan extends TimeSpan {
  /** what stands behind it; `latest`: nobody chose, and only older cases exist */
  kind: SpanPreset | 'custom' | 'latest'
}

const DEFAULT_PRESET = '7d' satisfies SpanPreset
const LATEST_DAYS = 30
/** What the server holds in memory reaches back as far; to read older ones takes it seconds. */
const LONGEST_OPEN_DAYS = 395

/**
 * The seconds a choice stands for at `now`. `7d` and `30d` are whole days of the district, today included,
 * so that a bar for each day is whole; `24h` ends with the running minute; `open` begins with the first case. Where nobody chose and the newest
 * case is older than the default span, the last 30 days that end with a case.
 */
export function resolveSpan(
  choice: SpanChoice | null,
  now: number,
  district: Pick<District, 'timeZone' | 'incidentSpan'>,
): ResolvedSpan {
  if (choice && typeof choice === 'object') return { kind: 'custom', ...choice }
  if (choice) {
    const span = choice === 'open' ? openSpan(now, district) : presetSpan(choice, now, district.timeZone)
    return { kind: choice, ...span }
  }
  const ordinary = presetSpan(DEFAULT_PRESET, now, district.timeZone)
  const newest = district.incidentSpan && Math.floor(Date.parse(district.incidentSpan.to) / 1000)
  if (newest === null || newest >= ordinary.from) return { kind: DEFAULT_PRESET, ...ordinary }
  return { kind: 'latest', ...wholeDays(newest, LATEST_DAYS, district.timeZone) }
}

/** From the day of the first case on, as far back as open cases are looked for. */
function openSpan(
  now: number,
  { timeZone, incidentSpan }: Pick<District, 'timeZone' | 'incidentSpan'>,
): TimeSpan {
  const { from, to } = wholeDays(now, LONGEST_OPEN_DAYS, timeZone)
  if (!incidentSpan) return { from, to }
  const first = wholeDays(Math.floor(Date.parse(incidentSpan.from) / 1000), 1, timeZone).from
  return { from: first < to ? Math.max(first, from) : from, to }
}

function presetSpan(preset: Exclude<SpanPreset, 'open'>, now: number, timeZone: string): TimeSpan {
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
function wholeDays(seconds: number, days: number, timeZone: string): TimeSpan {
  const last = dayOf(seconds, timeZone)
  return {
    from: startOfDay(addDays(last, 1 - days), timeZone),
    to: startOfDay(addDays(last, 1), timeZone),
  }
}

/** The whole days that hold a span: asked for instead of it, the answer stays usable as `24h` moves on. */
export function daysAround(span: TimeSpan, timeZone: string): TimeSpan {
  const { from } = wholeDays(span.from, 1, timeZone)
  const { to } = wholeDays(span.to - 1, 1, timeZone)
  return { from, to }
}
