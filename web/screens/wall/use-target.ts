import { useMemo } from 'react'
import type { AlarmMoment } from '../../../domain/wall/alarm-at.ts'
import type { MercatorCamera } from '../../../domain/wall/camera.ts'
import type { Picture } from '../../../domain/wall/picture.ts'
import type { SceneMap } from '../../../domain/wall/scene.ts'
import { cameraAt, cameraOfScene, type Places } from '../../../domain/wall/scene-camera.ts'
import type { Steering } from '../../../domain/wall/steering.ts'

const ALARM_ZOOM = 15.5

export interface Wishes extends Places {
  map: SceneMap
  picture: Picture
  alarm: AlarmMoment | null
  /** what somebody flies the wall to; null: nobody does */
  steered: Steering['camera']
}

/** Where the whole picture looks: at an alarm before what somebody wishes, before what the scene says. */
export function useTarget({
  map,
  picture,
  district,
  boxes,
  busiest,
  alarm,
  steered,
}: Wishes): MercatorCamera | null {
  const at = alarm && alarm.alarm.lng !== null && alarm.alarm.lat !== null ? alarm.alarm : null
  const [lng, lat, zoom] = at
    ? [at.lng!, at.lat!, ALARM_ZOOM]
    : [steered?.lng ?? null, steered?.lat ?? null, steered?.zoom ?? 0]
  return useMemo(
    () =>
      lng !== null && lat !== null
        ? cameraAt({ lng, lat, zoom, bearing: 0, pitch: 0 }, map.box, picture)
        : cameraOfScene(map, picture, { district, boxes, busiest }),
    [map, picture, district, boxes, busiest, lng, lat, zoom],
  )
}
