import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyColumns } from '../../domain/columns/incident-columns.ts'
import { applyRows, type CodedRow } from '../../domain/columns/rows.ts'
import { AREA_OF_GRID, anyRows, CATEGORIES, dictionaries } from '../../domain/columns/test-rows.ts'
import { BUSIEST_STREET, SOON_HOURS } from '../../domain/wall/panel.ts'
import { casesOverTime } from './cases-over-time.ts'
import { listed } from './listed.ts'
import { type CaseStores, chooseCases, type Moment } from './wall-cases.ts'

// Later than the rows by a little
const NOW = 1_700_000_045
const MOMENT: Moment = { now: NOW, timeZone: 'Asia/Shanghai', busiest: '110101001', replayAt: null }

function storesOf(rows: readonly CodedRow[]): CaseStores {
  const columns = emptyColumns(0, dictionaries())
  applyRows(columns, [], rows)
  const store = { columns, context: { categories: CATEGORIES, areaOfGrid: AREA_OF_GRID }, latitude: 39 }
  return { recent: store, open: store }
}

const idsOf = (chosen: ReturnType<typeof chooseCases>) =>
  [...chosen!.rows].map((row) => chosen!.selection.columns.id[row]!).sort((a, b) => a - b)
const ids = (rows: readonly CodedRow[]) => rows.map(({ id }) => id).sort((a, b) => a - b)

describe('the cases of a source', () => {
  it('are those of a plain recount: of an area, still open, pressing, until a moment of a replay', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const stores = storesOf(rows)
        const areaOf = (row: CodedRow) => AREA_OF_GRID.get(dictionaries().grids[row.grid]!) ?? ''
        const open = rows.filter(({ closedAt }) => closedAt === 0)
        const choose = (source: object, moment: Partial<Moment> = {}) =>
          idsOf(chooseCases(stores, { kind: 'incidents', ...source }, { ...MOMENT, ...moment }))
        expect(choose({ span: 'open' })).toEqual(ids(open))
        expect(choose({ span: '24h', area: BUSIEST_STREET })).toEqual(
          ids(rows.filter((row) => areaOf(row).startsWith('110101001'))),
        )
        expect(choose({ span: 'open', pressing: true })).toEqual(
          ids(open.filter(({ dueAt }) => dueAt !== 0 && dueAt < NOW + SOON_HOURS * 3600)),
        )
        expect(choose({ span: '24h' }, { replayAt: NOW - 20 })).toEqual(
          ids(rows.filter(({ reportedAt }) => reportedAt < NOW - 20)),
        )
      }),
    )
  })

  it('are the bars of a trend: only pressing ones where those are asked for, of a replay its whole day', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const bars = (source: object, moment: Partial<Moment> = {}) => {
          const chosen = chooseCases(
            storesOf(rows),
            { kind: 'incidents', ...source },
            { ...MOMENT, ...moment },
          )!
          const { counts } = casesOverTime(chosen, MOMENT.timeZone)
          return { inBars: counts.reduce((sum, count) => sum + count, 0), rows: chosen.rows.length }
        }
        const pressing = bars({ span: '7d', pressing: true })
        expect(pressing.inBars).toBe(pressing.rows)
        expect(bars({ span: '24h' }, { replayAt: NOW - 20 }).inBars).toBe(rows.length)
      }),
    )
  })

  it('are not known while the busiest street is not, and all that is seen where there is none', () => {
    const source = { kind: 'incidents', area: BUSIEST_STREET } as const
    expect(chooseCases(storesOf([]), source, { ...MOMENT, busiest: null })).toBeNull()
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(idsOf(chooseCases(storesOf(rows), source, { ...MOMENT, busiest: '' }))).toEqual(ids(rows))
      }),
    )
  })
})

describe('a list', () => {
  const row = (id: number, dueAt: number, closedAt = 0): CodedRow => ({
    ...{ id, lngE7: 0, latE7: 0, reportedAt: NOW - 1000 + id, dueAt, closedAt },
    ...{ category: 0, grid: 1, department: 0, status: 0, level: 1, intake: 0 },
  })
  const { recent } = storesOf([
    row(1, NOW - 50),
    row(2, NOW + 500),
    row(3, NOW + 20),
    row(4, NOW - 10),
    row(5, NOW + 5, NOW),
    row(6, 0),
  ])
  const all = Uint32Array.of(0, 1, 2, 3, 4, 5)
  const list = (order: 'newest' | 'deadline', most: number) =>
    listed(recent!.columns, all, order, most, NOW).map((place) => recent!.columns.id[place])

  it('has the newest first', () => expect(list('newest', 3)).toEqual([6, 5, 4]))
  it('has the deadline that comes next first, then those that just passed', () =>
    expect(list('deadline', 5)).toEqual([3, 2, 4, 1]))
})
