import type { WallDevice } from '../../domain/access/wall-device.ts'
import { secondsOf } from '../ui/format.ts'

/** A wall asks every few seconds and the server notes it every half minute: after this long something is wrong. */
const LATE_AFTER_S = 120

/** Whether a wall is there; 'waiting': it was paired and has not asked for anything yet. */
export type Contact = 'live' | 'waiting' | 'late' | 'revoked'

/** `now`: seconds after 1970. */
export function contactOf({ revokedAt, lastSeenAt, pairedAt }: WallDevice, now: number): Contact {
  if (revokedAt !== null) return 'revoked'
  const isLate = now - secondsOf(lastSeenAt ?? pairedAt) > LATE_AFTER_S
  if (isLate) return 'late'
  return lastSeenAt === null ? 'waiting' : 'live'
}
