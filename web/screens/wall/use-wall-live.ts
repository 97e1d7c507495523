import { useCallback, useRef } from 'react'
import { useLive } from '../../live/live-provider.tsx'

/** The live stream as the wall uses it: the server's clock, and until when it was heard of. */
export function useWallLive() {
  const live = useLive()
  const toServer = useRef(0)
  toServer.current = live.clockOffsetMs
  /** milliseconds after 1970 by the server's clock */
  const serverNow = useCallback(() => Date.now() + toServer.current, [])
  const heardAt = useRef(0)
  if (live.state === 'live') heardAt.current = serverNow()
  return {
    serverNow,
    /** of this machine's clock against the server's */
    clockOffsetMs: -live.clockOffsetMs,
    /** milliseconds by the server's clock: then all that had changed was known; 0: never */
    heardAt: heardAt.current,
    release: live.release,
  }
}
