import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isSteered } from '../../../domain/wall/scene-at.ts'
import { sceneUnderAlarm } from '../../../domain/wall/scene-under-alarm.ts'
import { heldAt, UNSTEERED } from '../../../domain/wall/steering.ts'
import type { Wall } from '../../../domain/wall/wall.ts'
import { fetchSteering } from '../../api/endpoints.ts'
import { useAlarms } from '../../wall/use-alarms.ts'
import { useScene } from '../../wall/use-scene.ts'

/** A change is told at once; this is for when nothing is told. */
const STEERING_EVERY_MS = 5_000

/**
 * What stands on a wall: its scene, and the alarm over it.
 * @param held a scene that stays, whoever steers: of a preview
 * @param now seconds after 1970 by the server's clock
 */
export function useStandingScene(
  { id, content }: Wall,
  held: string | null,
  timeZone: string,
  now: number,
  serverNow: () => number,
) {
  const { data: steering = UNSTEERED } = useQuery({
    queryKey: ['wall_steering', id],
    queryFn: ({ signal }) => fetchSteering(id, signal),
    refetchInterval: STEERING_EVERY_MS,
    refetchIntervalInBackground: true,
  })
  const holding = useMemo(() => (held === null ? steering : heldAt(held)), [held, steering])
  const standing = useScene(content, holding, timeZone, serverNow)
  // Whoever edits a wall is not alarmed by it
  const { front: alarm, standing: alarms } = useAlarms(held === null ? id : null, content.alarms, serverNow)
  return {
    /** as the wall goes on below an alarm */
    standing,
    ...sceneUnderAlarm(content, standing, alarm),
    /** the one at the front; null: none */
    alarm,
    /** how many nobody has acknowledged */
    alarms,
    /** null: nobody steers the wall */
    steered: isSteered(steering, now * 1000) ? steering : null,
  }
}
