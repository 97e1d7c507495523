import { type PointerEvent, type RefObject, useState } from 'react'
import { type Box, LAYOUT } from '../../../domain/wall/panel.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { type Edges, inTheWay, moved, resized } from './layout-box.ts'

/** Something on its way: where it would stand, and what is in the way there. */
export interface Drag {
  id: string
  box: Box
  blockedBy: string | null
}

interface Grip {
  id: string
  from: Box
  /** null: the whole box is moved */
  edges: Edges | null
  x: number
  y: number
}

/** Moving and pulling by mouse or finger, snapped to the layout; only what stands free is kept. */
export function useLayoutDrag(
  layout: RefObject<HTMLElement | null>,
  scene: Scene,
  onPlace: (id: string, box: Box) => void,
  onRefused: (id: string, blockedBy: string) => void,
) {
  const [grip, setGrip] = useState<Grip | null>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const leave = () => {
    setGrip(null)
    setDrag(null)
  }

  function onPointerDown(event: PointerEvent, id: string, from: Box, edges: Edges | null): void {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    setGrip({ id, from, edges, x: event.clientX, y: event.clientY })
  }

  function onPointerMove(event: PointerEvent): void {
    if (!grip || !layout.current) return
    const { width, height } = layout.current.getBoundingClientRect()
    const columns = Math.round(((event.clientX - grip.x) / width) * LAYOUT.columns)
    const rows = Math.round(((event.clientY - grip.y) / height) * LAYOUT.rows)
    const box = grip.edges ? resized(grip.from, grip.edges, columns, rows) : moved(grip.from, columns, rows)
    setDrag({ id: grip.id, box, blockedBy: inTheWay(scene, grip.id, box) })
  }

  function onPointerUp(): void {
    if (drag?.blockedBy) onRefused(drag.id, drag.blockedBy)
    else if (drag && JSON.stringify(drag.box) !== JSON.stringify(grip?.from)) onPlace(drag.id, drag.box)
    leave()
  }

  return { drag, leave, handlers: { onPointerMove, onPointerUp, onPointerCancel: leave }, onPointerDown }
}
