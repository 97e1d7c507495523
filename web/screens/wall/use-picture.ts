import { useEffect, useMemo, useState } from 'react'
import type { WallContent } from '../../../domain/wall/wall.ts'
import { useInterfaceScale } from '../../ui/interface-scale.ts'
import { pictureOf } from '../../wall/picture.ts'
import type { WallPart } from '../../wall/wall-part.ts'

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
