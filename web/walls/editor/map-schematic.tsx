import { useMemo } from 'react'
import type { AreaFeatures } from '../../../domain/area.ts'
import { boxOf, together } from '../../../domain/bbox.ts'
import { worldPixels } from '../../../domain/wall/camera.ts'
import type { Picture } from '../../../domain/wall/picture.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { cameraOfScene, type Places } from '../../../domain/wall/scene-camera.ts'
import { outlineOf } from './outline.ts'

interface MapSchematicProps {
  scene: Scene
  shapes: AreaFeatures | undefined
  /** of the wall */
  picture: Picture
}

/** The outlines of the district where the scene's camera will show them, seen from straight above. */
export function MapSchematic({ scene, shapes, picture }: MapSchematicProps) {
  const outlines = useMemo(
    () =>
      (shapes?.features ?? []).flatMap(({ properties: { code, level }, geometry }) =>
        geometry && level !== 'community' ? [{ code, level, path: outlineOf(geometry) }] : [],
      ),
    [shapes],
  )
  const places = useMemo(() => placesOf(shapes), [shapes])
  const camera = useMemo(() => cameraOfScene(scene.map, picture, places), [scene.map, picture, places])
  if (!camera || outlines.length === 0) return null
  const { whole, layout } = picture
  const world = worldPixels(camera.zoom)
  const [x, y] = [whole.width / 2, whole.height / 2]
  return (
    <svg
      className="map-form"
      viewBox={`${layout.left} ${layout.top} ${layout.width} ${layout.height}`}
      aria-hidden="true"
    >
      <g
        transform={`translate(${x} ${y}) rotate(${-camera.bearing}) translate(${-camera.x * world} ${-camera.y * world}) scale(${world})`}
      >
        {outlines.map(({ code, level, path }) => (
          <path key={code} d={path} data-level={level} />
        ))}
      </g>
    </svg>
  )
}

function placesOf(shapes: AreaFeatures | undefined): Places {
  const drawn = (shapes?.features ?? []).flatMap(({ properties, geometry }) =>
    geometry ? [{ ...properties, box: boxOf(geometry.coordinates) }] : [],
  )
  return {
    district: drawn.length > 0 ? drawn.map(({ box }) => box).reduce(together) : null,
    boxes: new Map(drawn.map(({ code, box }) => [code, box])),
    // Which street that will be only the wall knows: the first one stands for it
    busiest: drawn.find(({ level }) => level === 'street')?.code ?? null,
  }
}
