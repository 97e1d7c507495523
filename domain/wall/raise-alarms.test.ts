import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilterContext } from '../columns/filter.ts'
import type { CodedRow } from '../columns/rows.ts'
import { AREA_OF_GRID, anyRows, CATEGORIES, columnsOf } from '../columns/test-rows.ts'
import { STATUSES } from '../incident.ts'
import type { AlarmRule } from './alarm.ts'
import { MOST_AT_ONCE, type RaisedAlarm, raiseAlarms } from './raise-alarms.ts'

const NOW = 1_700_000_000
const context: FilterContext = { categories: CATEGORIES, areaOfGrid: AREA_OF_GRID }

const rule = (when: AlarmRule['when'], more: Partial<AlarmRule> = {}): AlarmRule => ({
  id: 'rule',
  title: 'title',
  when,
  seconds: 30,
  sound: false,
  ...more,
})
const row = (id: number, more: Partial<CodedRow> = {}): CodedRow => ({
  id,
  lngE7: 1_160_000_000,
  latE7: 390_000_000,
  reportedAt: NOW - 60,
  dueAt: 0,
  closedAt: 0,
  category: 3,
  grid: 1,
  department: 0,
  status: 0,
  level: 3,
  intake: 0,
  ...more,
})

/** Watches as the server does: what a rule told of is remembered. */
class Watch {
  readonly told = new Set<string>()
  constructor(readonly rules: AlarmRule[]) {}
  raise(rows: readonly CodedRow[], now = NOW): RaisedAlarm[] {
    const raised = raiseAlarms(columnsOf(rows), this.rules, now, context, ({ id }, incidentId) =>
      this.told.has(`${id} ${incidentId}`),
    )
    for (const alarm of raised) for (const id of alarm.cases) this.told.add(`${alarm.rule.id} ${id}`)
    return raised
  }
  casesOf = (rows: readonly CodedRow[], now?: number) => this.raise(rows, now).map(({ cases }) => cases)
}

describe('a rule that counts', () => {
  const three = () => new Watch([rule({ kind: 'count', count: 3, withinMinutes: 10 })])

  it('alarms when so many cases of one grid were reported within its minutes, and tells of all of them', () => {
    const watch = three()
    const early = row(1, { reportedAt: NOW - 601 })
    const two = [early, row(2), row(3)]
    expect(watch.casesOf(two)).toEqual([])
    expect(watch.casesOf([...two, row(4, { grid: 2 })])).toEqual([])
    const [alarm, ...others] = watch.raise([
      ...two,
      row(5, { level: 1, category: 1, lngE7: 1_160_000_300 }),
      row(6),
    ])
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ cases: [2, 3, 5, 6], level: 1, dueAt: null, lng: 116.0000075, lat: 39 })
    expect(alarm!.grid).toBe([...AREA_OF_GRID.keys()][0])
    expect(alarm!.categories).toEqual(['rubbish', 'rubbish', 'road-hole', 'rubbish'])
  })

  it('alarms again only of as many new cases', () => {
    const watch = three()
    const first = [row(1), row(2), row(3)]
    expect(watch.casesOf(first)).toEqual([[1, 2, 3]])
    const later = [...first, row(4), row(5)]
    expect(watch.casesOf(later)).toEqual([])
    expect(watch.casesOf([...later, row(6)])).toEqual([[4, 5, 6]])
  })

  it('leaves out what is void, and what lies outside all grids', () => {
    const status = STATUSES.indexOf('void')
    expect(three().casesOf([row(1), row(2), row(3, { status })])).toEqual([])
    expect(three().casesOf([1, 2, 3].map((id) => row(id, { grid: 0 })))).toEqual([])
  })

  it('of 1 alarms of each case, wherever it lies', () => {
    const watch = new Watch([rule({ kind: 'count', count: 1, withinMinutes: 10 }, { level: [1] })])
    const rows = [row(1, { level: 1 }), row(2, { level: 1, grid: 0 }), row(3, { level: 2 })]
    expect(watch.casesOf(rows)).toEqual([[1], [2]])
    expect(watch.casesOf(rows)).toEqual([])
  })

  it('counts a category with those below it', () => {
    const watch = new Watch([rule({ kind: 'count', count: 2, withinMinutes: 10 }, { category: ['road'] })])
    expect(
      watch.casesOf([row(1, { category: 1 }), row(2, { category: 3 }), row(3, { category: 2 })]),
    ).toEqual([[1, 3]])
  })

  it('alarms of some at a time when there are many', () => {
    const watch = new Watch([rule({ kind: 'count', count: 1, withinMinutes: 10 })])
    const rows = Array.from({ length: MOST_AT_ONCE + 5 }, (_, n) => row(n + 1))
    expect(watch.raise(rows)).toHaveLength(MOST_AT_ONCE)
    expect(watch.raise(rows)).toHaveLength(5)
  })
})

