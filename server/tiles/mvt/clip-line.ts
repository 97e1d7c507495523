import type { EdgeClipper } from './edge-clipper.ts'
import { LINE, type Shape } from './shape.ts'

/** Writes what lies inside the clipper's square of each line of `source` to `target`, as one part or several. */
export function clipLines(source: Shape, clipper: EdgeClipper, target: Shape): void {
  target.clear(LINE)
  const { xy } = source
  for (let part = 0; part < source.partCount; part++) {
    let isOpen = false
    for (let vertex = source.partStart(part); vertex + 1 < source.partEnd[part]!; vertex++) {
      const at = 2 * vertex
      if (!clipper.cut(xy[at]!, xy[at + 1]!, xy[at + 2]!, xy[at + 3]!)) {
        if (isOpen) target.endPart(false)
        isOpen = false
        continue
      }
      if (isOpen && clipper.entersThroughBorder) target.endPart(false)
      target.add(Math.round(clipper.x0), Math.round(clipper.y0))
      target.add(Math.round(clipper.x1), Math.round(clipper.y1))
      isOpen = !clipper.leavesThroughBorder
      if (!isOpen) target.endPart(false)
    }
    if (isOpen) target.endPart(false)
  }
}
