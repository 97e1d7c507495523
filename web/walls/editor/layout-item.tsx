import { StopOutlined } from '@ant-design/icons'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Box, Panel } from '../../../domain/wall/panel.ts'
import { percentOf } from '../../ui/layout-percent.ts'
import type { Edges } from './layout-box.ts'
import { PanelSchematic } from './panel-schematic.tsx'

interface LayoutItemProps {
  id: string
  /** null: the map */
  panel: Panel | null
  name: string
  box: Box
  isSelected: boolean
  /** it is over something where it is held now */
  isBlocked: boolean
  /** how often it was just kept from going where it should */
  refusedTimes: number
  onFocus(): void
  onKeyDown(event: KeyboardEvent): void
  /** `edges` null: the whole of it */
  onGrip(event: PointerEvent, edges: Edges | null): void
  handlers: Pick<React.DOMAttributes<HTMLElement>, 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'>
}

const EDGES: Edges[] = ([-1, 0, 1] as const)
  .flatMap((y) => ([-1, 0, 1] as const).map((x) => ({ x, y })))
  .filter(({ x, y }) => x !== 0 || y !== 0)

/** The map's box or a panel in the layout. */
export function LayoutItem({
  id,
  panel,
  name,
  box,
  isSelected,
  isBlocked,
  refusedTimes,
  ...on
}: LayoutItemProps) {
  const { t } = useTranslation()
  return (
    <div
      className="layout-item"
      style={percentOf(box)}
      data-item={id}
      data-kind={panel?.kind ?? 'map'}
      data-selected={isSelected}
      data-blocked={isBlocked}
      data-box={`${box.x},${box.y},${box.width},${box.height}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: what it holds is no text of a button */}
      <div
        className="layout-body"
        // Each refusal is shown anew, without losing the focus
        data-refused={refusedTimes === 0 ? 'no' : refusedTimes % 2 === 0 ? 'even' : 'odd'}
        role="button"
        tabIndex={0}
        aria-pressed={isSelected}
        aria-label={t('wallDesk.itemLabel', {
          name,
          x: box.x + 1,
          y: box.y + 1,
          width: box.width,
          height: box.height,
        })}
        onFocus={on.onFocus}
        onKeyDown={on.onKeyDown}
        onPointerDown={(event) => {
          on.onFocus()
          on.onGrip(event, null)
        }}
        {...on.handlers}
      >
        {panel ? <PanelSchematic panel={panel} name={name} /> : <span className="map-name">{name}</span>}
        {isBlocked && <StopOutlined className="blocked-sign" aria-hidden="true" />}
      </div>
      {isSelected &&
        EDGES.map((edges) => (
          <i
            key={`${edges.x} ${edges.y}`}
            className="layout-handle"
            data-x={edges.x}
            data-y={edges.y}
            onPointerDown={(event) => on.onGrip(event, edges)}
            {...on.handlers}
          />
        ))}
    </div>
  )
}
