import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'

const DAY_MS = 86_400_000

/** How often the map lost its WebGL context within the last day; losses while the next map is made are one with it. */
export function useContextLosses(map: MapLibreMap | null): number {
  const [losses, setLosses] = useState<readonly number[]>([])
  useEffect(() => {
    if (!map) return
    const note = () => {
      const now = Date.now()
      setLosses((before) => [...before.filter((at) => at > now - DAY_MS), now])
    }
    map.on('webglcontextlost', note)
    return () => void map.off('webglcontextlost', note)
  }, [map])
  return losses.filter((at) => at > Date.now() - DAY_MS).length
}
