import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import { lngLatOf, mercatorOf } from '../../domain/mercator.ts'
import { isSameCamera, type MercatorCamera, moved } from '../../domain/wall/camera.ts'
import { between, eased } from './camera-path.ts'
import type { WallPart } from './wall-part.ts'

const GLIDE_MS = 3000
/** As useCamera marks a move that nobody's hand made */
const PROGRAMMATIC = { programmatic: true }

interface GlideProps {
  /** of the whole picture; null: not yet known */
  target: MercatorCamera | null
  /** when the map sets out for it: milliseconds by the server's clock */
  beganAt: number
  part: WallPart
  /** of this window, in the map's pixels */
  width: number
  height: number
  reducedMotion: boolean
  /** milliseconds, the same on every machine of the wall */
  serverNow(): number
  /** after a glide: frames a second */
  onFrameRate(rate: number): void
  /** it sets out, and has arrived */
  onGliding(isGliding: boolean): void
}

/**
 * Moves the map to where a scene looks. The way follows from the server's clock alone, so that the parts of a split
 * wall move as one, and who comes later is where the others are.
 */
export function useGlide(map: MapLibreMap | null, props: GlideProps): void {
  const latest = useRef(props)
  latest.current = props
  /** where the whole picture looks */
  const at = useRef<MercatorCamera | null>(null)
  const { target, beganAt, part, width, height, reducedMotion } = props

  useEffect(() => {
    if (!map || !target) return
    const whole = width * part.columns
    const show = (camera: MercatorCamera) => {
      at.current = camera
      const split = part.columns * part.rows > 1
      const own = moved(
        // Parts seen at an angle would not fit each other
        split ? { ...camera, pitch: 0 } : camera,
        (part.column - (part.columns - 1) / 2) * width,
        (part.row - (part.rows - 1) / 2) * height,
      )
      const { zoom, bearing, pitch } = own
      map.jumpTo({ center: lngLatOf(own), zoom, bearing, pitch }, PROGRAMMATIC)
    }
    const from = at.current ?? cameraOf(map)
    const isFirst = at.current === null
    const shareNow = () => (latest.current.serverNow() - beganAt) / GLIDE_MS
    if (isFirst || reducedMotion || shareNow() >= 1 || isSameCamera(from, target)) {
      show(target)
      latest.current.onGliding(false)
      return
    }
    latest.current.onGliding(true)
    let frames = 0
    const startedAt = performance.now()
    const count = () => {
      frames++
    }
    map.on('render', count)
    let request = requestAnimationFrame(step)
    function step() {
      const share = Math.min(1, Math.max(0, shareNow()))
      show(between(from, target!, whole, eased(share)))
      if (share < 1) request = requestAnimationFrame(step)
      else {
        latest.current.onGliding(false)
        const seconds = (performance.now() - startedAt) / 1000
        if (seconds > 0.5) latest.current.onFrameRate(frames / seconds)
      }
    }
    return () => {
      cancelAnimationFrame(request)
      map.off('render', count)
    }
  }, [map, target, beganAt, part, width, height, reducedMotion])
}

function cameraOf(map: MapLibreMap): MercatorCamera {
  const { lng, lat } = map.getCenter()
  return { ...mercatorOf(lng, lat), zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() }
}
