import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GeometryEncoder } from './geometry-encoder.ts'
import { Layer, tileOf } from './layer.ts'
import { doubleArea, ringsCross } from './ring.ts'
import { LINE, POINT, POLYGON, Shape } from './shape.ts'
import { type CheckedFeature, checkTile } from './test-tile.ts'
import { TileFrame } from './tile-frame.ts'

type Vertex = readonly [x: number, y: number]

const frame = new TileFrame(14, 0, 0)
const LOW = -64
const HIGH = 4160

/** Places in and around the tile, many of them exactly on the border of its buffer or in a corner. */
const coordinate = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3000, max: 7000 }) },
  { weight: 1, arbitrary: fc.constantFrom(LOW, HIGH, LOW - 1, HIGH + 1, LOW + 1, HIGH - 1, 0, 4096) },
)
const vertex = fc.tuple(coordinate, coordinate)

function shapeOf(kind: 1 | 2 | 3, parts: readonly (readonly Vertex[])[], outer = [true]): Shape {
  const shape = new Shape()
  shape.clear(kind)
  for (const [index, part] of parts.entries()) {
    for (const [x, y] of part) shape.add(x, y)
    shape.endPart(kind === POLYGON && (outer[index] ?? false))
  }
  return shape
}

/** The feature as a reader finds it in a tile, checked by MVT 2.1; null when nothing is left. */
function encoded(shape: Shape, keepStraight = false): CheckedFeature | null {
  const layer = new Layer('test', frame.extent, new GeometryEncoder(frame, { keepStraight }))
  if (!layer.draw(shape)) return null
  layer.add(7)
  return checkTile(tileOf([layer]))[0]!
}

function areaOf(feature: CheckedFeature | null): number {
  const areas = (feature?.parts ?? []).map(
    (ring) => doubleArea(Float64Array.from(ring), 0, ring.length / 2) / 2,
  )
  return areas.reduce((sum, area) => sum + area, 0)
}

/** Area inside the buffer by clipping to one half-plane after another (Sutherland and Hodgman, 1974). */
function areaInside(ring: readonly Vertex[]): number {
  const halfPlanes = [
    { axis: 0, at: LOW, side: 1 },
    { axis: 0, at: HIGH, side: -1 },
    { axis: 1, at: LOW, side: 1 },
    { axis: 1, at: HIGH, side: -1 },
  ] as const
  let left: Vertex[] = [...ring]
  for (const { axis, at, side } of halfPlanes) {
    const kept: Vertex[] = []
    for (const [i, b] of left.entries()) {
      const a = left.at(i - 1)!
      const depthA = (a[axis] - at) * side
      const depthB = (b[axis] - at) * side
      if (depthA < 0 !== depthB < 0) {
        const share = depthA / (depthA - depthB)
        kept.push([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])])
      }
      if (depthB >= 0) kept.push(b)
    }
    left = kept
  }
  return left.length ? Math.abs(doubleArea(Float64Array.from(left.flat()), 0, left.length)) / 2 : 0
}

/** A ring without crossings: vertices in the order of their angle from a centre. */
const star = fc
  .tuple(vertex, fc.array(fc.integer({ min: 20, max: 5000 }), { minLength: 3, maxLength: 14 }), fc.boolean())
  .map(([[cx, cy], radii, backwards]) => {
    const ring = radii.map((radius, i): Vertex => {
      const angle = (2 * Math.PI * i) / radii.length
      return [Math.round(cx + radius * Math.cos(angle)), Math.round(cy + radius * Math.sin(angle))]
    })
    return backwards ? ring.toReversed() : ring
  })

/** Steps up and down along a line, many of them over the border: a ring that leaves and enters many times. */
const comb = fc
  .tuple(
    fc.integer({ min: 500, max: 3500 }),
    fc.array(coordinate, { minLength: 2, maxLength: 12 }),
    fc.boolean(),
  )
  .map(([base, heights, turned]) => {
    const width = Math.floor(6000 / heights.length)
    const ring: Vertex[] = heights.flatMap((height, i): Vertex[] => {
      const top = Math.min(height, base - 1)
      return [
        [-1000 + i * width, top],
        [-1000 + (i + 1) * width, top],
      ]
    })
    ring.push([-1000 + heights.length * width, base], [-1000, base])
    return turned ? ring.map(([x, y]): Vertex => [y, x]) : ring
  })

