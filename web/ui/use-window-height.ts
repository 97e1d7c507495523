import { useSyncExternalStore } from 'react'

/** Pixels. */
export function useWindowHeight(): number {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('resize', changed)
      return () => removeEventListener('resize', changed)
    },
    () => innerHeight,
  )
}
