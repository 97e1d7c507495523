import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MultiPolygon, Position, Ring } from '../geometry.ts'
import { cleanCoverage } from './clean.ts'
import { findCoverageProblems } from './findings.ts'
import { doubleArea, toUnits } from './lattice.ts'
import { partition, place, soil } from './partition-fixture.ts'
import type { CoverageGrid } from './parts.ts'

const limits = { toleranceM: 0.5 }

/** A ring through points in metres, closed. */
function ring(...metres: [number, number][]): Ring {
  return [...metres, metres[0]!].map(([x, y]) => place(x, y))
}

function box(west: number, south: number, east: number, north: number): Ring {
  return ring([west, south], [east, south], [east, north], [west, north])
}

function grid(key: string, ...polygons: Ring[][]): CoverageGrid {
  return { key, geometry: polygons }
}

function areaM2(geometry: MultiPolygon): number {
  const double = geometry.flat().reduce((sum, points) => {
    const open = points.slice(0, -1)
    return (
      sum +
      doubleArea(
        open.map(([lng]) => toUnits(lng)),
        open.map(([, lat]) => toUnits(lat)),
      )
    )
  }, 0)
  return (double / 2) * 1e-14 * 85_395 * 111_040
}

/** To ten square metres: the places of the fixtures are rounded to the lattice. */
function areasByKey(coverage: readonly CoverageGrid[]): Record<string, number> {
  return Object.fromEntries(
    coverage.map(({ key, geometry }) => [key, Math.round(areaM2(geometry) / 10) * 10]),
  )
}

const has = (geometry: MultiPolygon, point: Position) =>
  geometry.flat(2).some(([lng, lat]) => lng === point[0] && lat === point[1])

