import { MapLibreOverlay } from '@deck.gl/maplibre'
import { Map as MapLibreMap, type MapOptions, type Style, setWorkerUrl } from 'maplibre-gl'
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
 * The page's one map. It outlives the component that shows it, so that whoever comes back to it finds its tiles and
 * programs as they were; the element with the canvas moves from parent to parent.
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
 * @throws GPUInitializationError when the browser gives no WebGL 2, ContextLost when it takes it back at once
 */
export function showMap(parent: HTMLElement, start: MapStart): Promise<MapInstance> {
  if (element === null) {
    element = document.createElement('div')
    element.className = 'map-canvas'
  }
  parent.append(element)
  return current ?? begin(element, start)
}

export function hideMap(): void {
  element?.remove()
}

/** Throws a map whose WebGL context was lost away, and makes one that looks at the same place. */
export function renewMap({ map, style }: MapInstance, viewsKept: number): Promise<MapInstance> {
  const { lng, lat } = map.getCenter()
  const camera = { lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() }
  throwAway(map, style)
  return begin(map.getContainer(), { camera, viewsKept })
}

/**
 * The GPU has taken the map's context away, whether or not anybody listened then, and whether or not it gave it back:
 * MapLibre makes another style, deck.gl's layers stay away. Nothing may be drawn on it any more.
 */
export const isLost = ({ map, style }: MapInstance): boolean =>
  map.style !== style || map.getCanvas().getContext('webgl2')?.isContextLost() !== false

/** A map whose context was taken away before it had begun, as a driver in trouble does several times in a row. */
export class ContextLost extends Error {}

function begin(container: HTMLElement, start: MapStart): Promise<MapInstance> {
  const made = makeMap(container, start)
  current = made
  made.catch(() => {
    if (current === made) current = null
  })
  return made
}

async function makeMap(container: HTMLElement, start: MapStart): Promise<MapInstance> {
  // What a map left behind that could not be removed whole
  container.replaceChildren()
  const map = openMap(container, start)
  const { style } = map
  try {
    await styleLoaded(map)
    return { map, style, overlay: addOverlay(map), drawn: EMPTY }
  } catch (error) {
    throwAway(map, style)
    throw error
  }
}

const EMPTY: Drawing = { sources: {}, layers: SLOTS.flatMap(slotLayers) }

/** Why there was no map the last time. */
let refusal: unknown = null

/** @throws GPUInitializationError when the browser gives no WebGL 2 */
function openMap(container: HTMLElement, start: MapStart): MapLibreMap {
  // MapLibre keeps every map that it refuses, so from the second time on a spare canvas is asked first
  if (refusal !== null && !givesWebGl2()) throw refusal
  try {
    const map = new MapLibreMap(optionsOf(container, start))
    refusal = null
    return map
  } catch (error) {
    refusal = error
    throw error
  }
}

function givesWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}

function optionsOf(container: HTMLElement, { camera, viewsKept }: MapStart): MapOptions {
  return {
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
  }
}

const styleLoaded = (map: MapLibreMap): Promise<void> =>
  new Promise((resolve, reject) => {
    map.once('style.load', () => resolve())
    map.once('webglcontextlost', () =>
      reject(new ContextLost('The WebGL context was lost before the map began.')),
    )
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
  } catch (error) {
    // Told, and no more: nothing of it is used again, and the next one must come
    reportError(error)
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
