import { IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import type { Position } from '../../domain/geometry.ts'
import { STATUSES, type Status } from '../../domain/incident.ts'
import { rgbOf } from '../ui/colour.ts'
import { drawSymbol } from '../ui/draw-status.ts'
import { MAP_COLOURS } from '../ui/map-colours.ts'
import type { Theme } from '../ui/palettes.ts'
import { POINTS_FROM_ZOOM, type Spot } from './spots.ts'

/** Grows as streets draw apart. */
export const symbolPixels = (zoom: number) => Math.min(32, Math.max(20, 20 + 4 * (zoom - POINTS_FROM_ZOOM)))

const CELL = 64
const symbolName = (status: Status, overdue: boolean) => `${status}${overdue ? '-overdue' : ''}`

interface Atlas {
  image: ImageData
  mapping: Record<string, { x: number; y: number; width: number; height: number; mask: boolean }>
}

/** One picture with every status's symbol, plain in the first row and with the rim of overdue in the second. */
function drawAtlas(theme: Theme): Atlas {
  const canvas = new OffscreenCanvas(CELL * STATUSES.length, CELL * 2)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const mapping: Atlas['mapping'] = {}
  for (const [column, status] of STATUSES.entries()) {
    for (const overdue of [false, true]) {
      const [x, y] = [column * CELL, overdue ? CELL : 0]
      drawSymbol(context, { x, y, size: CELL }, { status, overdue, theme })
      mapping[symbolName(status, overdue)] = { x, y, width: CELL, height: CELL, mask: false }
    }
  }
  return { image: context.getImageData(0, 0, canvas.width, canvas.height), mapping }
}

const atlases = new Map<Theme, Atlas>()
function atlasOf(theme: Theme): Atlas {
  const atlas = atlases.get(theme) ?? drawAtlas(theme)
  atlases.set(theme, atlas)
  return atlas
}

/**
 * @param zoom whole
 * @param number writes a count as the reader's language does
 */
export function pointsLayers(
  found: Spot[],
  zoom: number,
  theme: Theme,
  number: (count: number) => string,
  placement: { beforeId: string },
) {
  const { image, mapping } = atlasOf(theme)
  const colours = MAP_COLOURS[theme]
  const crowded = found.filter((spot) => spot.count > 1)
  return [
    new IconLayer<Spot, { beforeId: string }>({
      id: 'points',
      ...placement,
      data: found,
      // deck.gl takes pixels here, its type knows only addresses and textures
      iconAtlas: image as unknown as string,
      iconMapping: mapping,
      getIcon: (spot) => symbolName(spot.status, spot.overdue),
      getPosition: (spot) => [spot.lng, spot.lat],
      getSize: symbolPixels(zoom),
      parameters: ON_TOP,
    }),
    new TextLayer<Spot, { beforeId: string }>({
      id: 'point-counts',
      ...placement,
      data: crowded,
      characterSet: COUNT_CHARACTERS,
      fontFamily: COUNT_FONT,
      fontWeight: 600,
      getText: (spot) => number(spot.count),
      getPosition: (spot) => [spot.lng, spot.lat],
      getPixelOffset: [9, -9],
      getTextAnchor: 'start',
      getSize: 11,
      getColor: [...rgbOf(colours.clusterText)],
      background: true,
      backgroundPadding: [4, 1],
      backgroundBorderRadius: 7,
      getBackgroundColor: [...rgbOf(colours.cluster), 225],
      parameters: ON_TOP,
    }),
  ]
}

/** A ring around the chosen case. */
export function chosenCaseLayer(
  place: Position,
  zoom: number,
  theme: Theme,
  placement: { beforeId: string },
) {
  return new ScatterplotLayer<Position, { beforeId: string }>({
    id: 'chosen-case',
    ...placement,
    data: [place],
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    filled: false,
    stroked: true,
    getPosition: (position) => [...position],
    getRadius: symbolPixels(zoom) / 2 + 3,
    getLineColor: [...rgbOf(MAP_COLOURS[theme].selected)],
    getLineWidth: 3,
    updateTriggers: { getRadius: zoom, getLineColor: theme },
    parameters: ON_TOP,
  })
}

/** What a shortened number is written with in any of our languages. */
export const COUNT_CHARACTERS = '0123456789.,KMB万亿'
export const COUNT_FONT = "'Noto Sans SC Variable', sans-serif"

/** Drawn over buildings that stand in front of them. */
export const ON_TOP = { depthCompare: 'always', depthWriteEnabled: false } as const
