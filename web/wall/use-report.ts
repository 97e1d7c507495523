import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import type { WallReport } from '../../domain/wall/report.ts'
import { lastFault, noteUncaught } from './last-fault.ts'
import { pageRelease } from './page-release.ts'
import { sendReport } from './wall-api.ts'

const EVERY_MS = 15_000
/** Of the reports */
const THUMBNAIL_EVERY = 4
const LONGEST_WITHOUT = 2 * THUMBNAIL_EVERY
const THUMBNAIL_WIDTH = 320
const LONGEST_THUMBNAIL = 120_000
/** The release of a page that a developer's server gives. */
const NOT_BUILT = 'not built'

type Told = Pick<
  WallReport,
  'scene' | 'wallVersion' | 'frameRate' | 'dataAgeSeconds' | 'clockOffsetMs' | 'contextLosses'
>

/** Tells the server every 15 s how the wall is, once a minute with a small picture of its map. */
export function useReport(map: MapLibreMap | null, isWall: boolean, told: Told): void {
  const latest = useRef({ map, told })
  latest.current = { map, told }
  useEffect(() => {
    if (!isWall) return
    let sincePicture = THUMBNAIL_EVERY
    const report = async () => {
      sincePicture += 1
      const { map } = latest.current
      // One that is still being drawn is waited for, but not for ever: what cannot be drawn is worth seeing
      const isDue = sincePicture > THUMBNAIL_EVERY && (map?.loaded() || sincePicture > LONGEST_WITHOUT)
      const thumbnail = isDue && map ? await pictureOf(map) : null
      if (thumbnail) sincePicture = 1
      const whole: WallReport = {
        ...latest.current.told,
        lastError: lastFault(latest.current.told.clockOffsetMs ?? 0),
        release: pageRelease() ?? NOT_BUILT,
        width: innerWidth,
        height: innerHeight,
        pixelRatio: devicePixelRatio,
        memoryMb: memoryMb(),
        upSeconds: Math.round(performance.now() / 1000),
        ...(thumbnail && { thumbnail }),
      }
      // While the server is gone there is nobody to tell
      await sendReport(whole).catch(() => null)
    }
    const first = setTimeout(report, 3_000)
    const timer = setInterval(report, EVERY_MS)
    const forget = noteUncaught()
    return () => {
      forget()
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [isWall])
}

function memoryMb(): number | null {
  const memory = (performance as { memory?: { usedJSHeapSize: number } }).memory
  return memory ? Math.round(memory.usedJSHeapSize / 1e5) / 10 : null
}

/** A JPEG in base64. What the map drew can be read only within the frame it was drawn in. */
function pictureOf(map: MapLibreMap): Promise<string | null> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => {
      map.off('render', read)
      resolve(null)
    }, 5_000)
    const read = () => {
      clearTimeout(giveUp)
      const source = map.getCanvas()
      const small = document.createElement('canvas')
      small.width = THUMBNAIL_WIDTH
      small.height = Math.max(1, Math.round((THUMBNAIL_WIDTH * source.height) / Math.max(1, source.width)))
      small.getContext('2d')?.drawImage(source, 0, 0, small.width, small.height)
      const [, data = ''] = small.toDataURL('image/jpeg', 0.7).split(',')
      resolve(data.length > 0 && data.length <= LONGEST_THUMBNAIL ? data : null)
    }
    map.once('render', read)
    map.triggerRepaint()
  })
}
