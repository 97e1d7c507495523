import { useMemo } from 'react'
import type { IncidentColumns } from '../../../domain/columns/incident-columns.ts'
import type { AlarmMoment } from '../../../domain/wall/alarm-at.ts'
import type { Steering } from '../../../domain/wall/steering.ts'
import type { MapMark } from '../../wall/map-marks.tsx'
import { useNewCases } from '../../wall/use-new-cases.ts'

/** Marks on the map: cases that have just come in, where somebody points, where an alarm is. */
export function useMarks(
  recent: IncidentColumns | null,
  pointed: Steering['mark'],
  moment: AlarmMoment | null,
): readonly MapMark[] {
  const pulses = useNewCases(recent)
  return useMemo(() => {
    const all: MapMark[] = [...pulses]
    if (pointed) all.push({ key: 'point', kind: 'point', ...pointed })
    if (moment) {
      const { id, lng, lat } = moment.alarm
      if (lng !== null && lat !== null) all.push({ key: `alarm-${id}`, kind: 'alarm', lng, lat })
    }
    return all
  }, [pulses, pointed, moment])
}
