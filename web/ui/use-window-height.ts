import { useSyncExternalStore } from 'react'
import { useInterfaceScale } from './interface-scale.ts'

/** Pixels of the style sheets. */
export function useWindowHeight(): number {
  const scale = useInterfaceScale()
  const height = useSyncExternalStore(
    (changed) => {
      addEventListener('resize', changed)
      return () => removeEventListener('resize', changed)
    },
    () => innerHeight,
  )
  return height / scale
}
