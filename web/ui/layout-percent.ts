import { type Box, LAYOUT } from '../../domain/wall/panel.ts'

/** Where a box stands in the layout of a wall, as CSS has it. */
export const percentOf = ({ x, y, width, height }: Box) => ({
  left: `${(100 * x) / LAYOUT.columns}%`,
  top: `${(100 * y) / LAYOUT.rows}%`,
  width: `${(100 * width) / LAYOUT.columns}%`,
  height: `${(100 * height) / LAYOUT.rows}%`,
})
