import { isSameCamera, type MercatorCamera } from '../../domain/wall/camera.ts'

/** For what the map is under way, and since when. Times: milliseconds by the server's clock. */
export interface SettingOut {
  target: MercatorCamera | null
  /** of the scene, or of an alarm within it */
  beganAt: number
  at: number
}

/**
 * A glide sets out when its scene or alarm begins; when something else is to be looked at within it, or an alarm is
 * over and the scene stands again, at `now`. What did not move keeps its glide.
 */
export function setOut(
  before: SettingOut | null,
  target: MercatorCamera | null,
  beganAt: number,
  now: number,
): SettingOut {
  if (before === null) return { target, beganAt, at: beganAt }
  const isSame =
    target === before.target ||
    (target !== null && before.target !== null && isSameCamera(target, before.target))
  if (isSame && beganAt === before.beganAt) return before
  // A beginning that lies behind us is that of what stood before an alarm
  if (beganAt > before.beganAt) return { target, beganAt, at: beganAt }
  return { target: isSame ? before.target : target, beganAt, at: now }
}
