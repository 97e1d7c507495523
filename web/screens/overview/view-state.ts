import { BREAK_METHODS, type BreakMethod } from '../../../domain/density/breaks.ts'
import {
  DENSITY_MEASURES,
  DENSITY_UNITS,
  type DensityMeasure,
  type DensityUnit,
} from '../../../domain/density/density.ts'
import { LANGUAGES, type Language } from '../../../domain/district.ts'
import { LEVELS, type Level, STATUSES, type Status } from '../../../domain/incident.ts'
import type { Camera, MapLayers } from '../../map/map-types.ts'
import { THEMES, type Theme } from '../../ui/palettes.ts'

export const LAYERS = [
  'base',
  'grids',
  'heat',
  'points',
  'buildings',
  'places',
  'areas',
  'labels',
] as const satisfies readonly (keyof MapLayers)[]

export const CLASS_COUNT = { least: 3, most: 9 } as const

export const HEX_SIZES_M = [100, 250, 500, 1000] as const
export type HexSizeM = (typeof HEX_SIZES_M)[number]

/**
 * Spans that end now; `today` is the whole day in the district's time zone, `open` all cases that are not closed,
 * whenever they were reported.
 */
export const SPAN_PRESETS = ['today', '24h', '7d', '30d', 'open'] as const
export type SpanPreset = (typeof SPAN_PRESETS)[number]
/** `from` included, `to` excluded: whole seconds since 1970-01-01T00:00:00Z. */
export interface CustomSpan {
  from: number
  to: number
}
export type SpanChoice = SpanPreset | CustomSpan

/** Everything somebody chose on the overview screen. An empty list of a filter lets everything through. */
export interface ViewState {
  /** null: the whole district */
  camera: Camera | null
  layers: MapLayers
  by: DensityUnit
  hexSizeM: HexSizeM
  measure: DensityMeasure
  classMethod: BreakMethod
  classCount: number
  /** null: chosen by where there is data */
  span: SpanChoice | null
  category: readonly string[]
  status: readonly Status[]
  level: readonly Level[]
  /** code of the grid whose panel is open */
  grid: string | null
  /** id of the case whose panel is open, before that of a grid */
  incident: number | null
  /** id of the place whose panel is open, between the two */
  place: number | null
  /** id of the building whose panel is open, after that of a place */
  building: number | null
  theme: Theme
  /** null: as usual in this browser */
  language: Language | null
}

export const DEFAULT_VIEW: ViewState = {
  camera: null,
  layers: {
    base: true,
    grids: true,
    heat: false,
    points: true,
    buildings: true,
    places: true,
    areas: true,
    labels: true,
  },
  by: 'grid',
  hexSizeM: 250,
  measure: 'count',
  classMethod: 'quantile',
  classCount: 5,
  span: null,
  category: [],
  status: [],
  level: [],
  grid: null,
  incident: null,
  place: null,
  building: null,
  theme: 'dark',
  language: null,
}

/**
 * The view an address names; a field that cannot be read falls back to its default alone.
 * @param usualTheme where the address names none
 */
export function parseView(search: string, usualTheme: Theme = DEFAULT_VIEW.theme): ViewState {
  const query = new URLSearchParams(search)
  return {
    camera: parseCamera(query.get('at')),
    layers: parseLayers(query.get('layers')),
    by: oneOf(query.get('by'), DENSITY_UNITS) ?? DEFAULT_VIEW.by,
    hexSizeM: oneOf(wholeNumber(query.get('hex')), HEX_SIZES_M) ?? DEFAULT_VIEW.hexSizeM,
    measure: oneOf(query.get('measure'), DENSITY_MEASURES) ?? DEFAULT_VIEW.measure,
    classMethod: oneOf(query.get('classes'), BREAK_METHODS) ?? DEFAULT_VIEW.classMethod,
    classCount: parseClassCount(query.get('count')),
    span: parseSpan(query),
    category: distinct(query.getAll('category').filter((code) => code !== '' && code.length <= 200)),
    status: distinct(query.getAll('status').filter((one) => oneOf(one, STATUSES) !== null)) as Status[],
    level: distinct(query.getAll('level').map(wholeNumber)).filter(
      (one): one is Level => oneOf(one, LEVELS) !== null,
    ),
    grid: parseCode(query.get('grid')),
    incident: parseId(query.get('case')),
    place: parseId(query.get('place')),
    building: parseId(query.get('building')),
    theme: oneOf(query.get('theme'), THEMES) ?? usualTheme,
    language: oneOf(query.get('language'), LANGUAGES),
  }
}

/**
 * The query of an address that names this view, without '?'; what stands at its default is left out.
 * @param usualTheme what is seen here where the address names none: it must name any other
 */
