import type { Status } from '../../domain/incident.ts'
import { MAP_COLOURS } from './map-colours.ts'
import { OVERDUE, STATUS_COLOURS, STATUS_SHAPES, type StatusShape, type Theme } from './palettes.ts'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

export interface CaseLook {
  status: Status
  overdue: boolean
  theme: Theme
}

/** Draws the symbol of a case into the square at (x, y): its status's shape, in a ring when it is overdue. */
export function drawSymbol(
  context: Context,
  { x, y, size }: { x: number; y: number; size: number },
  { status, overdue, theme }: CaseLook,
): void {
  const unit = size / 64
  const middle = { x: x + size / 2, y: y + size / 2 }
  if (overdue) {
    context.beginPath()
    context.arc(middle.x, middle.y, 28 * unit, 0, 2 * Math.PI)
    context.lineWidth = 5 * unit
    context.strokeStyle = OVERDUE[theme]
    context.stroke()
  }
  drawShape(
    context,
    STATUS_SHAPES[status],
    { ...middle, r: 17 * unit },
    { fill: STATUS_COLOURS[theme][status], rim: MAP_COLOURS[theme].halo, rimWidth: 4 * unit },
  )
}

/** A shape of radius `r` around (x, y): filled, with a rim that sets it off from the map. */
function drawShape(
  context: Context,
  shape: StatusShape,
  { x, y, r }: { x: number; y: number; r: number },
  { fill, rim, rimWidth }: { fill: string; rim: string; rimWidth: number },
): void {
  context.lineJoin = 'round'
  context.fillStyle = fill
  context.strokeStyle = rim
  context.lineWidth = rimWidth * 2
  context.beginPath()
  OUTLINES[shape](context, x, y, r)
  context.stroke()
  context.fill('evenodd')
  if (shape !== 'halfDisc') return
  context.beginPath()
  context.fillStyle = rim
  context.arc(x, y, r * 0.52, -Math.PI / 2, Math.PI / 2)
  context.fill()
}

const OUTLINES: Record<StatusShape, (path: CanvasPath, x: number, y: number, r: number) => void> = {
  triangle: (path, x, y, r) => polygon(path, x, y + r * 0.12, r * 1.12, 3, -Math.PI / 2),
  diamond: (path, x, y, r) => polygon(path, x, y, r * 1.08, 4, -Math.PI / 2),
  square: (path, x, y, r) => polygon(path, x, y, r * 1.12, 4, Math.PI / 4),
  disc: (path, x, y, r) => path.arc(x, y, r * 0.92, 0, 2 * Math.PI),
  halfDisc: (path, x, y, r) => path.arc(x, y, r * 0.92, 0, 2 * Math.PI),
  ring: (path, x, y, r) => {
    path.arc(x, y, r * 0.8, 0, 2 * Math.PI)
    path.moveTo(x + r * 0.38, y)
    path.arc(x, y, r * 0.38, 0, 2 * Math.PI)
  },
  bars: (path, x, y, r) => {
    path.rect(x - r * 0.72, y - r * 0.8, r * 0.52, r * 1.6)
    path.rect(x + r * 0.2, y - r * 0.8, r * 0.52, r * 1.6)
  },
  cross,
}

function polygon(path: CanvasPath, x: number, y: number, r: number, corners: number, turn: number): void {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (corner * 2 * Math.PI) / corners
    const place = [x + r * Math.cos(angle), y + r * Math.sin(angle)] as const
    if (corner === 0) path.moveTo(...place)
    else path.lineTo(...place)
  }
  path.closePath()
}

function cross(path: CanvasPath, x: number, y: number, r: number): void {
  const [arm, half] = [r * 0.85, r * 0.27]
  const turned = (dx: number, dy: number) =>
    [x + (dx - dy) * Math.SQRT1_2, y + (dx + dy) * Math.SQRT1_2] as const
  const corners = [
    [-half, -arm],
    [half, -arm],
    [half, -half],
    [arm, -half],
    [arm, half],
    [half, half],
    [half, arm],
    [-half, arm],
    [-half, half],
    [-arm, half],
    [-arm, -half],
    [-half, -half],
  ] as const
  for (const [index, [dx, dy]] of corners.entries()) {
    const place = turned(dx, dy)
    if (index === 0) path.moveTo(...place)
    else path.lineTo(...place)
  }
  path.closePath()
}
