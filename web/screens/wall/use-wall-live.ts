import { useCallback, useRef } from 'react'
import { useLive } from '../../live/live-provider.tsx'

/** The live stream as the wall uses it: by the server's clock. */
export function useWallLive() {
  const live = useLive()
  const toServer = useRef(0)
  toServer.current = live.clockOffsetMs
  /** milliseconds after 1970 by the server's clock */
  const serverNow = useCallback(() => Date.now() + toServer.current, [])
  return {
    serverNow,
    /** of this machine's clock against the server's */
    clockOffsetMs: -live.clockOffsetMs,
    release: live.release,
  }
}
