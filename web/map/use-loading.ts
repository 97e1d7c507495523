import { useEffect, useState } from 'react'
import { isLost, type MapInstance } from './map-instance.ts'

const SHOWN_AFTER_MS = 500
/** Where the server has no tiles at all there is nothing to wait for. */
const LONGEST_WITHOUT_TILES_MS = 8_000

/** Whether the map has been waiting for something to draw for a while: at the start, made anew, or after a jump. */
export function useLoading(instance: MapInstance | null): boolean {
  /** the one that has drawn all it has to */
  const [drawn, setDrawn] = useState<MapInstance | null>(null)
  useEffect(() => {
    if (!instance) return
    const { map } = instance
    const startedAt = performance.now()
    let timer = 0
    const look = () => {
      timer = 0
      if (isLost(instance) || !map.areTilesLoaded()) setDrawn(null)
    }
    const onData = () => {
      timer ||= window.setTimeout(look, SHOWN_AFTER_MS)
    }
    const onIdle = () => {
      clearTimeout(timer)
      timer = 0
      const hasTiles = Object.values(instance.drawn.sources).some(({ type }) => type !== 'geojson')
      // An empty map is idle before it knows what to draw
      if (hasTiles || performance.now() - startedAt > LONGEST_WITHOUT_TILES_MS) setDrawn(instance)
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
  return instance === null || drawn !== instance
}
