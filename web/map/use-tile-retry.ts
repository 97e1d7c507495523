import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 30_000

interface TileId {
  x: number
  y: number
  z: number
}

/**
 * Asks again for tiles that could not be had, less and less often, and answers whether any is missing now.
 * MapLibre itself would ask only when they come into view anew.
 */
export function useTileRetry(map: MapLibreMap | null): boolean {
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    if (!map) return
    const failed = new Map<string, Map<string, TileId>>()
    let wait = FIRST_WAIT_MS
    let timer = 0
    const retry = () => {
      timer = 0
      wait = Math.min(LONGEST_WAIT_MS, wait * 2)
      const again = [...failed]
      failed.clear()
      for (const [source, tiles] of again) {
        if (map.getSource(source)) map.refreshTiles(source, [...tiles.values()])
      }
    }
    const onError = (event: object) => {
      const { sourceId, tile } = event as { sourceId?: string; tile?: { tileID?: { canonical: TileId } } }
      const id = tile?.tileID?.canonical
      if (!sourceId || !id) return
      const ofSource = failed.get(sourceId) ?? new Map<string, TileId>()
      failed.set(sourceId, ofSource.set(`${id.z}/${id.x}/${id.y}`, id))
      setMissing(true)
      if (!timer) timer = window.setTimeout(retry, wait)
    }
    const onIdle = () => {
      if (failed.size > 0 || timer) return
      wait = FIRST_WAIT_MS
      setMissing(false)
    }
    map.on('error', onError)
    map.on('idle', onIdle)
    return () => {
      clearTimeout(timer)
      map.off('error', onError)
      map.off('idle', onIdle)
    }
  }, [map])
  return missing
}
