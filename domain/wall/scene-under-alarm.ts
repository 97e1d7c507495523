import type { AlarmMoment } from './alarm-at.ts'
import type { Scene } from './scene.ts'
import type { SceneMoment } from './scene-at.ts'
import type { WallContent } from './wall.ts'

/** What is looked at. Times: milliseconds after 1970 by the server's clock. */
export interface SceneUnderAlarm {
  scene: Scene
  /** the scene's own begin: an alarm within it begins nothing anew */
  beganAt: number
  /** there is something to set out for since then: the scene, or the place of an alarm */
  setsOutAt: number
}

/** The scene that stands, or another one that the alarm at the front brings with it. */
export function sceneUnderAlarm(
  { scenes, alarms }: Pick<WallContent, 'scenes' | 'alarms'>,
  standing: SceneMoment,
  alarm: AlarmMoment | null,
): SceneUnderAlarm {
  const setsOutAt = Math.max(standing.beganAt, alarm?.beganAt ?? 0)
  const rule = alarms.find(({ id }) => id === alarm?.alarm.ruleId)
  const brought = scenes.find(({ id }) => id === rule?.scene)
  if (!alarm || !brought || brought.id === standing.scene.id) {
    const { scene, beganAt } = standing
    return { scene, beganAt, setsOutAt }
  }
  return { scene: brought, beganAt: alarm.beganAt, setsOutAt }
}
