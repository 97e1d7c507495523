import { useEffect, useState } from 'react'

const STEP_MS = 500
const DAY = 86_400
/** At its end the day stands still for a moment before it begins anew. */
const OVERRUN = 1.06

/**
 * The second of the last day that a replay has come to; null: nothing is played again.
 * @param seconds in which the day goes by @param beganAt milliseconds by the server's clock, as of `serverNow`
 */
export function useReplay(
  isReplay: boolean,
  seconds: number,
  beganAt: number,
  serverNow: () => number,
): number | null {
  const [, setStep] = useState(0)
  useEffect(() => {
    if (!isReplay) return
    const timer = setInterval(() => setStep((before) => before + 1), STEP_MS)
    return () => clearInterval(timer)
  }, [isReplay])
  return isReplay ? replayedAt(seconds, beganAt, serverNow()) : null
}

function replayedAt(seconds: number, beganAt: number, now: number): number {
  const begin = Math.ceil(beganAt / 60_000) * 60 - DAY
  const share = (((now - beganAt) / (seconds * 1000)) % 1) * OVERRUN
  // Whole steps: what is drawn in between for another reason shows the same moment
  const step = (seconds * 1000) / STEP_MS
  return Math.round(begin + Math.min(1, Math.max(0, Math.floor(share * step) / step)) * DAY)
}
