import { useEffect, useMemo, useState } from 'react'
import type { Rect } from '../../../domain/wall/camera.ts'
import { pictureOf } from '../../../domain/wall/picture.ts'
import type { WallContent } from '../../../domain/wall/wall.ts'
import type { Inset } from '../../map/camera.ts'
import { useInterfaceScale } from '../../ui/interface-scale.ts'
import { type WallPart, WHOLE } from '../../wall/wall-part.ts'

/** Of this window, and of the whole picture it is a part of, in the pixels that everything is laid out in. */
export function usePicture(part: WallPart, safeArea: WallContent['safeArea']) {
  const scale = useInterfaceScale()
  const [size, setSize] = useState(() => ({ width: innerWidth, height: innerHeight }))
  useEffect(() => {
    const look = () => setSize({ width: innerWidth, height: innerHeight })
    addEventListener('resize', look)
    return () => removeEventListener('resize', look)
  }, [])
  return useMemo(() => {
    const [width, height] = [size.width / scale, size.height / scale]
    return { width, height, picture: pictureOf(width * part.columns, height * part.rows, safeArea) }
  }, [size, scale, part, safeArea])
}

/** What of this window's map panels cover; a part of a split wall has no such middle of its own. */
export function insetOf(
  clear: Rect,
  window: { width: number; height: number },
  part: WallPart,
): Inset | undefined {
  if (part.columns * part.rows > WHOLE.columns) return undefined
  return {
    left: clear.left,
    top: clear.top,
    right: window.width - clear.left - clear.width,
    bottom: window.height - clear.top - clear.height,
  }
}
