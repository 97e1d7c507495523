import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MultiPolygon } from '../geometry.ts'
import { findCoverageProblems } from './findings.ts'
import { partition } from './partition-fixture.ts'
import { vertexImportance } from './simplify.ts'

const size = fc.record({
  columns: fc.integer({ min: 1, max: 5 }),
  rows: fc.integer({ min: 1, max: 4 }),
  bendsPerSide: fc.integer({ min: 0, max: 6 }),
  cellM: fc.constantFrom(0.5, 5, 150),
  seed: fc.integer(),
})

/** Whole numbers in place of metres of a projection: then what is left can be held against the exact findings. */
function inUnits(polygons: readonly MultiPolygon[], factor = 1e7): MultiPolygon[] {
  return polygons.map((parts) =>
    parts.map((rings) =>
      rings.map((ring) => ring.map(([x, y]) => [Math.round(x * factor), Math.round(y * factor)])),
    ),
  )
}

function simplify(polygons: readonly MultiPolygon[], importance: readonly Float64Array[], tolerance: number) {
  return polygons.map((parts, i) => {
    let vertex = 0
    return parts.map((rings) =>
      rings.map((ring) => {
        const kept = ring.filter(() => importance[i]![vertex++]! >= tolerance)
        const isClosed = String(kept[0]) === String(kept.at(-1))
        return isClosed ? kept : [...kept, kept[0]!]
      }),
    )
  })
}

function tolerances(importance: readonly Float64Array[]): number[] {
  const areas = importance.flatMap((own) => [...own]).filter(Number.isFinite)
  const largest = areas.reduce((max, area) => Math.max(max, area), 1)
  return [1e-4, 1e-3, 0.01, 0.1, 0.5, 1, 2].map((share) => share * largest)
}

const coverageOf = (polygons: readonly MultiPolygon[]) =>
  polygons.map((geometry, i) => ({
    key: String(i),
    geometry: geometry.map((rings) =>
      rings.map((ring) => ring.map(([x, y]) => [x / 1e7, y / 1e7] as [number, number])),
    ),
  }))

/** How often each side is walked; two neighbours walk it in opposite directions. */
function sidesWalked(polygons: readonly MultiPolygon[]): Map<string, number> {
  const walked = new Map<string, number>()
  for (const ring of polygons.flat(2)) {
    ring.slice(1).forEach((to, i) => {
      const name = [ring[i], to].map(String).sort().join(' ')
      walked.set(name, (walked.get(name) ?? 0) + 1)
    })
  }
  return walked
}

describe('the importance of vertices', () => {
  it('keeps where three borders meet, and ranks a vertex by the triangle that goes with it', () => {
    const left: MultiPolygon = [
      [
        [
          [0, 0],
          [10, 0],
          [11, 5],
          [10, 10],
          [0, 10],
          [0, 0],
        ],
      ],
    ]
    const right: MultiPolygon = [
      [
        [
          [10, 0],
          [20, 0],
          [20, 10],
          [10, 10],
          [11, 5],
          [10, 0],
        ],
      ],
    ]
    const [one, other] = vertexImportance([left, right])
    expect([...one!]).toEqual([50, Infinity, 5, Infinity, Infinity, 50])
    expect(other![4]).toBe(5)
  })

  it('keeps a triangle of every ring', () => {
    const island: MultiPolygon = [
      [
        [
          [0, 0],
          [4, 0],
          [6, 3],
          [4, 6],
          [0, 6],
          [0, 0],
        ],
      ],
    ]
    const [importance] = vertexImportance([island])
    expect(importance!.slice(0, -1).filter((area) => area === Infinity)).toHaveLength(3)
  })

  it('leaves polygons that tile at every tolerance: the same sides on both, no gap, no overlap', () => {
    fc.assert(
      fc.property(size, (shape) => {
        const polygons = inUnits(partition(shape).map(({ geometry }) => geometry))
        const importance = vertexImportance(polygons)
        for (const tolerance of tolerances(importance)) {
          const simple = simplify(polygons, importance, tolerance)
          for (const ring of simple.flat(2)) expect(ring.length).toBeGreaterThanOrEqual(4)
          expect(findCoverageProblems(coverageOf(simple))).toEqual([])
          const walked = [...sidesWalked(simple).values()]
          expect(walked.every((times) => times <= 2)).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('depends on places alone: not on the order of grids, nor on where a ring starts or which way it runs', () => {
    fc.assert(
      fc.property(size, fc.nat(), (shape, shift) => {
        const polygons = inUnits(partition(shape).map(({ geometry }) => geometry))
        const turned = polygons.toReversed().map((parts) =>
          parts.map((rings) =>
            rings.map((ring) => {
              const open = ring.slice(0, -1)
              const start = shift % open.length
              const moved = [...open.slice(start), ...open.slice(0, start)].toReversed()
              return [...moved, moved[0]!]
            }),
          ),
        )
        expect(byPlace(turned)).toEqual(byPlace(polygons))
      }),
      { numRuns: 40 },
    )
  })

  it('is there for no polygon and for an empty one', () => {
    expect(vertexImportance([])).toEqual([])
    expect(vertexImportance([[]])).toEqual([new Float64Array(0)])
  })
})

function byPlace(polygons: readonly MultiPolygon[]): Map<string, number> {
  const importance = vertexImportance(polygons)
  const places = polygons.flatMap((parts, i) =>
    parts.flat(2).map((position, vertex) => [String(position), importance[i]![vertex]!] as const),
  )
  return new Map(places.sort(([a], [b]) => (a < b ? -1 : 1)))
}
