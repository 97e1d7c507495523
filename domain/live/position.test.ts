import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  covers,
  formatPosition,
  formatSnapshot,
  isVisible,
  parsePosition,
  parseSnapshot,
  reaches,
  type Snapshot,
  settle,
} from './position.ts'

const MOST = 40n
const anyXid = fc.bigInt({ min: 1n, max: MOST })
const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .tuple(fc.uniqueArray(anyXid, { maxLength: 8 }), anyXid)
  .map(([xids, end]) => ({
    running: xids.filter((xid) => xid < end).sort((a, b) => Number(a - b)),
    end,
  }))
const everyXid = Array.from({ length: Number(MOST) + 2 }, (_, n) => BigInt(n + 1))
const seenBy = (snapshot: Snapshot) => everyXid.filter((xid) => isVisible(xid, snapshot))

describe('a position', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anySnapshot, fc.nat(), (snapshot, at) => {
        const position = { epoch: '7712.16384', at, snapshot }
        expect(parsePosition(formatPosition(position))).toEqual(position)
        expect(parseSnapshot(formatSnapshot(snapshot))).toEqual(snapshot)
      }),
    )
  })

  it('reads what PostgreSQL writes', () => {
    expect(parseSnapshot('10:20:10,14,15')).toEqual({ running: [10n, 14n, 15n], end: 20n })
    expect(parseSnapshot('10:10:')).toEqual({ running: [], end: 10n })
    const snapshot = parseSnapshot('10:20:10,14,15')!
    expect([9n, 10n, 11n, 15n, 16n, 20n].map((xid) => isVisible(xid, snapshot))).toEqual([
      ...[true, false, true, false],
      ...[true, false],
    ])
  })

  it.each([
    ...['', 'a~1~', 'a~1~10:20', 'a~1~10:20:5', 'a~1~10:20:12,11', 'a~1~10:20:20', 'a~1~20:10:'],
    ...['a~1~0:10:', 'a~x~10:20:', "a';--~1~10:20:", 'a~1~10:20:;drop', 'a~1~10:20:10:11', '~1~1:1:'],
  ])('is not %j', (text) => {
    expect(parsePosition(text)).toBeNull()
  })

  it('covers another one when it has seen all that the other has', () => {
    fc.assert(
      fc.property(anySnapshot, anySnapshot, (one, other) => {
        const seen = new Set(seenBy(one))
        const all = seenBy(other).every((xid) => seen.has(xid))
        // Of transactions still running everybody may know or not: it never says yes where something is missing
        if (covers(one, other)) expect(all).toBe(true)
        expect(covers(one, one)).toBe(true)
      }),
    )
  })

  it('covers what came before it, and nothing that came after, as transactions begin and end', () => {
    const steps = fc.array(fc.oneof(fc.constant('begin' as const), fc.nat(5)), { maxLength: 40 })
    fc.assert(
      fc.property(steps, (todo) => {
        let running: bigint[] = []
        let end = 1n
        let before: Snapshot = { running, end }
        for (const step of todo) {
          if (step === 'begin') running = [...running, end++]
          else running = running.filter((_, n) => n !== step)
          // A snapshot ends behind the newest transaction that has ended
          const now = { running, end }
          expect(covers(now, before)).toBe(true)
          const isMore = seenBy(now).length > seenBy(before).length
          if (isMore) expect(covers(before, now)).toBe(false)
          before = now
        }
      }),
    )
  })

  it('settled has seen the same up to the newest change, and nothing behind it', () => {
    fc.assert(
      fc.property(anySnapshot, anyXid, (snapshot, newest) => {
        const settled = settle(snapshot, newest)
        expect(parseSnapshot(formatSnapshot(settled))).toEqual(settled)
        expect(seenBy(settled)).toEqual(seenBy(snapshot).filter((xid) => xid <= newest))
      }),
    )
  })

  it('of another database reaches nothing', () => {
    expect(reaches('a~1~10:20:10', 'a~1~10:15:10')).toBe(true)
    expect(reaches('a~1~10:15:10', 'a~1~10:20:10')).toBe(false)
    expect(reaches('b~1~10:20:10', 'a~1~10:15:10')).toBe(false)
    expect(reaches('a~1~10:20:10', 'anything')).toBe(false)
  })
})
