import { type Box, LAYOUT } from './panel.ts'

/** Whether two boxes share a cell of the layout. */
export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Where a box stands in its layout, as CSS has it. */
export const percentOf = ({ x, y, width, height }: Box) => ({
  left: `${(100 * x) / LAYOUT.columns}%`,
  top: `${(100 * y) / LAYOUT.rows}%`,
  width: `${(100 * width) / LAYOUT.columns}%`,
  height: `${(100 * height) / LAYOUT.rows}%`,
})
