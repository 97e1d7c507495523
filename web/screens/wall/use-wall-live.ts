import { useCallback, useRef } from 'react'
import { useLive } from '../../live/live-provider.tsx'

/** The live stream as the wall uses it: by the server's clock. */
export function useWallLive() {
  const { toServerMs, release } = useLive()
  const latest = useRef(0)
  latest.current = toServerMs
  /** milliseconds after 1970 by the server's clock */
  const serverNow = useCallback(() => Date.now() + latest.current, [])
  return {
    serverNow,
    /** of this machine's clock against the server's */
    clockOffsetMs: -toServerMs,
    release,
  }
}