describe('cleaning a coverage', () => {
  it('gives a neighbour the vertex that it lacks, and says where', () => {
    const { coverage, changes, problems } = cleanCoverage(
      [
        grid('a', [box(0, 0, 100, 100)]),
        grid('b', [box(100, 0, 200, 50)]),
        grid('c', [box(100, 50, 200, 100)]),
      ],
      limits,
    )
    expect(problems).toEqual([])
    expect(changes).toEqual([{ kind: 'vertex-added', keys: ['a'], at: place(100, 50) }])
    expect(has(coverage[0]!.geometry, place(100, 50))).toBe(true)
  })

  it('snaps to the lattice and says of how many vertices', () => {
    const off = box(0, 0, 100, 100).map(([lng, lat]): Position => [lng + 3e-9, lat])
    const { coverage, changes } = cleanCoverage([grid('a', [off])], limits)
    expect(coverage[0]!.geometry).toEqual([[box(0, 0, 100, 100)]])
    expect(changes).toEqual([{ kind: 'snapped', keys: ['a'], at: place(0, 0), count: 4 }])
  })

  it('gives a sliver gap to the neighbour with the longest border to it', () => {
    const a = grid('a', [ring([0, 0], [100, 0], [100, 100], [0, 100])])
    const b = grid('b', [ring([100, 0], [200, 0], [200, 100], [100, 100], [100.3, 90], [100.3, 10])])
    const { coverage, changes, problems } = cleanCoverage([a, b], limits)
    expect(problems).toEqual([])
    expect(changes.map(({ kind, keys }) => [kind, ...keys])).toEqual([['sliver-closed', 'b', 'a']])
    expect(changes[0]!.areaM2).toBeCloseTo(27, 0)
    expect(areasByKey(coverage)).toEqual({ a: 10_000, b: 10_000 })
  })

  it('gives a sliver with equal borders to the lower key', () => {
    const [[x, south], [, middle], [, north]] = [place(50, 0), place(50, 50), place(50, 100)]
    const [west, east] = [place(0, 0)[0], place(100, 0)[0]]
    const off = 24e-7
    const left: Ring = [
      [west, south],
      [x, south],
      [x - off, middle],
      [x, north],
      [west, north],
      [west, south],
    ]
    const right: Ring = [
      [x, south],
      [east, south],
      [east, north],
      [x, north],
      [x + off, middle],
      [x, south],
    ]
    const named = (one: string, other: string) =>
      areasByKey(cleanCoverage([grid(one, [left]), grid(other, [right])], limits).coverage)
    expect(named('a', 'b')).toEqual({ a: 5010, b: 4990 })
    expect(named('b', 'a')).toEqual({ a: 5010, b: 4990 })
  })

  it('takes a sliver of overlap from one of the two', () => {
    const { coverage, changes, problems } = cleanCoverage(
      [grid('a', [box(0, 0, 100.3, 100)]), grid('b', [box(100, 0, 200, 100)])],
      limits,
    )
    expect(problems).toEqual([])
    expect(changes.map(({ kind }) => kind)).toContain('overlap-removed')
    const areas = coverage.map(({ geometry }) => areaM2(geometry))
    expect(areas[0]! + areas[1]!).toBeCloseTo(20_000, -1)
    expect(findCoverageProblems(coverage)).toEqual([])
  })

  it('closes a crack that is open at its ends', () => {
    const { coverage, changes } = cleanCoverage(
      [grid('a', [box(0, 0, 99.8, 100)]), grid('b', [box(100, 0, 200, 100)])],
      limits,
    )
    expect(changes.map(({ kind }) => kind)).toContain('sliver-closed')
    const areas = coverage.map(({ geometry }) => areaM2(geometry))
    expect(areas[0]! + areas[1]!).toBeCloseTo(20_000, -1)
    const [a, b] = coverage.map(({ geometry }) => geometry)
    expect(a![0]![0]!.filter((point) => has(b!, point)).length).toBeGreaterThanOrEqual(2)
  })

  it('closes the cracks round grids that nowhere touch', () => {
    const shrunk = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => {
      const [x, y] = [(i % 3) * 100, Math.floor(i / 3) * 100]
      return grid(String(i), [box(x + 0.1, y + 0.1, x + 99.9, y + 99.9)])
    })
    const { coverage, problems } = cleanCoverage(shrunk, limits)
    expect(problems).toEqual([])
    const total = coverage.reduce((sum, { geometry }) => sum + areaM2(geometry), 0)
    expect(total).toBeCloseTo(areaM2([[box(0.1, 0.1, 299.9, 299.9)]]), 0)
  })

  it('leaves a bay between two grids open', () => {
    const { coverage, changes } = cleanCoverage(
      [
        grid('a', [box(0, 0, 100, 100)]),
        grid('b', [box(120, 0, 200, 100)]),
        grid('c', [box(0, 100, 200, 110)]),
      ],
      limits,
    )
    expect(changes.filter(({ kind }) => kind === 'sliver-closed')).toEqual([])
    expect(areasByKey(coverage)).toEqual({ a: 10_000, b: 8000, c: 2000 })
  })

  it('leaves what is wider than the tolerance and says where, how large and how wide', () => {
    const frame = [
      grid('a', [box(0, 0, 100, 40)]),
      grid('b', [box(0, 60, 100, 100)]),
      grid('c', [box(0, 40, 48, 60)]),
      grid('d', [box(50, 40, 100, 60)]),
      grid('e', [box(90, 40, 110, 60)]),
    ]
    const { coverage, problems } = cleanCoverage(frame, limits)
    expect(problems.map(({ kind, keys }) => [kind, ...keys])).toEqual([
      ['overlap', 'd', 'e'],
      ['gap', 'a', 'b', 'c', 'd'],
    ])
    const [overlap, gap] = problems
    expect(overlap!.areaM2).toBeCloseTo(200, 0)
    expect(overlap!.widthM).toBeCloseTo(10, 0)
    expect(gap!.areaM2).toBeCloseTo(40, 0)
    expect(gap!.widthM).toBeCloseTo(2, 1)
    const middle = place(49, 50)
    expect(Math.abs(gap!.at[0] - middle[0])).toBeLessThan(1e-6)
    expect(areasByKey(coverage)).toEqual({ a: 4000, b: 4000, c: 960, d: 1000, e: 400 })
  })

  it('closes no sliver that is larger than allowed', () => {
    const grids = [grid('a', [box(0, 0, 100.3, 100)]), grid('b', [box(100, 0, 200, 100)])]
    expect(cleanCoverage(grids, { toleranceM: 0.5, sliverAreaM2: 20 }).problems).toHaveLength(1)
    expect(cleanCoverage(grids, { toleranceM: 0.5, sliverAreaM2: 40 }).problems).toHaveLength(0)
  })

  it('takes a grid inside a hole of another for no gap', () => {
    const ringGrid = grid('a', [box(0, 0, 100, 100), box(40, 40, 60, 60)])
    expect(cleanCoverage([ringGrid, grid('b', [box(40, 40, 60, 60)])], limits).problems).toEqual([])
    const island = cleanCoverage([ringGrid, grid('b', [box(45, 45, 55, 55)])], limits)
    expect(island.problems.map(({ kind, areaM2 }) => [kind, Math.round(areaM2)])).toEqual([['gap', 300]])
  })

  it('leaves holes that touch their ring at a corner, and parts that touch at one, as valid polygons', () => {
    const touching = grid('a', [
      ring([0, 0], [100, 0], [100, 100], [0, 100]),
      ring([0, 50], [20, 70], [40, 50], [20, 30]),
    ])
    const [first] = cleanCoverage(
      [touching, grid('b', [ring([0, 50], [20, 70], [40, 50], [20, 30])])],
      limits,
    ).coverage
    expect(first!.geometry).toHaveLength(1)
    expect(first!.geometry[0]).toHaveLength(2)
    const bowTie = grid('c', [ring([0, 0], [100, 100], [100, 0], [0, 100])])
    const { coverage, changes } = cleanCoverage([bowTie], limits)
    expect(coverage[0]!.geometry).toHaveLength(2)
    expect(areasByKey(coverage)).toEqual({ c: 5000 })
    expect(changes.map(({ kind }) => kind)).toContain('ring-repaired')
  })

  it('takes out spikes, repeated vertices and rings without area', () => {
    const spiky = ring([0, 0], [50, 0], [50, -30], [50, 0], [100, 0], [100, 0], [100, 100], [0, 100])
    const { coverage, changes } = cleanCoverage([grid('a', [spiky], [ring([5, 5], [9, 9], [5, 5])])], limits)
    expect(areasByKey(coverage)).toEqual({ a: 10_000 })
    expect(coverage[0]!.geometry).toHaveLength(1)
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(
      new Set(['duplicate-vertex-removed', 'ring-repaired']),
    )
  })

  it('reports coordinates that are none, and grids of which nothing is left', () => {
    const { coverage, problems } = cleanCoverage(
      [
        grid('a', [box(0, 0, 100, 100)]),
        grid('b', [[...box(0, 0, 1, 1).slice(0, 2), [Number.NaN, 0], place(0, 0)]]),
        grid('c'),
      ],
      limits,
    )
    expect(coverage.map(({ key }) => key)).toEqual(['a'])
    expect(problems.map(({ kind, keys }) => [kind, ...keys])).toEqual([
      ['invalid-ring', 'b'],
      ['no-area', 'b'],
      ['no-area', 'c'],
    ])
  })

  it('lets no grid vanish in a sliver', () => {
    const { coverage } = cleanCoverage(
      [grid('a', [box(0, 0, 100, 100)]), grid('b', [box(50, 50, 50.3, 60)])],
      limits,
    )
    expect(coverage.map(({ geometry }) => Math.round(areaM2(geometry)))).toEqual([9997, 3])
  })

  it('answers nothing for nothing', () => {
    expect(cleanCoverage([], limits)).toEqual({ coverage: [], changes: [], problems: [] })
  })

  describe('of grids as real life draws them', () => {
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 5 }),
      rows: fc.integer({ min: 1, max: 4 }),
      bendsPerSide: fc.integer({ min: 0, max: 4 }),
      cellM: fc.constantFrom(40, 150),
      seed: fc.integer(),
    })
    const dirt = fc.record({
      dropped: fc.constantFrom(0, 0.3),
      doubled: fc.constantFrom(0, 0.1),
      jitterM: fc.constantFrom(0, 0.02, 0.1),
      seed: fc.integer(),
    })

    it('leaves no gap, no overlap and the area that there was', () => {
      fc.assert(
        fc.property(size, dirt, (shape, soiling) => {
          const drawn = partition(shape)
          const { coverage, problems } = cleanCoverage(soil(drawn, soiling), limits)
          expect(problems).toEqual([])
          expect(findCoverageProblems(coverage)).toEqual([])
          expect(coverage.map(({ key }) => key)).toEqual(drawn.map(({ key }) => key))
          coverage.forEach(({ geometry }, i) => {
            const perimeterM = 4 * shape.cellM * 1.5
            const difference = Math.abs(areaM2(geometry) - areaM2(drawn[i]!.geometry))
            expect(difference).toBeLessThan(perimeterM * (2 * soiling.jitterM + 0.02))
          })
        }),
        { numRuns: 60 },
      )
    })

    it('changes nothing the second time', () => {
      fc.assert(
        fc.property(size, dirt, (shape, soiling) => {
          const { coverage } = cleanCoverage(soil(partition(shape), soiling), limits)
          const again = cleanCoverage(coverage, limits)
          expect(again).toEqual({ coverage, changes: [], problems: [] })
        }),
        { numRuns: 25 },
      )
    })

    it('changes nothing at all in a clean coverage, whatever the tolerance', () => {
      fc.assert(
        fc.property(size, (shape) => {
          const drawn = partition(shape)
          const { changes, problems } = cleanCoverage(drawn, { toleranceM: 2 })
          expect({ changes, problems }).toEqual({ changes: [], problems: [] })
        }),
        { numRuns: 30 },
      )
    })

    it('does not depend on the order of the grids', () => {
      fc.assert(
        fc.property(size, dirt, (shape, soiling) => {
          const dirty = soil(partition(shape), soiling)
          expect(cleanCoverage(dirty.toReversed(), limits)).toEqual(cleanCoverage(dirty, limits))
        }),
        { numRuns: 25 },
      )
    })
  })

  describe('of any rings whatever', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }))
    const polygons = fc.array(
      fc.array(fc.array(point, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 2 }),
      {
        maxLength: 3,
      },
    )
    const anything = fc.array(polygons, { maxLength: 6 }).map((grids) =>
      grids.map((own, i): CoverageGrid => {
        const geometry = own.map((rings) => rings.map((points) => ring(...points)))
        return { key: `g${i}`, geometry }
      }),
    )

    it.each([0.001, 0.5, 3])(
      'ends with valid rings and the problems that it states (tolerance %d m)',
      (toleranceM) => {
        fc.assert(
          fc.property(anything, (grids) => {
            const { coverage, problems } = cleanCoverage(grids, { toleranceM })
            const stated = problems.filter(({ kind }) => kind === 'gap' || kind === 'overlap')
            expect(findCoverageProblems(coverage)).toEqual(stated)
            for (const { geometry } of coverage) expectValid(geometry)
            const again = cleanCoverage(coverage, { toleranceM })
            expect(again).toEqual({ coverage, changes: [], problems: stated })
            expect(cleanCoverage(grids.toReversed(), { toleranceM }).coverage).toEqual(coverage)
          }),
          { numRuns: 60 },
        )
      },
    )
  })
})

/** Closed rings of different points, outer ones anticlockwise, holes clockwise. */
function expectValid(geometry: MultiPolygon): void {
  for (const polygon of geometry) {
    polygon.forEach((points, i) => {
      const open = points.slice(0, -1)
      expect(points.at(-1)).toEqual(points[0])
      expect(new Set(open.map(String)).size).toBe(open.length)
      const area = doubleArea(
        open.map(([lng]) => toUnits(lng)),
        open.map(([, lat]) => toUnits(lat)),
      )
      expect(Math.sign(area)).toBe(i === 0 ? 1 : -1)
    })
  }
}
