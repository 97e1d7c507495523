import { expect, it } from 'vitest'
import type { WallDevice } from '../../../domain/access/wall-device.ts'
import type { WatchedWall } from '../../../domain/wall/report.ts'
import { contactOf, dataAgeOf, troublesOf } from './troubles.ts'

const NOW = 1_800_000_000
const ago = (seconds: number) => new Date((NOW - seconds) * 1000).toISOString()

const device: WallDevice = {
  id: 1,
  name: 'Hall',
  scope: [''],
  wallId: null,
  pairedAt: ago(9_000),
  pairedBy: 'zhou',
  lastSeenAt: ago(5),
  lastAddress: null,
  revokedAt: null,
}
const watched: WatchedWall = {
  deviceId: 1,
  wallId: null,
  reportedAt: ago(10),
  hasThumbnail: false,
  report: {
    scene: 'overview',
    wallVersion: 1,
    release: '1.0',
    width: 1920,
    height: 1080,
    pixelRatio: 1,
    frameRate: 60,
    memoryMb: 200,
    dataAgeSeconds: 3,
    clockOffsetMs: 12,
    contextLosses: 0,
    upSeconds: 900,
    lastError: null,
  },
}
const reporting = (report: Partial<WatchedWall['report']>): WatchedWall => ({
  ...watched,
  report: { ...watched.report, ...report },
})

it('finds nothing wrong with a screen that is well, and nothing with one that was taken away', () => {
  expect(troublesOf(device, watched, '1.0', NOW)).toEqual([])
  expect(troublesOf({ ...device, revokedAt: ago(1) }, undefined, '1.0', NOW)).toEqual([])
})

it('names what is wrong, the worst first', () => {
  const silent = { ...device, lastSeenAt: ago(61) }
  expect(troublesOf(silent, undefined, '1.0', NOW)).toEqual(['silent'])
  const ill = reporting({
    contextLosses: 2,
    frameRate: 9,
    release: '0.9',
    clockOffsetMs: -9_000,
    lastError: { at: ago(60), text: 'x' },
  })
  expect(troublesOf(device, ill, '1.0', NOW)).toEqual([
    'contextLost',
    'slow',
    'otherRelease',
    'clockOff',
    'hadError',
  ])
  const once = reporting({ lastError: { at: ago(90_000), text: 'x' } })
  expect(troublesOf(device, once, '1.0', NOW)).toEqual([])
})

it('lets data grow old while nothing is heard of it', () => {
  expect(dataAgeOf(watched, NOW)).toBe(13)
  const old = { ...watched, reportedAt: ago(119) }
  expect(troublesOf(device, old, '1.0', NOW)).toEqual(['dataLate'])
  expect(dataAgeOf(reporting({ dataAgeSeconds: null }), NOW)).toBeNull()
})

it('tells a screen that has not asked yet from one that was lost', () => {
  expect(contactOf({ ...device, lastSeenAt: null, pairedAt: ago(20) }, undefined, NOW)).toBe('waiting')
  expect(contactOf({ ...device, lastSeenAt: null }, undefined, NOW)).toBe('late')
  expect(contactOf({ ...device, lastSeenAt: ago(90) }, watched, NOW)).toBe('live')
})