describe('a rule of deadlines', () => {
  const half = () => new Watch([rule({ kind: 'due', withinMinutes: 30 })])
  const in30 = NOW + 1800

  it('alarms once of each open case before its deadline, the nearest one first', () => {
    const watch = half()
    const rows = [
      row(1, { dueAt: in30, reportedAt: NOW - 90_000 }),
      row(2, { dueAt: in30 - 60 }),
      row(3, { dueAt: in30 + 1 }),
      row(4, { dueAt: NOW }),
      row(5, { dueAt: in30, closedAt: NOW - 5 }),
      row(6),
    ]
    const raised = watch.raise(rows)
    expect(raised.map(({ cases, dueAt }) => [cases, dueAt])).toEqual([
      [[2], in30 - 60],
      [[1], in30],
    ])
    expect(watch.casesOf(rows)).toEqual([])
    expect(watch.casesOf(rows, NOW + 1)).toEqual([[3]])
  })
})

const when: fc.Arbitrary<AlarmRule['when']> = fc.oneof(
  fc.record({
    kind: fc.constant('count' as const),
    count: fc.integer({ min: 1, max: 5 }),
    withinMinutes: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('due' as const), withinMinutes: fc.integer({ min: 1, max: 2 }) }),
)
const level = fc.option(fc.subarray([1, 2, 3, 4] as const), { nil: undefined })

describe('whatever the cases and the rules', () => {
  it('a rule tells of a case once, of its own cases alone, and leaves nothing out', () => {
    fc.assert(
      fc.property(
        anyRows,
        fc.array(fc.tuple(when, level), { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }),
        (rows, kinds, steps) => {
          const rules = kinds.map(([one, levels], n) =>
            rule(one, { id: `r${n}`, ...(levels && { level: [...levels] }) }),
          )
          const watch = new Watch(rules)
          const told = new Set<string>()
          let now = NOW
          for (const step of steps) {
            now += step
            const byId = new Map(rows.map((one) => [one.id, one]))
            let raised: RaisedAlarm[]
            // As rounds follow each other, until there is nothing more
            do {
              raised = watch.raise(rows, now)
              for (const { rule: its, cases, grid } of raised) {
                const own = cases.map((id) => byId.get(id)!)
                for (const one of own) {
                  const key = `${its.id} ${one.id}`
                  expect(told.has(key)).toBe(false)
                  told.add(key)
                  if (its.level?.length) expect(its.level).toContain(one.level)
                  expect([...AREA_OF_GRID.keys()][one.grid - 1] ?? '').toBe(grid)
                }
                if (its.when.kind === 'count') expect(cases.length).toBeGreaterThanOrEqual(its.when.count)
                else expect(own).toMatchObject([{ closedAt: 0 }])
              }
            } while (raised.length > 0)
            for (const its of rules) {
              if (its.when.kind !== 'count') continue
              const { count, withinMinutes } = its.when
              const left = rows.filter(
                (one) =>
                  one.reportedAt <= now &&
                  one.reportedAt >= now - withinMinutes * 60 &&
                  one.status !== STATUSES.indexOf('void') &&
                  (!its.level?.length || its.level.includes(one.level as 1)) &&
                  !told.has(`${its.id} ${one.id}`),
              )
              const most = Math.max(
                0,
                ...[1, 2, 3].map((grid) => left.filter((one) => one.grid === grid).length),
              )
              expect(most).toBeLessThan(count)
            }
          }
        },
      ),
    )
  })
})