export function serialiseView(view: ViewState, usualTheme: Theme = DEFAULT_VIEW.theme): string {
  const query = new URLSearchParams()
  const put = (name: string, value: string | number | null, ordinary: string | number | null) => {
    if (value !== null && value !== ordinary) query.append(name, String(value))
  }
  const { camera, span } = view
  if (camera) {
    query.append(
      'at',
      [
        degrees(camera.lng),
        degrees(camera.lat),
        hundredths(camera.zoom),
        tenths(camera.bearing),
        tenths(camera.pitch),
      ].join(),
    )
  }
  put('layers', layerNames(view.layers), layerNames(DEFAULT_VIEW.layers))
  put('by', view.by, DEFAULT_VIEW.by)
  put('hex', view.hexSizeM, DEFAULT_VIEW.hexSizeM)
  put('measure', view.measure, DEFAULT_VIEW.measure)
  put('classes', view.classMethod, DEFAULT_VIEW.classMethod)
  put('count', view.classCount, DEFAULT_VIEW.classCount)
  if (typeof span === 'string') query.append('span', span)
  else if (span) {
    query.append('from', isoSeconds(span.from))
    query.append('to', isoSeconds(span.to))
  }
  for (const code of view.category) query.append('category', code)
  for (const status of view.status) query.append('status', status)
  for (const level of view.level) query.append('level', String(level))
  put('grid', view.grid, null)
  put('case', view.incident, null)
  put('place', view.place, null)
  put('building', view.building, null)
  put('theme', view.theme, usualTheme === DEFAULT_VIEW.theme ? usualTheme : null)
  put('language', view.language, null)
  // Commas and colons are legal in a query and make a shared address readable
  return query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
}

/** As many digits as an address keeps: 1e-6 degrees (0.1 m), 0.01 zoom, 0.1 degrees of bearing and pitch. */
export function roundCamera(camera: Camera): Camera {
  return {
    lng: degrees(camera.lng),
    lat: degrees(camera.lat),
    zoom: hundredths(camera.zoom),
    bearing: tenths(camera.bearing),
    pitch: tenths(camera.pitch),
  }
}

const round = (value: number, parts: number) => Math.round(value * parts) / parts + 0
const degrees = (value: number) => round(value, 1e6)
const hundredths = (value: number) => round(value, 100)
const tenths = (value: number) => round(value, 10)

function parseCamera(text: string | null): Camera | null {
  const numbers = text?.split(',').map((part) => (part.trim() ? Number(part) : Number.NaN)) ?? []
  const [lng, lat, zoom, bearing = 0, pitch = 0] = numbers
  if (lng === undefined || lat === undefined || zoom === undefined || !numbers.every(Number.isFinite))
    return null
  const inside = Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24
  if (!inside || Math.abs(bearing) > 180 || pitch < 0 || pitch > 85) return null
  return roundCamera({ lng, lat, zoom, bearing, pitch })
}

function parseLayers(text: string | null): MapLayers {
  if (text === null) return DEFAULT_VIEW.layers
  const names = text.split(',').filter((name) => oneOf(name, LAYERS) !== null)
  if (names.length === 0 && text !== 'none') return DEFAULT_VIEW.layers
  return Object.fromEntries(LAYERS.map((layer) => [layer, names.includes(layer)])) as unknown as MapLayers
}

const layerNames = (layers: MapLayers) => LAYERS.filter((layer) => layers[layer]).join() || 'none'

function parseClassCount(text: string | null): number {
  const count = wholeNumber(text)
  const usable = count !== null && count >= CLASS_COUNT.least && count <= CLASS_COUNT.most
  return usable ? count : DEFAULT_VIEW.classCount
}

function parseSpan(query: URLSearchParams): SpanChoice | null {
  const preset = oneOf(query.get('span'), SPAN_PRESETS)
  if (preset) return preset
  const from = parseIsoSeconds(query.get('from'))
  const to = parseIsoSeconds(query.get('to'))
  return from !== null && to !== null && from < to ? { from, to } : null
}

// The columns keep time as unsigned 32-bit seconds
const LAST_SECOND = 2 ** 32 - 1
const isoSeconds = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

function parseIsoSeconds(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return null
  const seconds = Date.parse(text) / 1000
  return seconds >= 0 && seconds <= LAST_SECOND ? seconds : null
}

const parseId = (text: string | null) => (text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null)
const parseCode = (text: string | null) => (text && /^\S{1,64}$/.test(text) ? text : null)
const wholeNumber = (text: string | null) => (text && /^\d{1,6}$/.test(text) ? Number(text) : null)
const distinct = <T>(list: T[]): T[] => [...new Set(list)]

function oneOf<const T>(value: unknown, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null
}
