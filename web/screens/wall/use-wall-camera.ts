import type { Map as MapLibreMap } from 'maplibre-gl'
import { useRef, useState } from 'react'
import { type SettingOut, setOut } from '../../wall/set-out.ts'
import { useGlide } from '../../wall/use-glide.ts'
import type { WallPart } from '../../wall/wall-part.ts'
import { useTarget, type Wishes } from './use-target.ts'

interface WallCamera extends Wishes {
  /** since when there is something to look at: milliseconds by the server's clock, as of `serverNow` */
  setsOutAt: number
  part: WallPart
  /** of this window, in the map's pixels */
  width: number
  height: number
  reducedMotion: boolean
  serverNow(): number
}

/** Takes the map to where its scene, an alarm or somebody looks. Answers the frames a second of its last glide. */
export function useWallCamera(map: MapLibreMap | null, { setsOutAt, ...camera }: WallCamera): number | null {
  const { part, width, height, reducedMotion, serverNow, ...wishes } = camera
  const target = useTarget(wishes)
  const under = useRef<SettingOut | null>(null)
  under.current = setOut(under.current, target, setsOutAt, serverNow())
  const [frameRate, setFrameRate] = useState<number | null>(null)
  useGlide(map, {
    ...{ target: under.current.target, beganAt: under.current.at },
    ...{ part, width, height, reducedMotion, serverNow },
    onFrameRate: setFrameRate,
  })
  return frameRate
}
