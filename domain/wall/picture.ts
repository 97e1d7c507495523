import type { Rect } from './camera.ts'
import { FRAME } from './frame.ts'
import { type Box, LAYOUT } from './panel.ts'
import type { WallContent } from './wall.ts'

/** Where things stand in the whole picture, in its pixels. */
export interface Picture {
  whole: Rect
  title: Rect
  layout: Rect
  trust: Rect
}

export function pictureOf(width: number, height: number, safeArea: WallContent['safeArea']): Picture {
  const left = width * safeArea.left
  const top = height * safeArea.top
  const inner = {
    width: width - left - width * safeArea.right,
    height: height - top - height * safeArea.bottom,
  }
  const titleHeight = inner.height * FRAME.title
  const trustHeight = inner.height * FRAME.trust
  const row = (from: number, rowHeight: number): Rect => ({
    left,
    top: top + from,
    width: inner.width,
    height: rowHeight,
  })
  return {
    whole: { left: 0, top: 0, width, height },
    title: row(0, titleHeight),
    layout: row(titleHeight, inner.height - titleHeight - trustHeight),
    trust: row(inner.height - trustHeight, trustHeight),
  }
}

/** A box of the layout, `margin` pixels in. */
export function boxIn({ layout }: Picture, box: Box, margin: number): Rect {
  const [column, row] = [layout.width / LAYOUT.columns, layout.height / LAYOUT.rows]
  return {
    left: layout.left + box.x * column + margin,
    top: layout.top + box.y * row + margin,
    width: Math.max(1, box.width * column - 2 * margin),
    height: Math.max(1, box.height * row - 2 * margin),
  }
}
