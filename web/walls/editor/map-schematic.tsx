import { useMemo } from 'react'
import type { AreaFeatures } from '../../../domain/area.ts'
import { mercatorOf } from '../../../domain/mercator.ts'
import { type Box, BUSIEST_STREET, LAYOUT } from '../../../domain/wall/panel.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { type Bounds, boundsOf, outlineOf } from './outline.ts'
import type { WallSize } from './wall-size.ts'

interface MapSchematicProps {
  scene: Scene
  shapes: AreaFeatures | undefined
  /** of the layout on the wall */
  room: WallSize
}

/** Pixels of the world's width at zoom 0. */
const WORLD = 512

/** The outlines of the district where the scene's camera will show them, over the whole of the wall. */
export function MapSchematic({ scene, shapes, room }: MapSchematicProps) {
  const outlines = useMemo(
    () =>
      (shapes?.features ?? [])
        .filter(({ properties, geometry }) => properties.level !== 'community' && geometry)
        .map(({ properties, geometry }) => ({
          code: properties.code,
          level: properties.level,
          path: outlineOf(geometry!),
          bounds: boundsOf(geometry!),
        })),
    [shapes],
  )
  const { map } = scene
  const { width, height } = room
  const camera = useMemo(() => {
    if (map.camera.kind === 'at') {
      const centre = mercatorOf(map.camera.lng, map.camera.lat)
      return { centre, scale: WORLD * 2 ** map.camera.zoom }
    }
    const named = map.camera.kind === 'area' ? map.camera.area : null
    // Which street that will be only the wall knows: the first one stands for it
    const area =
      named === BUSIEST_STREET
        ? shapes?.features.find(({ properties }) => properties.level === 'street')?.properties.code
        : named
    const shown = (shapes?.features ?? []).filter(
      ({ properties, geometry }) => geometry && (area === null || properties.code === area),
    )
    const bounds = shown.map(({ geometry }) => boundsOf(geometry!)).reduce<Bounds | null>(together, null)
    return bounds && fitting(bounds, map.box, width, height)
  }, [map, shapes, width, height])
  if (!camera || outlines.length === 0) return null
  const middle = middleOf(map.box, width, height)
  const x = middle.x - camera.centre.x * camera.scale
  const y = middle.y - camera.centre.y * camera.scale
  return (
    <svg className="map-form" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <g transform={`translate(${x} ${y}) scale(${camera.scale})`}>
        {outlines.map(({ code, level, path }) => (
          <path key={code} d={path} data-level={level} />
        ))}
      </g>
    </svg>
  )
}

const middleOf = (box: Box, width: number, height: number) => ({
  x: ((box.x + box.width / 2) / LAYOUT.columns) * width,
  y: ((box.y + box.height / 2) / LAYOUT.rows) * height,
})

const together = (a: Bounds | null, b: Bounds): Bounds =>
  a === null
    ? b
    : {
        west: Math.min(a.west, b.west),
        north: Math.min(a.north, b.north),
        east: Math.max(a.east, b.east),
        south: Math.max(a.south, b.south),
      }

/** A little air is left around what is to be seen. */
const FILLED = 0.92

function fitting(bounds: Bounds, box: Box, width: number, height: number) {
  const scale =
    FILLED *
    Math.min(
      ((box.width / LAYOUT.columns) * width) / (bounds.east - bounds.west),
      ((box.height / LAYOUT.rows) * height) / (bounds.south - bounds.north),
    )
  return {
    centre: { x: (bounds.west + bounds.east) / 2, y: (bounds.north + bounds.south) / 2 },
    scale,
  }
}
