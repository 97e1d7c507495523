import { useEffect, useState } from 'react'

/** The server's clock in whole seconds after 1970, brought up to date every `everyMs`, at full ones of it. */
export function useTick(serverNow: () => number, everyMs: number): number {
  const [now, setNow] = useState(() => Math.floor(serverNow() / 1000))
  useEffect(() => {
    let timer = 0
    const look = () => {
      const ms = serverNow()
      setNow(Math.floor(ms / 1000))
      timer = window.setTimeout(look, everyMs - (ms % everyMs) + 2)
    }
    look()
    return () => clearTimeout(timer)
  }, [serverNow, everyMs])
  return now
}
