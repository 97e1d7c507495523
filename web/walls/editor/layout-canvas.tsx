import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FRAME } from '../../../domain/wall/frame.ts'
import { type Box, LAYOUT, type Panel } from '../../../domain/wall/panel.ts'
import { pictureOf } from '../../../domain/wall/picture.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import type { WallContent } from '../../../domain/wall/wall.ts'
import { wallScale } from '../../ui/interface-scale.ts'
import type { Choices } from './choices.ts'
import { inTheWay, itemsOf, MAP, moved, resized } from './layout-box.ts'
import './layout.css'
import { LayoutItem } from './layout-item.tsx'
import { MapSchematic } from './map-schematic.tsx'
import { panelName } from './panel-name.ts'
import { useLayoutDrag } from './use-layout-drag.ts'
import type { WallSize } from './wall-size.ts'

interface LayoutCanvasProps {
  scene: Scene
  content: WallContent
  size: WallSize
  choices: Choices
  /** id of a panel, or the map */
  selected: string | null
  onSelect(id: string | null): void
  /** `run`: in small steps, more of which may come */
  onPlace(id: string, box: Box, run: boolean): void
  onRemove(id: string): void
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const share = (part: number) => `${part * 100}%`

/** A wall in its own proportions: map and panels of a scene, moved and resized by mouse and by keyboard. */
export function LayoutCanvas({ scene, content, size, choices, ...props }: LayoutCanvasProps) {
  const { selected, onSelect, onPlace, onRemove } = props
  const { t } = useTranslation()
  const nameOf = (panel: Panel | null) => (panel ? panelName(panel, scene, t) : t('wallDesk.map'))
  const layout = useRef<HTMLDivElement>(null)
  const [refused, setRefused] = useState<{ id: string; text: string; time: number } | null>(null)
  const items = itemsOf(scene)
  const nameOfItem = (id: string) => nameOf(items.find((item) => item.id === id)?.panel ?? null)

  const refuse = (id: string, blockedBy: string) =>
    setRefused((before) => ({
      id,
      text: t('wallDesk.overlap', { name: nameOfItem(id), other: nameOfItem(blockedBy) }),
      time: (before?.time ?? 0) + 1,
    }))
  const place = (id: string, box: Box, run = false) => {
    setRefused(null)
    onPlace(id, box, run)
  }
  const { drag, leave, handlers, onPointerDown } = useLayoutDrag(layout, scene, place, refuse)

  function onKeyDown(event: KeyboardEvent, id: string, box: Box): void {
    const arrow = ARROWS[event.key]
    if (arrow && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      const next = event.shiftKey ? resized(box, { x: 1, y: 1 }, ...arrow) : moved(box, ...arrow)
      const blockedBy = inTheWay(scene, id, next)
      if (blockedBy) refuse(id, blockedBy)
      else if (JSON.stringify(next) !== JSON.stringify(box)) place(id, next, true)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (drag) leave()
      else onSelect(null)
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && id !== MAP) {
      event.preventDefault()
      onRemove(id)
    }
  }

  const { left, top, right, bottom } = content.safeArea
  const scale = wallScale(size.height)
  const picture = useMemo(
    () => pictureOf(size.width / scale, size.height / scale, content.safeArea),
    [size, scale, content.safeArea],
  )
  const moving =
    drag && (drag.blockedBy ? t('wallDesk.overlapHere', { other: nameOfItem(drag.blockedBy) }) : '')
  return (
    <div className="canvas-holder">
      <div
        className="canvas-frame"
        style={
          { aspectRatio: `${size.width} / ${size.height}`, '--ratio': size.width / size.height } as object
        }
        data-wall-theme={content.theme}
      >
        <Seams split={content.split} />
        <div
          className="canvas-safe"
          style={{
            inset: [top, right, bottom, left].map(share).join(' '),
            gridTemplateRows: `${share(FRAME.title)} minmax(0, 1fr) ${share(FRAME.trust)}`,
          }}
        >
          <span className="canvas-title">{scene.title || t('wallDesk.untitled')}</span>
          <div className="canvas" ref={layout} onPointerDown={() => onSelect(null)}>
            <MapSchematic scene={scene} shapes={choices.shapes} picture={picture} />
            <span className="canvas-cells" aria-hidden="true" />
            {items.map(({ id, box, panel }) => (
              <LayoutItem
                key={id}
                id={id}
                panel={panel}
                name={nameOf(panel)}
                box={drag?.id === id ? drag.box : box}
                isSelected={selected === id}
                isBlocked={drag?.id === id && drag.blockedBy !== null}
                refusedTimes={refused?.id === id ? refused.time : 0}
                onFocus={() => onSelect(id)}
                onKeyDown={(event) => onKeyDown(event, id, box)}
                onGrip={(event, edges) => onPointerDown(event, id, box, edges)}
                handlers={handlers}
              />
            ))}
          </div>
        </div>
      </div>
      <p className="canvas-word" role="status" data-refused={Boolean(moving || refused)}>
        {moving || refused?.text || t('wallDesk.canvasHint', { columns: LAYOUT.columns, rows: LAYOUT.rows })}
      </p>
    </div>
  )
}

const WHOLE = { columns: 1, rows: 1 }

/** Where one machine of the wall ends and the next begins. */
function Seams({ split = WHOLE }: { split: WallContent['split'] | undefined }) {
  const between = (count: number) => Array.from({ length: count - 1 }, (_, n) => share((n + 1) / count))
  return (
    <>
      {between(split.columns).map((left) => (
        <i key={left} className="canvas-seam" style={{ left, top: 0, bottom: 0 }} />
      ))}
      {between(split.rows).map((top) => (
        <i key={top} className="canvas-seam" style={{ top, left: 0, right: 0 }} />
      ))}
    </>
  )
}
