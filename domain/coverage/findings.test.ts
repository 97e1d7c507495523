import { describe, expect, it } from 'vitest'
import { findCoverageProblems } from './findings.ts'
import { partition, place } from './partition-fixture.ts'
import type { CoverageGrid } from './parts.ts'

describe('the problems of a coverage', () => {
  const drawn = partition({ columns: 4, rows: 3, bendsPerSide: 3, cellM: 100, seed: 3 })

  it('are none in a clean one', () => {
    expect(findCoverageProblems(drawn)).toEqual([])
    expect(findCoverageProblems([])).toEqual([])
  })

  it('are a gap where a grid is missing, with its neighbours and its size', () => {
    const missing = drawn[5]!
    const [gap, ...more] = findCoverageProblems(drawn.filter((grid) => grid !== missing))
    expect(more).toEqual([])
    expect(gap).toMatchObject({ kind: 'gap', keys: ['000002', '000005', '000007', '000010'] })
    expect(gap!.areaM2).toBeGreaterThan(2_000)
    expect(gap!.widthM).toBeGreaterThan(30)
  })

  it('are no gap where a grid is missing at the rim', () => {
    expect(findCoverageProblems(drawn.slice(1))).toEqual([])
  })

  it('are an overlap however thin', () => {
    const box = (west: number, east: number): CoverageGrid['geometry'] => [
      [[place(west, 0), place(east, 0), place(east, 100), place(west, 100), place(west, 0)]],
    ]
    const problems = findCoverageProblems([
      { key: 'a', geometry: box(0, 100.02) },
      { key: 'b', geometry: box(100, 200) },
    ])
    expect(problems.map(({ kind, keys }) => [kind, ...keys])).toEqual([['overlap', 'a', 'b']])
    expect(problems[0]!.areaM2).toBeLessThan(4)
    expect(problems[0]!.widthM).toBeLessThan(0.04)
  })

  it('are an overlap of the whole grid where two are the same', () => {
    const [one, other] = drawn
    const problems = findCoverageProblems([one!, { key: 'x', geometry: one!.geometry }, other!])
    expect(problems.map(({ kind, keys }) => [kind, ...keys])).toEqual([['overlap', '000001', 'x']])
  })
})
