import { expect, it } from 'vitest'
import { LiveLog } from './live-log.ts'

const at = (xid: number) => `a~1~${xid}:${xid}:`
const told = (xid: number, topics: string[] = []) => ({
  kind: 'changes' as const,
  position: at(xid),
  changes: { cases: [], gone: [], topics },
})

it('answers what somebody has not heard, as long as it is kept', () => {
  const log = new LiveLog()
  expect(log.suffices(at(1), at(1))).toBe(true)
  log.add({ kind: 'reload', position: at(5) }, 0)
  expect([log.suffices(at(4), at(4)), log.suffices(at(5), at(5))]).toEqual([false, true])
  log.add(told(10), 1000)
  log.add(told(20), 2000)
  expect(log.behind(at(5)).map(({ position }) => position)).toEqual([at(10), at(20)])
  expect(log.behind(at(15)).map(({ position }) => position)).toEqual([at(20)])
  expect(log.behind(at(20))).toEqual([])
  log.add(told(30), 121_500)
  expect(log.suffices(at(9), at(9))).toBe(false)
  expect(log.suffices(at(10), at(5))).toBe(true)
  log.add({ kind: 'reload', position: at(40) }, 122_000)
  expect(log.behind(at(1))).toEqual([])
  expect([log.suffices(at(39), at(39)), log.suffices(at(41), at(41))]).toEqual([false, true])
})

it('knows that what is not told case by case must be loaded, however much was patched', () => {
  const log = new LiveLog()
  log.add(told(10, ['buildings']), 0)
  expect(log.suffices(at(10), at(5))).toBe(true)
  log.add(told(20, ['incidents']), 0)
  log.add(told(30), 0)
  expect(log.suffices(at(30), at(5))).toBe(false)
  expect(log.suffices(at(30), at(19))).toBe(false)
  expect(log.suffices(at(30), at(20))).toBe(true)
})
