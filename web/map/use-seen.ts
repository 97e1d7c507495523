import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import type { Bbox } from '../../domain/geometry.ts'
import type { Inset } from './camera.ts'

interface Props {
  inset: Inset
  /** After the map came to rest: what of the ground is seen between the panels. */
  onSeen(bbox: Bbox): void
}

export function useSeen(map: MapLibreMap | null, props: Props): void {
  const latest = useRef(props)
  latest.current = props
  const { inset } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: other panels leave another part to be seen
  useEffect(() => {
    if (!map) return
    const look = () => latest.current.onSeen(seenBetween(map, latest.current.inset))
    look()
    map.on('moveend', look)
    map.on('resize', look)
    return () => {
      map.off('moveend', look)
      map.off('resize', look)
    }
  }, [map, inset])
}

function seenBetween(map: MapLibreMap, { top, right, bottom, left }: Inset): Bbox {
  // Of a tilted or turned map a corner may be the sky
  if (map.getPitch() > 0 || map.getBearing() !== 0) return map.getBounds().toArray().flat() as Bbox
  const { clientWidth, clientHeight } = map.getContainer()
  const northWest = map.unproject([left, top])
  const southEast = map.unproject([clientWidth - right, clientHeight - bottom])
  return [northWest.lng, southEast.lat, southEast.lng, northWest.lat]
}
