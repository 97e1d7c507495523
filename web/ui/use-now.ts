import { useEffect, useState } from 'react'

const seconds = () => Math.floor(Date.now() / 1000)

/** Seconds after 1970, brought up to date every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => setNow(seconds()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** As useNow, by the server's clock. `toServerMs`: what to add to this machine's clock to have it. */
export const useServerNow = (everyMs: number, toServerMs: number): number =>
  useNow(everyMs) + Math.round(toServerMs / 1000)
