import { overlaps } from '../../../domain/wall/box.ts'
import { type Box, LAYOUT, type Panel } from '../../../domain/wall/panel.ts'
import type { Scene } from '../../../domain/wall/scene.ts'

/** What stands in a layout: the map by this name, a panel by its id. */
export const MAP = 'map'

/** A side of a box that is pulled: -1 left or top, 1 right or bottom, 0 neither. */
export interface Edges {
  x: -1 | 0 | 1
  y: -1 | 0 | 1
}

const between = (least: number, value: number, most: number) => Math.min(Math.max(value, least), most)

/** Moved by columns and rows, as far as the layout reaches. */
export const moved = (box: Box, columns: number, rows: number): Box => ({
  ...box,
  x: between(0, box.x + columns, LAYOUT.columns - box.width),
  y: between(0, box.y + rows, LAYOUT.rows - box.height),
})

/** Pulled at a side or a corner, never smaller than one cell and never out of the layout. */
export function resized(box: Box, edges: Edges, columns: number, rows: number): Box {
  const across = pulled(box.x, box.width, edges.x, columns, LAYOUT.columns)
  const down = pulled(box.y, box.height, edges.y, rows, LAYOUT.rows)
  return { x: across.start, y: down.start, width: across.length, height: down.length }
}

function pulled(start: number, length: number, edge: -1 | 0 | 1, by: number, most: number) {
  if (edge === 0) return { start, length }
  if (edge === 1) return { start, length: between(1, length + by, most - start) }
  const begin = between(0, start + by, start + length - 1)
  return { start: begin, length: start + length - begin }
}

/** Everything in the layout of a scene, the map first. */
export const itemsOf = ({ map, panels }: Scene): { id: string; box: Box; panel: Panel | null }[] => [
  { id: MAP, box: map.box, panel: null },
  ...panels.map((panel) => ({ id: panel.id, box: panel.box, panel })),
]

/**
 * The panel that `id` would newly lie over at `box`; null: none. What it lies over already does not hold it fast: a
 * layout from elsewhere can be put in order piece by piece. Panels may cover the map, which lies under all of them.
 */
export function inTheWay(scene: Scene, id: string, box: Box): string | null {
  if (id === MAP) return null
  const now = scene.panels.find((panel) => panel.id === id)?.box
  const hit = scene.panels.find(
    (panel) => panel.id !== id && overlaps(panel.box, box) && !(now && overlaps(panel.box, now)),
  )
  return hit?.id ?? null
}

/** Panels that cover some of what the map is to keep in view. */
export const coversMap = ({ map, panels }: Scene): Panel[] =>
  panels.filter(({ box }) => overlaps(box, map.box))

/** The first free room for a box of this size, read as a text is, beside the map where it can be; null: there is none. */
export function freeBox(scene: Scene, width: number, height: number): Box | null {
  const panels = scene.panels.map(({ box }) => box)
  return firstFree([...panels, scene.map.box], width, height) ?? firstFree(panels, width, height)
}

function firstFree(taken: readonly Box[], width: number, height: number): Box | null {
  for (let y = 0; y + height <= LAYOUT.rows; y++) {
    for (let x = 0; x + width <= LAYOUT.columns; x++) {
      const box = { x, y, width, height }
      if (!taken.some((other) => overlaps(other, box))) return box
    }
  }
  return null
}
