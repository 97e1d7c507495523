import type { District } from '../../../domain/district.ts'
import { openSpan, recentSpan, wholeDays } from '../../../domain/recent-span.ts'
import type { CustomSpan, SpanChoice, SpanPreset } from './view-state.ts'

/** Seconds after 1970; `from` included, `to` excluded. */
export type TimeSpan = CustomSpan

export interface ResolvedSpan extends TimeSpan {
  /** what stands behind it; `latest`: nobody chose, and only older cases exist */
  kind: SpanPreset | 'custom' | 'latest'
}

const DEFAULT_PRESET = '7d' satisfies SpanPreset
const LATEST_DAYS = 30

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
    const span =
      choice === 'open'
        ? openSpan(now, district.incidentSpan?.from ?? null, district.timeZone)
        : recentSpan(choice, now, district.timeZone)
    return { kind: choice, ...span }
  }
  const ordinary = recentSpan(DEFAULT_PRESET, now, district.timeZone)
  const newest = district.incidentSpan && Math.floor(Date.parse(district.incidentSpan.to) / 1000)
  if (newest === null || newest >= ordinary.from) return { kind: DEFAULT_PRESET, ...ordinary }
  return { kind: 'latest', ...wholeDays(newest, LATEST_DAYS, district.timeZone) }
}

/** The whole days that hold a span: asked for instead of it, the answer stays usable as `24h` moves on. */
export function daysAround(span: TimeSpan, timeZone: string): TimeSpan {
  const { from } = wholeDays(span.from, 1, timeZone)
  const { to } = wholeDays(span.to - 1, 1, timeZone)
  return { from, to }
}
