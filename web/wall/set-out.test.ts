import { expect, it } from 'vitest'
import { mercatorOf } from '../../domain/mercator.ts'
import { setOut } from './set-out.ts'

const look = (lng: number) => ({ ...mercatorOf(lng, 30), zoom: 12, bearing: 0, pitch: 0 })

it('sets out when a scene begins, and not again because the same place is reckoned anew', () => {
  const first = setOut(null, look(120), 1_000, 1_200)
  expect(first.at).toBe(1_000)
  expect(setOut(first, look(120), 1_000, 2_000)).toBe(first)
  expect(setOut(first, look(121), 31_000, 31_100).at).toBe(31_000)
})

it('sets out now for what somebody wishes within a scene', () => {
  const first = setOut(null, look(120), 1_000, 1_200)
  expect(setOut(first, look(121), 1_000, 9_000).at).toBe(9_000)
})

it('glides back when an alarm is over', () => {
  const scene = setOut(null, look(120), 1_000, 1_200)
  const alarm = setOut(scene, look(125), 10_000, 10_050)
  expect(alarm.at).toBe(10_000)
  const back = setOut(alarm, look(120), 1_000, 16_000)
  expect(back.at).toBe(16_000)
  // And the next scene begins as ever
  expect(setOut(back, look(130), 31_000, 31_010).at).toBe(31_000)
})
