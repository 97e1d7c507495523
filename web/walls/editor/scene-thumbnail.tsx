import { LAYOUT } from '../../../domain/wall/panel.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import './scene-thumbnail.css'

/** The layout of a scene as a small drawing. */
export function SceneThumbnail({ scene }: { scene: Scene }) {
  const { map, panels } = scene
  return (
    <svg
      className="scene-thumbnail"
      viewBox={`0 0 ${LAYOUT.columns} ${LAYOUT.rows * 1.125}`}
      aria-hidden="true"
    >
      <rect {...inset(map.box)} className="map" rx={0.3} />
      {panels.map(({ id, box }) => (
        <rect key={id} {...inset(box)} rx={0.3} />
      ))}
    </svg>
  )
}

const AIR = 0.2
const inset = ({ x, y, width, height }: Scene['map']['box']) => ({
  x: x + AIR,
  y: (y + AIR) * 1.125,
  width: width - 2 * AIR,
  height: (height - 2 * AIR) * 1.125,
})
