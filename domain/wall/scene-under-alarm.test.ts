import { expect, it } from 'vitest'
import type { Alarm } from './alarm.ts'
import type { AlarmMoment } from './alarm-at.ts'
import { readyMadeWall } from './ready-made.ts'
import type { SceneMoment } from './scene-at.ts'
import { sceneUnderAlarm } from './scene-under-alarm.ts'

const { scenes, alarms } = readyMadeWall('en')
const [first, second] = scenes as [(typeof scenes)[0], (typeof scenes)[0]]
const bringing = (scene: string) => ({ scenes, alarms: alarms.map((rule) => ({ ...rule, scene })) })

const standing: SceneMoment = { scene: first, beganAt: 1_000, endsAt: 31_000, pinned: false }
const alarm: AlarmMoment = {
  alarm: { id: 1, ruleId: alarms[0]!.id } as Alarm,
  beganAt: 10_000,
  endsAt: 30_000,
}

it('stands since its own begin while an alarm stands over it, for which the map sets out', () => {
  const under = { scene: first, beganAt: 1_000, setsOutAt: 10_000 }
  expect(sceneUnderAlarm({ scenes, alarms }, standing, alarm)).toEqual(under)
  // The alarm brings the scene that stands
  expect(sceneUnderAlarm(bringing(first.id), standing, alarm)).toEqual(under)
  expect(sceneUnderAlarm({ scenes, alarms }, standing, null)).toEqual({ ...under, setsOutAt: 1_000 })
})

it('is another one since the alarm began that brings it', () => {
  expect(sceneUnderAlarm(bringing(second.id), standing, alarm)).toEqual({
    scene: second,
    beganAt: 10_000,
    setsOutAt: 10_000,
  })
})

it('sets out for the scene that begins while an alarm stands', () => {
  const next = { ...standing, beganAt: 20_000 }
  expect(sceneUnderAlarm({ scenes, alarms }, next, alarm).setsOutAt).toBe(20_000)
})
