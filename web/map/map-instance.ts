import { MapLibreOverlay } from '@deck.gl/maplibre'
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { SPACE_IMAGE } from '../incidents/cluster-space.ts'
import { interfaceScale, onInterfaceScale } from '../ui/interface-scale.ts'
import type { Drawing } from './drawing.ts'
import { fontFaces } from './font-faces.ts'
import { SLOTS, slotLayers } from './layer-order.ts'
import type { Camera } from './map-types.ts'
import { slotHolders } from './slot-holders.ts'

setWorkerUrl(workerUrl)

/** A map with nothing on it yet but its fonts, ready to be drawn on. */
export interface MapInstance {
  map: MapLibreMap
  overlay: MapLibreOverlay
  /** What it draws now; whoever draws on it keeps this true */
  drawn: Drawing
}

/**
 * The page's one map. It outlives the component that shows it, because every deck.gl overlay that goes keeps
 * its WebGL context; the element with the canvas moves from parent to parent instead.
 */
let element: HTMLElement | null = null
let current: Promise<MapInstance> | null = null

/** What a map begins with. */
export interface MapStart {
  camera: Camera
  /** of each source, tiles that are out of view are kept up to so many views full */
  viewsKept: number
}

/**
 * Puts the map into `parent`.
 * @throws when the browser gives no WebGL 2
 */
export function showMap(parent: HTMLElement, start: MapStart): Promise<MapInstance> {
  if (element === null) {
    element = document.createElement('div')
    element.className = 'map-canvas'
  }
  parent.append(element)
  current ??= makeMap(element, start)
  return current
}

export function hideMap(): void {
  element?.remove()
}

/** Throws a map whose WebGL context was lost away, and makes one that looks at the same place. */
export function renewMap(lost: MapInstance, viewsKept: number): Promise<MapInstance> {
  const { map } = lost
  const { lng, lat } = map.getCenter()
  const camera = { lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() }
  try {
    map.remove()
  } catch {
    // Half of it is gone with the context; nothing of it is used again
  }
  current = element ? makeMap(element, { camera, viewsKept }) : null
  return current ?? Promise.reject(new Error('no map is shown'))
}

async function makeMap(container: HTMLElement, { camera, viewsKept }: MapStart): Promise<MapInstance> {
  const empty: Drawing = { sources: {}, layers: SLOTS.flatMap(slotLayers) }
  // What a map that failed or was lost left behind
  container.replaceChildren()
  try {
    const map = new MapLibreMap({
      container,
      style: { version: 8, 'font-faces': fontFaces(), ...empty },
      center: [camera.lng, camera.lat],
      zoom: camera.zoom,
      bearing: camera.bearing,
      pitch: camera.pitch,
      minZoom: 2,
      maxZoom: 20,
      maxPitch: 75,
      pixelRatio: pixelRatio(),
      // A wall is wider than the 4096 pixels that are usual
      maxCanvasSize: [16_384, 16_384],
      attributionControl: false,
      // Our own layers are tested; a foreign style that breaks a rule draws what it can
      validateStyle: false,
      canvasContextAttributes: { antialias: pixelRatio() < 2, powerPreference: 'high-performance' },
      fadeDuration: 150,
      maxTileCacheZoomLevels: viewsKept,
    })
    await map.once('style.load')
    map.addImage(SPACE_IMAGE, { width: 1, height: 1, data: new Uint8Array(4) })
    const overlay = new MapLibreOverlay({ interleaved: true, layers: slotHolders() })
    map.addControl(overlay)
    const gone = new AbortController()
    map.once('remove', () => gone.abort())
    followPixelRatio(map, gone.signal)
    return { map, overlay, drawn: empty }
  } catch (error) {
    current = null
    throw error
  }
}

const pixelRatio = () => devicePixelRatio * interfaceScale()

/** A window dragged to a screen of another pixel density keeps its size, so nothing else tells the map. */
function followPixelRatio(map: MapLibreMap, until: AbortSignal): void {
  const adapt = () => map.setPixelRatio(pixelRatio())
  until.addEventListener('abort', onInterfaceScale(adapt))
  const follow = () => {
    const now = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    const changed = () => {
      adapt()
      follow()
    }
    now.addEventListener('change', changed, { once: true, signal: until })
  }
  follow()
}
