import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import type { Bbox } from '../../domain/geometry.ts'
import { TILTED_FROM_PITCH } from '../buildings/buildings-layer.ts'
import { POINTS_FROM_ZOOM } from '../incidents/spots.ts'
import { widened } from './camera.ts'
import { metresPerPixel } from './scale-bar.ts'

/** As much of the camera as decides what is drawn; it stays the same object until that changes. */
export interface Frame {
  /** whole */
  zoom: number
  /** zoomed in as far as single cases are drawn */
  close: boolean
  tilted: boolean
  /** somewhat more than is seen, where single cases are looked for; all there is while not close */
  bbox: Bbox
}

const EVERYWHERE: Bbox = [-180, -90, 180, 90]
const START: Frame = { zoom: 0, close: false, tilted: false, bbox: EVERYWHERE }

export function useFrame(map: MapLibreMap | null): Frame {
  const [frame, setFrame] = useState(START)
  useEffect(() => {
    if (!map) return
    const look = () => setFrame((before) => nextFrame(map, before))
    look()
    map.on('move', look)
    map.on('resize', look)
    return () => {
      map.off('move', look)
      map.off('resize', look)
    }
  }, [map])
  return frame
}

function nextFrame(map: MapLibreMap, before: Frame): Frame {
  const exact = map.getZoom()
  const zoom = Math.floor(exact)
  const close = exact >= POINTS_FROM_ZOOM
  // Some way past the limit in either direction, so that a hand near it does not make buildings flicker
  const tilted = map.getPitch() > TILTED_FROM_PITCH + (before.tilted ? -5 : 0)
  const seen = nearBounds(map)
  const bbox = !close
    ? EVERYWHERE
    : before.close && holds(before.bbox, seen)
      ? before.bbox
      : widened(seen, 0.4)
  const same =
    before.zoom === zoom && before.close === close && before.tilted === tilted && before.bbox === bbox
  return same ? before : { zoom, close, tilted, bbox }
}

/** What is seen, but of a tilted map no farther than a screen away: beyond, single cases are too small. */
function nearBounds(map: MapLibreMap): Bbox {
  const [west, south, east, north] = map.getBounds().toArray().flat() as Bbox
  const { lng, lat } = map.getCenter()
  const { clientWidth, clientHeight } = map.getContainer()
  const metres = metresPerPixel(lat, map.getZoom()) * Math.max(clientWidth, clientHeight)
  const dLat = metres / METRES_PER_DEGREE
  const dLng = dLat / Math.cos((lat * Math.PI) / 180)
  return [
    Math.max(west, lng - dLng),
    Math.max(south, lat - dLat),
    Math.min(east, lng + dLng),
    Math.min(north, lat + dLat),
  ]
}

const METRES_PER_DEGREE = 111_320

const holds = (outer: Bbox, inner: Bbox) =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
