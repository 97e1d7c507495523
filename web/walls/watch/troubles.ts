import type { WallDevice } from '../../../domain/access/wall-device.ts'
import type { WatchedWall } from '../../../domain/wall/report.ts'
import { secondsOf } from '../../ui/format.ts'

/** A wall asks every few seconds and reports every fifteen: after this long something is wrong. */
const SILENT_AFTER_S = 60
/** What is older than that is late on any screen. */
const DATA_LATE_AFTER_S = 120
/** What the wall corrects by itself; more than that and somebody should set its clock. */
const CLOCK_OFF_MS = 5_000
/** Frames a second: what glides with fewer is seen to jump. */
const SLOW_BELOW = 20

/** What went wrong longer ago has not come back. */
const ERROR_TOLD_FOR_S = 86_400

/** What is wrong with a screen, the worst first. */
export type Trouble =
  | 'silent'
  | 'dataLate'
  | 'contextLost'
  | 'slow'
  | 'otherRelease'
  | 'clockOff'
  | 'hadError'

/** Whether a screen is there; 'waiting': it was paired and has not asked for anything yet. */
export type Contact = 'live' | 'waiting' | 'late' | 'revoked'

/** When it was last heard from, seconds after 1970; null: never. */
export function heardAt(device: WallDevice, watched: WatchedWall | undefined): number | null {
  const times = [device.lastSeenAt, watched?.reportedAt].flatMap((time) => (time ? [secondsOf(time)] : []))
  return times.length > 0 ? Math.max(...times) : null
}

/** `now`: seconds after 1970. */
export function contactOf(device: WallDevice, watched: WatchedWall | undefined, now: number): Contact {
  if (device.revokedAt !== null) return 'revoked'
  const heard = heardAt(device, watched)
  if (now - (heard ?? secondsOf(device.pairedAt)) > SILENT_AFTER_S) return 'late'
  return heard === null ? 'waiting' : 'live'
}

/** How old the oldest thing on it is by now, seconds; null: it shows nothing, or has not told. */
export const dataAgeOf = ({ reportedAt, report }: WatchedWall, now: number): number | null =>
  report.dataAgeSeconds === null ? null : report.dataAgeSeconds + Math.max(0, now - secondsOf(reportedAt))

/** `release`: what the server runs; null: not known. */
export function troublesOf(
  device: WallDevice,
  watched: WatchedWall | undefined,
  release: string | null,
  now: number,
): Trouble[] {
  const contact = contactOf(device, watched, now)
  if (contact === 'revoked') return []
  const report = watched?.report
  const found: [Trouble, boolean][] = [
    ['silent', contact === 'late'],
    ['dataLate', watched !== undefined && (dataAgeOf(watched, now) ?? 0) > DATA_LATE_AFTER_S],
    ['contextLost', (report?.contextLosses ?? 0) > 0],
    ['slow', (report?.frameRate ?? SLOW_BELOW) < SLOW_BELOW],
    ['otherRelease', report !== undefined && release !== null && report.release !== release],
    ['clockOff', Math.abs(report?.clockOffsetMs ?? 0) > CLOCK_OFF_MS],
    ['hadError', report?.lastError != null && now - secondsOf(report.lastError.at) < ERROR_TOLD_FOR_S],
  ]
  return found.filter(([, is]) => is).map(([trouble]) => trouble)
}
