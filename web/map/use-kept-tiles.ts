import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect } from 'react'

/** While `wanted`, tiles are shown as the browser has kept them, without asking the server whether they still hold. */
export function useKeptTiles(map: MapLibreMap | null, wanted: boolean): void {
  useEffect(() => {
    if (!map || !wanted) return
    map.setTransformRequest((url, type) => (type === 'Tile' ? { url, cache: 'force-cache' } : { url }))
    return () => {
      map.setTransformRequest(null)
    }
  }, [map, wanted])
}
