import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlaps } from '../../../domain/wall/box.ts'
import { LAYOUT, type Panel } from '../../../domain/wall/panel.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { coversMap, type Edges, freeBox, inTheWay, MAP, moved, resized } from './layout-box.ts'

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
const clock = (id: string, at: ReturnType<typeof box>): Panel => ({ kind: 'clock', id, box: at })
const first = readyMadeWall('en').scenes[0]!
const sceneOf = (map: ReturnType<typeof box>, ...panels: Panel[]): Scene => ({
  ...first,
  map: { ...first.map, box: map },
  panels,
})

const anyBox = fc
  .record({
    x: fc.integer({ min: 0, max: LAYOUT.columns - 1 }),
    y: fc.integer({ min: 0, max: LAYOUT.rows - 1 }),
    width: fc.integer({ min: 1, max: LAYOUT.columns }),
    height: fc.integer({ min: 1, max: LAYOUT.rows }),
  })
  .filter(({ x, y, width, height }) => x + width <= LAYOUT.columns && y + height <= LAYOUT.rows)
const side = fc.constantFrom<Edges['x'][]>(-1, 0, 1)
const step = fc.integer({ min: -40, max: 40 })

describe('a box in the layout', () => {
  it('never leaves it, however it is moved or pulled, and keeps its size or its far side', () => {
    fc.assert(
      fc.property(anyBox, side, side, step, step, (from, x, y, columns, rows) => {
        const away = moved(from, columns, rows)
        const pulled = resized(from, { x, y }, columns, rows)
        expect([away.width, away.height]).toEqual([from.width, from.height])
        if (x === -1) expect(pulled.x + pulled.width).toBe(from.x + from.width)
        if (x !== -1) expect(pulled.x).toBe(from.x)
        if (y === -1) expect(pulled.y + pulled.height).toBe(from.y + from.height)
        for (const { x, y, width, height } of [away, pulled]) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
          expect(x + width).toBeLessThanOrEqual(LAYOUT.columns)
          expect(y + height).toBeLessThanOrEqual(LAYOUT.rows)
        }
      }),
    )
  })

  it('touches its neighbour without lying over it', () => {
    expect(overlaps(box(0, 0, 4, 2), box(4, 0, 4, 2))).toBe(false)
    expect(overlaps(box(0, 0, 4, 2), box(3, 1, 4, 2))).toBe(true)
  })
})

describe('a place in a scene', () => {
  const scene = sceneOf(
    box(8, 0, 16, 12),
    clock('a', box(0, 0, 4, 2)),
    clock('b', box(0, 2, 4, 2)),
    clock('over b', box(1, 3, 4, 2)),
  )

  it('is refused where another panel stands, and free over the map, of which is told what covers it', () => {
    expect(inTheWay(scene, 'a', box(0, 1, 4, 2))).toBe('b')
    expect(inTheWay(scene, 'a', box(10, 4, 4, 2))).toBeNull()
    expect(inTheWay(scene, MAP, box(0, 0, 24, 12))).toBeNull()
    expect(coversMap(scene)).toEqual([])
    expect(coversMap(sceneOf(box(0, 0, 24, 12), clock('a', box(0, 0, 4, 2)))).map(({ id }) => id)).toEqual([
      'a',
    ])
  })

  it('may be left by what lies over something already', () => {
    expect(inTheWay(scene, 'over b', box(2, 3, 4, 2))).toBeNull()
    expect(inTheWay(scene, 'over b', box(1, 1, 4, 2))).toBe('a')
  })

  it('is found for a new panel beside the map first, then over it', () => {
    expect(freeBox(scene, 3, 2)).toEqual(box(4, 0, 3, 2))
    expect(freeBox(scene, 6, 2)).toEqual(box(0, 5, 6, 2))
    expect(freeBox(scene, 9, 2)).toEqual(box(4, 0, 9, 2))
    expect(freeBox(sceneOf(box(0, 0, 1, 1), clock('all', box(0, 0, 24, 12))), 1, 1)).toBeNull()
  })
})
