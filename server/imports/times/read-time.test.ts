import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statedTimeReader, timeReader } from './read-time.ts'
import { ZonedClock } from './zoned-time.ts'

const shanghai = new ZonedClock('Asia/Shanghai')
const newYork = new ZonedClock('America/New_York')

const iso = (answer: number | string) =>
  typeof answer === 'number' ? new Date(answer).toISOString() : answer
const inShanghai = (text: string) => iso(timeReader(shanghai)(text))
const inNewYork = (text: string) => iso(timeReader(newYork)(text))

describe('times', () => {
  it('reads the forms that files come in', () => {
    expect(inShanghai('2024-05-31 08:30:00')).toBe('2024-05-31T00:30:00.000Z')
    expect(inShanghai('2024/5/31 8:30')).toBe('2024-05-31T00:30:00.000Z')
    expect(inShanghai('2024-05-31')).toBe('2024-05-30T16:00:00.000Z')
    expect(inShanghai('20240531083000')).toBe('2024-05-31T00:30:00.000Z')
    expect(inShanghai('2024年5月31日 8时30分')).toBe('2024-05-31T00:30:00.000Z')
    expect(inShanghai('2024年5月31日 下午3:05:09')).toBe('2024-05-31T07:05:09.000Z')
    expect(inNewYork('01/02/2015 09:08:42 AM')).toBe('2015-01-02T14:08:42.000Z')
    expect(inNewYork('07/02/2015 12:00:00 AM')).toBe('2015-07-02T04:00:00.000Z')
    expect(inNewYork('31/12/2015')).toBe('2015-12-31T05:00:00.000Z')
  })

  it('believes an offset more than the zone', () => {
    expect(inShanghai('2019-06-18T13:34:00+09:00')).toBe('2019-06-18T04:34:00.000Z')
    expect(inShanghai('2019-06-18T13:34:00Z')).toBe('2019-06-18T13:34:00.000Z')
    expect(inShanghai('2019/06/18 13:34:00.500+09')).toBe('2019-06-18T04:34:00.000Z')
  })

  it('names what it cannot read', () => {
    expect(inShanghai('3/4/2024 10:00')).toBe('time-ambiguous')
    for (const text of ['yesterday', '2024-02-30', '2024-13-01', '2024-05-31 25:00', '13/13/2024', '']) {
      expect(inShanghai(text)).toBe('time-unreadable')
    }
  })

  it('reads a stated form, and only that', () => {
    const read = statedTimeReader('DD/MM/YYYY HH:mm', shanghai)!
    expect(iso(read('3/4/2024 10:00'))).toBe('2024-04-03T02:00:00.000Z')
    expect(read('2024-04-03')).toBe('time-unreadable')
    expect(statedTimeReader('HH:mm', shanghai)).toBeNull()
  })

  it('puts a time that the clock skips behind the gap, and takes the first of one that comes twice', () => {
    expect(inNewYork('2015-03-08 02:30:00')).toBe('2015-03-08T07:30:00.000Z')
    expect(inNewYork('2015-11-01 01:30:00')).toBe('2015-11-01T05:30:00.000Z')
  })

  it('gives every instant back that the zone writes, but for the hour that comes twice', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    const seconds = fc.integer({ min: 0, max: 2_000_000_000 })
    fc.assert(
      fc.property(seconds, (second) => {
        const answer = timeReader(newYork)(format.format(second * 1000))
        expect([second * 1000, (second - 3600) * 1000]).toContain(answer)
        if (answer !== second * 1000)
          expect(format.format(answer as number)).toBe(format.format(second * 1000))
      }),
    )
  })
})
