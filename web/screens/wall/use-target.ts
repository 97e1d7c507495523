import { useMemo } from 'react'
import type { Bbox } from '../../../domain/geometry.ts'
import { mercatorOf } from '../../../domain/mercator.ts'
import type { AlarmMoment } from '../../../domain/wall/alarm-at.ts'
import { BUSIEST_STREET } from '../../../domain/wall/panel.ts'
import type { SceneMap } from '../../../domain/wall/scene.ts'
import type { Steering } from '../../../domain/wall/steering.ts'
import { cameraOfBox, type MercatorCamera, seenIn } from '../../wall/camera-path.ts'
import { boxIn, type Picture } from '../../wall/picture.ts'

const ALARM_ZOOM = 15.5
/** Names at the rim of a district reach a little beyond it. */
const SIDE_PIXELS = 24
/** At the foot of the map stand its key, of two lines where it is narrow, and its sources. */
const FOOT_PIXELS = 72
const HEAD_PIXELS = 8

export interface Wishes {
  map: SceneMap
  picture: Picture
  /** of the whole district; null: there is none */
  district: Bbox | null
  boxes: ReadonlyMap<string, Bbox>
  busiest: string | null
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
  return useMemo(() => {
    const { left, top, width, height } = boxIn(picture, map.box, 0)
    const clear = {
      left: left + SIDE_PIXELS,
      top: top + HEAD_PIXELS,
      width: Math.max(1, width - 2 * SIDE_PIXELS),
      height: Math.max(1, height - HEAD_PIXELS - FOOT_PIXELS),
    }
    const { whole } = picture
    if (lng !== null && lat !== null)
      return seenIn({ ...mercatorOf(lng, lat), zoom, bearing: 0, pitch: 0 }, clear, whole)
    const { camera } = map
    if (camera.kind === 'at') {
      const { zoom: wanted, bearing, pitch } = camera
      return seenIn({ ...mercatorOf(camera.lng, camera.lat), zoom: wanted, bearing, pitch }, clear, whole)
    }
    const code = camera.kind === 'area' ? (camera.area === BUSIEST_STREET ? busiest : camera.area) : null
    const shown = (code === null ? null : boxes.get(code)) ?? district
    return shown && cameraOfBox(shown, clear, whole)
  }, [map, picture, district, boxes, busiest, lng, lat, zoom])
}
