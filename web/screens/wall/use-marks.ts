import { useMemo } from 'react'
import type { IncidentColumns } from '../../../domain/columns/incident-columns.ts'
import type { AlarmMoment } from '../../../domain/wall/alarm-at.ts'
import type { Steering } from '../../../domain/wall/steering.ts'
import type { MapMark } from '../../wall/map-marks.tsx'
import { useNewCases } from '../../wall/use-new-cases.ts'

interface WallMarks {
  /** that have just come in */
  cases: readonly MapMark[]
  /** where somebody points, where an alarm is: nothing lies over them */
  places: readonly MapMark[]
}

/** What is marked on the map. */
export function useMarks(
  recent: IncidentColumns | null,
  pointed: Steering['mark'],
  moment: AlarmMoment | null,
): WallMarks {
  const cases = useNewCases(recent)
  const places = useMemo(() => {
    const all: MapMark[] = []
    if (pointed) all.push({ key: 'point', kind: 'point', ...pointed })
    if (moment) {
      const { id, lng, lat } = moment.alarm
      if (lng !== null && lat !== null) all.push({ key: `alarm-${id}`, kind: 'alarm', lng, lat })
    }
    return all
  }, [pointed, moment])
  return { cases, places }
}
