import type { Box } from './panel.ts'

/** Whether two boxes share a cell of the layout. */
export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
