import { useEffect, useState } from 'react'
import type { MapInstance } from './map-instance.ts'

const SHOWN_AFTER_MS = 500
/** Where the server has no tiles at all there is nothing to wait for. */
const LONGEST_WITHOUT_TILES_MS = 8_000

/** Whether the map has been waiting for something to draw for a while: at the start, or after a jump. */
export function useLoading(instance: MapInstance | null): boolean {
  const [loading, setLoading] = useState(true)
  useEffect(() => {
    if (!instance) return
    const { map } = instance
    const startedAt = performance.now()
    let timer = 0
    const look = () => {
      timer = 0
      if (!map.areTilesLoaded()) setLoading(true)
    }
    const onData = () => {
      timer ||= window.setTimeout(look, SHOWN_AFTER_MS)
    }
    const onIdle = () => {
      clearTimeout(timer)
      timer = 0
      const hasTiles = Object.values(instance.drawn.sources).some(({ type }) => type !== 'geojson')
      // An empty map is idle before it knows what to draw
      if (hasTiles || performance.now() - startedAt > LONGEST_WITHOUT_TILES_MS) setLoading(false)
      else timer = window.setTimeout(onIdle, SHOWN_AFTER_MS)
    }
    map.on('dataloading', onData)
    map.on('idle', onIdle)
    return () => {
      clearTimeout(timer)
      map.off('dataloading', onData)
      map.off('idle', onIdle)
    }
  }, [instance])
  return loading
}
