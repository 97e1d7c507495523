import { useEffect, useRef } from 'react'

/** Loads the page anew when another scene begins, once the server runs another release than the one it came from. */
export function useNewRelease(release: string | null, sceneBeganAt: number): void {
  const own = useRef(release)
  own.current ??= release
  const isOld = useRef(false)
  isOld.current = release !== null && release !== own.current
  const begun = useRef(sceneBeganAt)
  useEffect(() => {
    if (begun.current !== sceneBeganAt && isOld.current) location.reload()
    begun.current = sceneBeganAt
  }, [sceneBeganAt])
}
