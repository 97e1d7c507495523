import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyColumns } from '../columns/incident-columns.ts'
import { applyRows, type CodedRow } from '../columns/rows.ts'
import { AREA_OF_GRID, anyRows, CATEGORIES, dictionaries } from '../columns/test-rows.ts'
import { INTAKES } from '../incident.ts'
import { busiestStreet } from './busiest-street.ts'
import { FIGURES, RANKING_BY, SOON_HOURS } from './panel.ts'
import { type RankingPlaces, rankingOf } from './ranking.ts'
import { figureOf, pressingRows, tallyOf } from './tally.ts'

const NOW = 1_700_000_020

function columnsOf(rows: readonly CodedRow[]) {
  const columns = emptyColumns(0, dictionaries())
  applyRows(columns, [], rows)
  return { columns, all: Uint32Array.from({ length: columns.length }, (_, row) => row) }
}

/** Deadlines around the limit of "soon" too. */
const anyCases = anyRows.chain((rows) =>
  fc
    .array(fc.constantFrom(0, NOW - 1, NOW, NOW + SOON_HOURS * 3600 - 1, NOW + SOON_HOURS * 3600), {
      minLength: rows.length,
      maxLength: rows.length,
    })
    .map((due) => rows.map((row, n) => ({ ...row, dueAt: due[n]! }))),
)

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

describe('the figures of a wall', () => {
  it('are those of a plain recount', () => {
    fc.assert(
      fc.property(anyCases, (rows) => {
        const { columns, all } = columnsOf(rows)
        const open = rows.filter(({ closedAt }) => closedAt === 0)
        const closed = rows.filter(({ closedAt }) => closedAt !== 0)
        const timed = closed.filter(({ dueAt }) => dueAt !== 0)
        const soon = NOW + SOON_HOURS * 3600
        const recount = {
          reported: rows.length,
          open: open.length,
          overdue: open.filter(({ dueAt }) => dueAt !== 0 && dueAt < NOW).length,
          dueSoon: open.filter(({ dueAt }) => dueAt >= NOW && dueAt < soon).length,
          closed: closed.length,
          closedOnTimeRate: share(
            timed.filter(({ dueAt, closedAt }) => closedAt <= dueAt).length,
            timed.length,
          ),
          urgentOpen: open.filter(({ level }) => level <= 2).length,
        }
        const tally = tallyOf(columns, all, NOW)
        for (const figure of FIGURES)
          expect([figure, figureOf(tally, figure)]).toEqual([figure, recount[figure]])
        expect(pressingRows(columns, all, NOW)).toHaveLength(recount.overdue + recount.dueSoon)
      }),
    )
  })
})

const PLACES: RankingPlaces = {
  areas: [
    { code: '110101', level: 'district', parentCode: null, gridCount: 1 },
    { code: '110101001', level: 'street', parentCode: '110101', gridCount: 1 },
    { code: '110101002', level: 'street', parentCode: '110101', gridCount: 1 },
    { code: '110101001001', level: 'community', parentCode: '110101001', gridCount: 1 },
    { code: '110101002001', level: 'community', parentCode: '110101002', gridCount: 1 },
  ],
  areaOfGrid: AREA_OF_GRID,
  categories: CATEGORIES,
}

describe('a ranking', () => {
  const { grids, departments, categories } = dictionaries()
  const codeOf = {
    grid: (row: CodedRow) => grids[row.grid]!,
    community: (row: CodedRow) => AREA_OF_GRID.get(grids[row.grid]!) ?? '',
    street: (row: CodedRow) => (AREA_OF_GRID.get(grids[row.grid]!) ?? '').slice(0, 9),
    department: (row: CodedRow) => departments[row.department]!,
    category: (row: CodedRow) => (categories[row.category]!.startsWith('road') ? 'road' : 'rubbish'),
  }

  it.each(RANKING_BY)('by %s is that of a plain recount, the largest or the lowest rate first', (by) => {
    fc.assert(
      fc.property(
        anyCases,
        fc.constantFrom('count' as const, 'open' as const, 'overdue' as const, 'closedOnTimeRate' as const),
        (rows, measure) => {
          const { columns, all } = columnsOf(rows)
          const ranking = rankingOf({ by, measure, most: 15 }, columns, all, NOW, PLACES)
          const seen = new Set(rows.map(codeOf[by]))
          seen.delete('')
          const recount = [...seen].flatMap((code) => {
            const its = rows.filter((row) => codeOf[by](row) === code)
            const open = its.filter(({ closedAt }) => closedAt === 0)
            const timed = its.filter(({ closedAt, dueAt }) => closedAt !== 0 && dueAt !== 0)
            const value = {
              count: its.length,
              open: open.length,
              overdue: open.filter(({ dueAt }) => dueAt !== 0 && dueAt < NOW).length,
              closedOnTimeRate:
                timed.length < 5
                  ? null
                  : timed.filter(({ dueAt, closedAt }) => closedAt <= dueAt).length / timed.length,
            }[measure]
            return value === null ? [] : [[code, value]]
          })
          expect(Object.fromEntries(ranking.map(({ code, value }) => [code, value]))).toEqual(
            Object.fromEntries(recount),
          )
          const values = ranking.map(({ value }) => value)
          const firstFirst = measure === 'closedOnTimeRate' ? 1 : -1
          expect(values).toEqual([...values].sort((a, b) => firstFirst * (a - b)))
        },
      ),
    )
  })

  it('has no more lines than it was asked for', () => {
    const row: CodedRow = {
      ...{ id: 1, lngE7: 0, latE7: 0, reportedAt: NOW, dueAt: 0, closedAt: 0 },
      ...{ category: 0, grid: 1, department: 1, status: 0, level: 1, intake: INTAKES.length - 1 },
    }
    const { columns, all } = columnsOf([row, { ...row, id: 2, grid: 2 }, { ...row, id: 3, grid: 3 }])
    expect(rankingOf({ by: 'grid', measure: 'count', most: 2 }, columns, all, NOW, PLACES)).toHaveLength(2)
  })
})

describe('the busiest street', () => {
  const row = (id: number, grid: number, closedAt = 0): CodedRow => ({
    ...{ id, lngE7: 0, latE7: 0, reportedAt: NOW, dueAt: 0, closedAt },
    ...{ category: 0, grid, department: 1, status: 0, level: 1, intake: 0 },
  })
  const { columns } = columnsOf([row(1, 1), row(2, 3), row(3, 3), row(4, 1, NOW), row(5, 1, NOW)])

  it('has the most open cases', () => expect(busiestStreet(columns, PLACES)).toBe('110101002'))

  it('is none where no street is seen, or none has an open case', () => {
    const areas = PLACES.areas!.filter(({ level }) => level === 'community')
    expect(busiestStreet(columns, { ...PLACES, areas })).toBe('')
    expect(busiestStreet(columnsOf([row(1, 1, NOW)]).columns, PLACES)).toBe('')
  })
})
