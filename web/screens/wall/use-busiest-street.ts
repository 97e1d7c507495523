import { useRef } from 'react'
import { groupsOf, type RankingPlaces } from '../../../domain/wall/ranking.ts'
import type { CaseStore } from '../../wall/wall-cases.ts'

/**
 * The street with the most open cases as the scene that began then found it: it does not change while it is looked
 * at. Null: not known yet, or there is none.
 */
export function useBusiestStreet(
  open: CaseStore | null,
  places: RankingPlaces,
  beganAt: number,
): string | null {
  const found = useRef<{ beganAt: number; code: string } | null>(null)
  if (open && places.areas.length > 0 && found.current?.beganAt !== beganAt) {
    const { columns } = open
    const rows = Uint32Array.from({ length: columns.length }, (_, row) => row)
    const streets = groupsOf('street', columns, rows, 0, { ...places, areaOfGrid: open.context.areaOfGrid })
    streets.sort((a, b) => b.tally.open - a.tally.open || (a.code < b.code ? -1 : 1))
    found.current = streets[0] ? { beganAt, code: streets[0].code } : null
  }
  return found.current?.code ?? null
}
