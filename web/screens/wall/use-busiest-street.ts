import { useRef } from 'react'
import { busiestStreet } from '../../../domain/wall/busiest-street.ts'
import type { RankingPlaces } from '../../../domain/wall/ranking.ts'
import type { CaseStore } from '../../wall/wall-cases.ts'

/**
 * The street with the most open cases as the scene that began then found it: it does not change while it is looked
 * at. '': there is none; null: not known yet.
 */
export function useBusiestStreet(
  open: CaseStore | null,
  places: RankingPlaces,
  beganAt: number,
): string | null {
  const found = useRef<{ beganAt: number; code: string } | null>(null)
  if (open && places.areas && found.current?.beganAt !== beganAt) {
    const code = busiestStreet(open.columns, { ...places, areaOfGrid: open.context.areaOfGrid })
    found.current = { beganAt, code }
  }
  return found.current?.code ?? null
}
