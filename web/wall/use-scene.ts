import { useEffect, useMemo, useState } from 'react'
import { type SceneMoment, sceneAt } from '../../domain/wall/scene-at.ts'
import type { Steering } from '../../domain/wall/steering.ts'
import type { WallContent } from '../../domain/wall/wall.ts'

/** Timers of hours go wrong when a machine sleeps: the clock is looked at again. */
const LOOK_AGAIN_MS = 5_000

/** The scene that stands now. It stays the same object until another one, or it anew, begins. */
export function useScene(
  content: WallContent,
  steering: Steering,
  timeZone: string,
  serverNow: () => number,
): SceneMoment {
  const [tick, setTick] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tick is when the clock is looked at
  const fresh = useMemo(
    () => sceneAt(content, steering, serverNow(), timeZone),
    [content, steering, timeZone, serverNow, tick],
  )
  const { scene, beganAt, endsAt, pinned } = fresh
  const moment = useMemo(() => ({ scene, beganAt, endsAt, pinned }), [scene, beganAt, endsAt, pinned])
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each look comes the next one
  useEffect(() => {
    const wait = Math.min(LOOK_AGAIN_MS, Math.max(0, moment.endsAt - serverNow()) + 1)
    const timer = setTimeout(() => setTick((before) => before + 1), wait)
    return () => clearTimeout(timer)
  }, [moment, serverNow, tick])
  return moment
}
