import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import type { Bbox } from '../../domain/geometry.ts'
import { type Inset, NO_INSET, NOWHERE, sameCamera } from './camera.ts'
import type { Camera } from './map-types.ts'

const REPORT_AFTER_MS = 150
const FIT_MARGIN_PIXELS = 28
/** Marks a move that nobody's hand made */
const PROGRAMMATIC = { programmatic: true }

interface CameraProps {
  camera: Camera | null
  onCamera(camera: Camera): void
  /** of the district */
  bbox: Bbox | null
  inset: Inset
}

function cameraOf(map: MapLibreMap): Camera {
  const { lng, lat } = map.getCenter()
  return { lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() }
}

/** Shows the whole district, between the panels. */
export function fitDistrict(
  map: MapLibreMap,
  bbox: Bbox | null,
  inset: Inset,
  { animate, ...eventData }: { animate: boolean; programmatic?: boolean },
): void {
  if (!bbox) {
    map.jumpTo({ center: [NOWHERE.lng, NOWHERE.lat], zoom: NOWHERE.zoom }, eventData)
    return
  }
  const { clientWidth, clientHeight } = map.getContainer()
  const { left, right, top, bottom } =
    inset.left + inset.right > clientWidth * 0.75 || inset.top + inset.bottom > clientHeight * 0.7
      ? NO_INSET
      : inset
  const padding = {
    top: top + FIT_MARGIN_PIXELS,
    right: right + FIT_MARGIN_PIXELS,
    bottom: bottom + FIT_MARGIN_PIXELS,
    left: left + FIT_MARGIN_PIXELS,
  }
  map.fitBounds(bbox, { padding, bearing: 0, pitch: 0, animate }, eventData)
}

/**
 * Keeps the map at `camera` (null: the whole district) and tells where people moved it. A camera that comes
 * back from having been told is not a wish to go there: people may have moved on.
 */
export function useCamera(map: MapLibreMap | null, { camera, onCamera, bbox, inset }: CameraProps): void {
  const told = useRef<Camera | null>(null)
  const shown = useRef(false)
  const latest = useRef({ onCamera, inset })
  latest.current = { onCamera, inset }
  const [west, south, east, north] = bbox ?? []

  useEffect(() => {
    if (!map) return
    let timer = 0
    const report = () => {
      const now = cameraOf(map)
      if (told.current && sameCamera(told.current, now)) return
      told.current = now
      latest.current.onCamera(now)
    }
    const onMoveEnd = (event: object) => {
      clearTimeout(timer)
      if (!('programmatic' in event)) timer = window.setTimeout(report, REPORT_AFTER_MS)
    }
    map.on('moveend', onMoveEnd)
    return () => {
      clearTimeout(timer)
      map.off('moveend', onMoveEnd)
    }
  }, [map])

  useEffect(() => {
    if (!map) return
    const first = !shown.current
    shown.current = true
    if (camera) {
      if ((told.current && sameCamera(told.current, camera)) || sameCamera(cameraOf(map), camera)) return
      told.current = camera
      const { lng, lat, zoom, bearing, pitch } = camera
      const to = { center: [lng, lat] as [number, number], zoom, bearing, pitch }
      if (first) map.jumpTo(to, PROGRAMMATIC)
      else map.flyTo({ ...to, maxDuration: 2500 }, PROGRAMMATIC)
      return
    }
    told.current = null
    const whole = west === undefined ? null : ([west, south, east, north] as Bbox)
    fitDistrict(map, whole, latest.current.inset, { animate: !first, ...PROGRAMMATIC })
  }, [map, camera, west, south, east, north])
}
