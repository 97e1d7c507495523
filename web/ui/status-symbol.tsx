import { useEffect, useRef } from 'react'
import type { Status } from '../../domain/incident.ts'
import { drawSymbol } from './draw-status.ts'
import { useInterfaceScale } from './interface-scale.ts'
import type { Theme } from './palettes.ts'

const SIZE_PIXELS = 20

/** The symbol a case has on the map. */
export function StatusSymbol({ status, overdue, theme }: { status: Status; overdue: boolean; theme: Theme }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scale = useInterfaceScale()
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !context) return
    const size = Math.round(SIZE_PIXELS * devicePixelRatio * scale)
    canvas.current.width = size
    canvas.current.height = size
    drawSymbol(context, { x: 0, y: 0, size }, { status, overdue, theme })
  }, [status, overdue, theme, scale])
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} style={{ width: SIZE_PIXELS, height: SIZE_PIXELS }} />
    </span>
  )
}
