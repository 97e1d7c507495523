import { useEffect, useRef, useState } from 'react'

const ROLL_MS = 900

/** A number that rolls from what it was to what it is. */
export function RollingNumber({
  value,
  write,
  still,
}: {
  value: number
  write(value: number): string
  /** nobody wants movement */
  still: boolean
}) {
  const [shown, setShown] = useState(value)
  const at = useRef(value)
  useEffect(() => {
    const from = at.current
    if (still || from === value) {
      at.current = value
      setShown(value)
      return
    }
    const begin = performance.now()
    let request = requestAnimationFrame(function step() {
      const share = Math.min(1, (performance.now() - begin) / ROLL_MS)
      at.current = share === 1 ? value : from + (value - from) * (1 - (1 - share) ** 3)
      setShown(at.current)
      if (share < 1) request = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(request)
  }, [value, still])
  return <>{write(shown)}</>
}
