import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { AlarmRule } from '../../domain/wall/alarm.ts'
import { type AlarmMoment, alarmAt, type HeardAlarm } from '../../domain/wall/alarm-at.ts'
import { fetchAlarms } from '../api/endpoints.ts'
import { soundTone } from './tone.ts'
import { useTick } from './use-tick.ts'

const ASK_EVERY_MS = 5_000
const FORGET_AFTER_MS = 3_600_000

/** The alarm at the front now, and how many nobody has acknowledged; of no wall (null) none. */
export function useAlarms(wallId: number | null, rules: readonly AlarmRule[], serverNow: () => number) {
  const { data } = useQuery({
    queryKey: ['alarms', wallId],
    queryFn: ({ signal }) => fetchAlarms(wallId!, signal),
    enabled: wallId !== null,
    refetchInterval: ASK_EVERY_MS,
    refetchIntervalInBackground: true,
  })
  const heard = useRef(new Map<number, HeardAlarm>())
  const list = useMemo(() => {
    if (data) heardAgain(heard.current, data, serverNow())
    return [...heard.current.values()]
  }, [data, serverNow])
  const now = useTick(serverNow, 1000)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tick is when the clock is looked at
  const fresh = useMemo(() => alarmAt(list, rules, serverNow()), [list, rules, serverNow, now])
  const kept = useRef<AlarmMoment | null>(null)
  if (fresh?.alarm.id !== kept.current?.alarm.id || fresh?.beganAt !== kept.current?.beganAt)
    kept.current = fresh
  const front = kept.current

  const id = front?.alarm.id
  const isLoud = rules.find((rule) => rule.id === front?.alarm.ruleId)?.sound ?? false
  useEffect(() => {
    if (id !== undefined && isLoud) return soundTone()
  }, [id, isLoud])
  return { front, standing: data?.length ?? 0 }
}

function heardAgain(
  heard: Map<number, HeardAlarm>,
  standing: readonly HeardAlarm['alarm'][],
  now: number,
): void {
  const ids = new Set(standing.map(({ id }) => id))
  for (const [id, one] of heard) {
    if (!ids.has(id) && one.goneAt === null) heard.set(id, { ...one, goneAt: now })
    if (now - Date.parse(one.alarm.expiresAt) > FORGET_AFTER_MS) heard.delete(id)
  }
  for (const alarm of standing)
    if (heard.get(alarm.id)?.goneAt !== null) heard.set(alarm.id, { alarm, goneAt: null })
}
