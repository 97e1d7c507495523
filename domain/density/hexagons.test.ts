import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileFilter } from '../columns/filter.ts'
import { selectRows } from '../columns/select.ts'
import { AREA_OF_GRID, anyFilter, anyRows, CATEGORIES, columnsOf } from '../columns/test-rows.ts'
import type { Position } from '../geometry.ts'
import {
  countByHexagon,
  type Hexagon,
  type HexagonTiling,
  hexagonAt,
  hexagonCentre,
  hexagonRing,
  hexagonTiling,
} from './hexagons.ts'

const anyTiling = fc
  .tuple(fc.integer({ min: 20, max: 50_000 }), fc.double({ min: -70, max: 70, noNaN: true }))
  .map(([sizeM, latitude]) => hexagonTiling(sizeM, latitude))
const anyPosition: fc.Arbitrary<Position> = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
)

const mercator = ([lng, lat]: Position) => [
  (6378137 * lng * Math.PI) / 180,
  6378137 * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)),
]

function distance(a: Position, b: Position): number {
  const [ax, ay] = mercator(a)
  const [bx, by] = mercator(b)
  return Math.hypot(ax! - bx!, ay! - by!)
}

/** Metres on the ground by the haversine formula. */
function groundM([lng1, lat1]: Position, [lng2, lat2]: Position): number {
  const rad = Math.PI / 180
  const h =
    Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lng2 - lng1) * rad) / 2) ** 2
  return 2 * 6378137 * Math.asin(Math.sqrt(h))
}

const neighbours = ({ q, r }: Hexagon): Hexagon[] =>
  [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
    [1, -1],
    [-1, 1],
  ].map(([dq, dr]) => ({ q: q + dq!, r: r + dr! }))

test('a position lies in the hexagon whose centre is nearest', () => {
  fc.assert(
    fc.property(anyTiling, anyPosition, (tiling, position) => {
      const own = hexagonAt(tiling, position)
      const away = distance(position, hexagonCentre(tiling, own))
      expect(away).toBeLessThanOrEqual(tiling.radius * (1 + 1e-6))
      for (const neighbour of neighbours(own)) {
        const further = distance(position, hexagonCentre(tiling, neighbour))
        expect(away).toBeLessThanOrEqual(further + tiling.radius * 1e-6)
      }
    }),
  )
})

test('a centre lies in its own hexagon, and corners are a radius away from it', () => {
  const anyHexagon = fc.record({
    q: fc.integer({ min: -300, max: 300 }),
    r: fc.integer({ min: -300, max: 300 }),
  })
  fc.assert(
    fc.property(anyTiling, anyHexagon, (tiling: HexagonTiling, hexagon) => {
      const centre = hexagonCentre(tiling, hexagon)
      fc.pre(Math.abs(centre[1]) < 84)
      expect(hexagonAt(tiling, centre)).toEqual(hexagon)
      const ring = hexagonRing(tiling, hexagon)
      expect(ring).toHaveLength(7)
      expect(ring[6]).toEqual(ring[0])
      for (const corner of ring) expect(distance(centre, corner) / tiling.radius).toBeCloseTo(1, 6)
    }),
  )
})

test('at its latitude a hexagon is as wide and as large on the ground as stated', () => {
  const tiling = hexagonTiling(500, 39.9)
  const own = hexagonAt(tiling, [116.4, 39.9])
  const east = { q: own.q + 1, r: own.r }
  const widthM = groundM(hexagonCentre(tiling, own), hexagonCentre(tiling, east))
  expect(widthM / 500).toBeGreaterThan(0.99)
  expect(widthM / 500).toBeLessThan(1.01)
  expect(tiling.areaKm2).toBeCloseTo(0.21651, 4)
})

test('redrawing a border a little moves no hexagon', () => {
  expect(hexagonTiling(500, 39.9041)).toEqual(hexagonTiling(500, 39.9012))
})

test('binning the cases counts each that passes in its hexagon, even at a pole', () => {
  fc.assert(
    fc.property(anyRows, anyFilter, (rows, filter) => {
      const tiling = hexagonTiling(100, 39)
      const columns = columnsOf(rows.map((row, n) => (n === 0 ? { ...row, latE7: 900_000_000 } : row)))
      const selection = compileFilter(filter, columns, { categories: CATEGORIES, areaOfGrid: AREA_OF_GRID })
      const expected = new Map<string, number>()
      for (const row of selectRows(selection)) {
        const { q, r } = hexagonAt(tiling, [columns.lngE7[row]! / 1e7, columns.latE7[row]! / 1e7])
        expected.set(`${q},${r}`, (expected.get(`${q},${r}`) ?? 0) + 1)
      }
      const counted = countByHexagon(selection, tiling)
      expect(new Map(counted.map(({ hexagon: { q, r }, count }) => [`${q},${r}`, count]))).toEqual(expected)
      for (const { hexagon } of counted)
        expect(hexagonCentre(tiling, hexagon).every(Number.isFinite)).toBe(true)
    }),
  )
})