describe('polygons', () => {
  it('keep the area that lies in the tile and its buffer, whatever way they cross the border', () => {
    fc.assert(
      fc.property(fc.oneof(star, comb), (ring) => {
        const feature = encoded(shapeOf(POLYGON, [ring]))
        expect(Math.abs(areaOf(feature) - areaInside(ring))).toBeLessThanOrEqual(roundingOf(ring))
        if (areaInside(ring) === 0) expect(feature).toBeNull()
      }),
      { numRuns: 1500 },
    )
  })

  it('keep their holes, also those that the border cuts', () => {
    fc.assert(
      fc.property(star, fc.double({ min: 0.3, max: 0.8, noNaN: true }), (ring, share) => {
        const cx = ring.reduce((sum, [x]) => sum + x, 0) / ring.length
        const cy = ring.reduce((sum, [, y]) => sum + y, 0) / ring.length
        const hole = ring.map(
          ([x, y]): Vertex => [Math.round(cx + (x - cx) * share), Math.round(cy + (y - cy) * share)],
        )
        const rings = shapeOf(POLYGON, [ring, hole], [true, false])
        const feature = encoded(rings)
        const wanted = areaInside(ring) - areaInside(hole)
        const slack = roundingOf(ring) + roundingOf(hole)
        // Rounding can push a hole through a thin wall: then it is left out, and nothing else happens
        const isWhole = isStarAround(ring, cx, cy) && !crosses(ring, hole)
        if (isWhole) expect(Math.abs(areaOf(feature) - wanted)).toBeLessThanOrEqual(slack)
        else expect(areaOf(feature)).toBeLessThanOrEqual(areaInside(ring) + slack)
      }),
      { numRuns: 1000 },
    )
  })

  it('are valid whatever somebody drew: rings that cross themselves, holes anywhere', () => {
    const anyRing = fc.array(vertex, { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(fc.array(fc.tuple(anyRing, fc.boolean()), { minLength: 1, maxLength: 5 }), (rings) => {
        const isOuter = rings.map(([, outer], i) => outer || i === 0)
        encoded(
          shapeOf(
            POLYGON,
            rings.map(([ring]) => ring),
            isOuter,
          ),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('that are thinner than a unit do not spill over the tile where they cross its border', () => {
    const sliver = fc
      .tuple(vertex, vertex, fc.integer({ min: -1, max: 1 }), fc.integer({ min: -1, max: 1 }))
      .map(([[ax, ay], [bx, by], dx, dy]): Vertex[] => [
        [ax, ay],
        [bx, by],
        [bx + dx, by - dy],
        [ax - dy, ay + dx],
      ])
    fc.assert(
      fc.property(sliver, (ring) => {
        expect(Math.abs(areaOf(encoded(shapeOf(POLYGON, [ring]))))).toBeLessThan(4 * 6000)
      }),
      { numRuns: 1000 },
    )
  })

  it('are unchanged when they lie inside, up to the vertex they begin with and the way round', () => {
    const ring: Vertex[] = [
      [10, 10],
      [10, 200],
      [300, 200],
      [300, 10],
    ]
    const feature = encoded(shapeOf(POLYGON, [ring]))!
    expect(areaOf(feature)).toBe(290 * 190)
    expect(new Set(pairs(feature.parts[0]!))).toEqual(new Set(ring.map(String)))
  })

  it('lose spikes, repeats and vertices on a straight line', () => {
    const ring: Vertex[] = [
      [0, 0],
      [50, 0],
      [100, 0],
      [100, 0],
      [100, 100],
      [150, 150],
      [100, 100],
      [0, 100],
    ]
    expect(pairs(encoded(shapeOf(POLYGON, [ring]))!.parts[0]!)).toEqual(['0,0', '100,0', '100,100', '0,100'])
    const kept = encoded(shapeOf(POLYGON, [ring]), true)!
    expect(pairs(kept.parts[0]!)).toEqual(['0,0', '50,0', '100,0', '100,100', '0,100'])
  })

  it('vanish when rounding leaves them no area', () => {
    expect(
      encoded(
        shapeOf(POLYGON, [
          [
            [5, 5],
            [9, 9],
            [5, 5],
          ],
        ]),
      ),
    ).toBeNull()
  })

  it('fill the tile when they reach all round it', () => {
    const around: Vertex[] = [
      [-9000, -9000],
      [9000, -9000],
      [9000, 9000],
      [-9000, 9000],
    ]
    expect(areaOf(encoded(shapeOf(POLYGON, [around])))).toBe((HIGH - LOW) ** 2)
  })

  it('lose a hole that rounding pushed through their wall', () => {
    const outer: Vertex[] = [
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
    ]
    const hole: Vertex[] = [
      [50, 50],
      [110, 60],
      [50, 70],
    ]
    expect(encoded(shapeOf(POLYGON, [outer, hole], [true, false]))!.parts).toHaveLength(1)
  })
})

describe('lines', () => {
  it('keep the length that lies in the tile and its buffer', () => {
    fc.assert(
      fc.property(fc.array(vertex, { minLength: 2, maxLength: 12 }), (line) => {
        const feature = encoded(shapeOf(LINE, [line]))
        const length = (feature?.parts ?? []).reduce((sum, part) => sum + lengthOf(part), 0)
        const wanted = line.slice(1).reduce((sum, b, i) => sum + lengthInside(line[i]!, b), 0)
        expect(Math.abs(length - wanted)).toBeLessThanOrEqual(2 * line.length + 1e-6)
      }),
      { numRuns: 500 },
    )
  })
})

describe('points', () => {
  it('stay when they lie in the tile or its buffer', () => {
    fc.assert(
      fc.property(fc.array(vertex, { minLength: 1, maxLength: 20 }), (points) => {
        const inside = points.filter((point) => point.every((value) => value >= LOW && value <= HIGH))
        const feature = encoded(shapeOf(POINT, [points]))
        expect(feature?.parts.flat() ?? []).toEqual(inside.flat())
      }),
    )
  })
})

/** The area that rounding can win or lose: a crossing moves by half a unit at most, and its edge turns with it. */
function roundingOf(ring: readonly Vertex[]): number {
  return ring.reduce((sum, b, i) => sum + lengthInside(ring.at(i - 1)!, b), 0) / 2 + 1
}

function pairs(part: readonly number[]): string[] {
  return part.flatMap((value, i) => (i % 2 ? [`${part[i - 1]},${value}`] : []))
}

function lengthOf(part: readonly number[]): number {
  let sum = 0
  for (let at = 2; at < part.length; at += 2)
    sum += Math.hypot(part[at]! - part[at - 2]!, part[at + 1]! - part[at - 1]!)
  return sum
}

function lengthInside([ax, ay]: Vertex, [bx, by]: Vertex): number {
  let from = 0
  let to = 1
  for (const [a, b] of [
    [ax, bx],
    [ay, by],
  ] as const) {
    if (a === b) {
      if (a < LOW || a > HIGH) return 0
      continue
    }
    const [t0, t1] = [(LOW - a) / (b - a), (HIGH - a) / (b - a)]
    from = Math.max(from, Math.min(t0, t1))
    to = Math.min(to, Math.max(t0, t1))
  }
  return Math.max(0, to - from) * Math.hypot(bx - ax, by - ay)
}

function crosses(a: readonly Vertex[], b: readonly Vertex[]): boolean {
  return ringsCross(Float64Array.from([...a, ...b].flat()), 0, a.length, a.length, a.length + b.length)
}

/** Whether every vertex is seen from the place: then a smaller copy around it lies inside. */
function isStarAround(ring: readonly Vertex[], x: number, y: number): boolean {
  const turns = ring.map(([bx, by], i) => {
    const [ax, ay] = ring.at(i - 1)!
    return Math.sign((ax - x) * (by - y) - (bx - x) * (ay - y))
  })
  return turns.every((turn) => turn === turns[0] && turn !== 0)
}
