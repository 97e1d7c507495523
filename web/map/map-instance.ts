import { MapLibreOverlay } from '@deck.gl/maplibre'
import { Map as MapLibreMap, type Style, setWorkerUrl } from 'maplibre-gl'
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
  /** Taken from the map when its context is lost, so it is kept here for whoever throws the map away */
  style: Style
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
export function renewMap({ map, style }: MapInstance, viewsKept: number): Promise<MapInstance> {
  const { lng, lat } = map.getCenter()
  const camera = { lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() }
  throwAway(map, style)
  current = element ? makeMap(element, { camera, viewsKept }) : null
  return current ?? Promise.reject(new Error('no map is shown'))
}

/**
 * The GPU has taken the map's context away, whether or not anybody listened then. Until another takes its place nothing
 * may be drawn on it: it has no style any more, and MapLibre would make one that nobody ever throws away.
 */
export const isLost = ({ map }: MapInstance): boolean =>
  map.getCanvas().getContext('webgl2')?.isContextLost() ?? true

async function makeMap(container: HTMLElement, start: MapStart): Promise<MapInstance> {
  // What a map that failed left behind
  container.replaceChildren()
  try {
    const map = beginMap(container, start)
    const { style } = map
    try {
      await styleLoaded(map)
      return { map, style, overlay: addOverlay(map), drawn: EMPTY }
    } catch (error) {
      throwAway(map, style)
      throw error
    }
  } catch (error) {
    current = null
    throw error
  }
}

const EMPTY: Drawing = { sources: {}, layers: SLOTS.flatMap(slotLayers) }

/** @throws when the browser gives no WebGL 2 */
function beginMap(container: HTMLElement, { camera, viewsKept }: MapStart): MapLibreMap {
  return new MapLibreMap({
    container,
    style: { version: 8, 'font-faces': fontFaces(), ...EMPTY },
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
}

/** @throws when the GPU takes the context away before, as a driver in trouble does several times in a row */
const styleLoaded = (map: MapLibreMap): Promise<void> =>
  new Promise((resolve, reject) => {
    map.once('style.load', () => resolve())
    map.once('webglcontextlost', () => reject(new Error('the WebGL context was lost before the map began')))
  })

function addOverlay(map: MapLibreMap): MapLibreOverlay {
  map.addImage(SPACE_IMAGE, { width: 1, height: 1, data: new Uint8Array(4) })
  const overlay = new MapLibreOverlay({
    interleaved: true,
    layers: slotHolders(),
    // deck.gl leaves it watching the screen's pixel ratio, which keeps a map alive that was thrown away
    onDeviceInitialized: ({ canvasContext }) => map.once('remove', () => canvasContext?.destroy()),
  })
  map.addControl(overlay)
  const gone = new AbortController()
  map.once('remove', () => gone.abort())
  followPixelRatio(map, gone.signal)
  return overlay
}

function throwAway(map: MapLibreMap, style: Style): void {
  try {
    // A style whose context was lost still listens to MapLibre's text plugin, which keeps the whole map alive
    style._remove(false)
    map.remove()
  } catch {
    // Half of it is gone with the context; nothing of it is used again
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
