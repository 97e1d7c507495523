import type { Bbox } from '../geometry.ts'
import { mercatorOf } from '../mercator.ts'
import { cameraOfBox, type MercatorCamera, type Rect, seenIn } from './camera.ts'
import { BUSIEST_STREET } from './panel.ts'
import { boxIn, type Picture } from './picture.ts'
import type { SceneCamera, SceneMap } from './scene.ts'

/** Names at the rim of a district reach a little beyond it. */
const SIDE_PIXELS = 24
/** At the foot of the map stand its key, of two lines where it is narrow, and its sources. */
const FOOT_PIXELS = 72
const HEAD_PIXELS = 8

/** Where things of the district lie, degrees. */
export interface Places {
  /** of the whole district; null: there is none */
  district: Bbox | null
  /** of areas, by their code */
  boxes: ReadonlyMap<string, Bbox>
  /** code of the street that BUSIEST_STREET stands for; null: not known */
  busiest: string | null
}

/** Where the whole picture looks while a scene stands; null: its place is not known. */
export function cameraOfScene(
  { camera, box }: Pick<SceneMap, 'camera' | 'box'>,
  picture: Picture,
  { district, boxes, busiest }: Places,
): MercatorCamera | null {
  if (camera.kind === 'at') return cameraAt(camera, box, picture)
  const code = camera.kind === 'area' ? (camera.area === BUSIEST_STREET ? busiest : camera.area) : null
  const shown = (code === null ? null : boxes.get(code)) ?? district
  return shown && cameraOfBox(shown, clearOf(box, picture), picture.whole)
}

/** So that a place stands in the middle of what the map keeps in view. */
export function cameraAt(
  { lng, lat, zoom, bearing, pitch }: Omit<Extract<SceneCamera, { kind: 'at' }>, 'kind'>,
  box: SceneMap['box'],
  picture: Picture,
): MercatorCamera {
  const wanted = { ...mercatorOf(lng, lat), zoom, bearing, pitch }
  return seenIn(wanted, clearOf(box, picture), picture.whole)
}

/** What of the map's box its key and its sources leave free. */
function clearOf(box: SceneMap['box'], picture: Picture): Rect {
  const { left, top, width, height } = boxIn(picture, box, 0)
  return {
    left: left + SIDE_PIXELS,
    top: top + HEAD_PIXELS,
    width: Math.max(1, width - 2 * SIDE_PIXELS),
    height: Math.max(1, height - HEAD_PIXELS - FOOT_PIXELS),
  }
}
