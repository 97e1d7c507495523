import { useEffect, useRef, useState } from 'react'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import type { MapMark } from './map-marks.tsx'

const SHOWN_MS = 5_000
/** More at once would be a flicker, and is seen in the numbers. */
const MOST = 12
/** New cases are among the last ones. */
const LOOKED_AT = 500

/** A mark for a while where a case has just come in. */
export function useNewCases(columns: IncidentColumns | null): readonly MapMark[] {
  const newest = useRef<number | null>(null)
  const [marks, setMarks] = useState<readonly MapMark[]>([])
  useEffect(() => {
    if (!columns) return
    const known = newest.current
    const fresh: MapMark[] = []
    let most = known ?? 0
    for (let row = Math.max(0, columns.length - LOOKED_AT); row < columns.length; row++) {
      const id = columns.id[row]!
      if (known !== null && id > known) {
        const [lng, lat] = [columns.lngE7[row]! / 1e7, columns.latE7[row]! / 1e7]
        fresh.push({ key: `case-${id}`, kind: 'pulse', lng, lat })
      }
      most = Math.max(most, id)
    }
    newest.current = most
    if (fresh.length === 0) return
    const shown = fresh.slice(-MOST)
    setMarks((before) => [...before, ...shown].slice(-MOST))
    const timer = setTimeout(() => {
      timers.current.delete(timer)
      setMarks((before) => before.filter((mark) => !shown.includes(mark)))
    }, SHOWN_MS)
    timers.current.add(timer)
  }, [columns])
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>())
  useEffect(() => {
    const all = timers.current
    return () => {
      for (const timer of all) clearTimeout(timer)
    }
  }, [])
  return marks
}
