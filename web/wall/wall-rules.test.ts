import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { boxIn, pictureOf } from '../../domain/wall/picture.ts'
import { readyMadeWall } from '../../domain/wall/ready-made.ts'
import { contrast } from '../ui/colour.ts'
import { WALL_HEIGHT } from '../ui/interface-scale.ts'
import { CHART_INK, THEMES } from '../ui/palettes.ts'
import { WALL_TYPE_PIXELS } from '../ui/scale.ts'
import { shiftAt } from './burn-in.ts'
import { sharesOf } from './shares.ts'
import { ageOf, oldestOf, STALE_AFTER } from './staleness.ts'
import { partOf, WHOLE } from './wall-part.ts'

describe('the texts of a wall', () => {
  it('are 1/40 of its height and more', () => {
    expect(Math.min(...Object.values(WALL_TYPE_PIXELS))).toBeGreaterThanOrEqual(WALL_HEIGHT / 40)
  })

  it.each(THEMES)('stand out from what is below them by 7 to 1: %s', (theme) => {
    const css = readFileSync(new URL('../ui/tokens.css', import.meta.url), 'utf8')
    const [, block = ''] = css.split(`[data-theme="${theme}"] {`)
    const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block)![1]!
    const { ground } = CHART_INK[theme]
    for (const name of ['text', 'text-2', 'wall-bad', 'wall-warn'])
      expect([name, contrast(token(name), ground) >= 7]).toEqual([name, true])
    expect(contrast(CHART_INK[theme].text, ground)).toBeGreaterThanOrEqual(7)
  })
})

describe('the picture of a wall', () => {
  it('keeps everything that matters inside the safe area, the layout between title and line of trust', () => {
    const { title, layout, trust } = pictureOf(800, 450, { left: 0.1, top: 0.05, right: 0.02, bottom: 0.1 })
    expect(title.left).toBe(80)
    expect(title.top).toBe(22.5)
    expect(layout.top).toBeCloseTo(title.top + title.height)
    expect(trust.top).toBeCloseTo(layout.top + layout.height)
    expect(trust.top + trust.height).toBeCloseTo(405)
    expect(layout.left + layout.width).toBeCloseTo(784)
  })

  it('places a box by columns and rows', () => {
    const picture = pictureOf(800, 450, readyMadeWall('en').safeArea)
    const whole = boxIn(picture, { x: 0, y: 0, width: 24, height: 12 }, 0)
    expect(whole.left).toBeCloseTo(picture.layout.left)
    expect(whole.height).toBeCloseTo(picture.layout.height)
  })

  it('is split by the address; what lies outside of the split is the first part', () => {
    const split = { columns: 2, rows: 1 }
    expect(partOf('1,0', split)).toEqual({ ...split, column: 1, row: 0 })
    expect(partOf('2,0', split)).toEqual({ ...split, column: 0, row: 0 })
    expect(partOf(null, split)).toEqual({ ...split, column: 0, row: 0 })
    expect(partOf('1,0', undefined)).toEqual(WHOLE)
  })

  it('shifts by a pixel a minute, no farther than a few, and comes back', () => {
    const shifts = Array.from({ length: 24 }, (_, minute) => shiftAt(minute * 60))
    for (const [n, { x, y }] of shifts.entries()) {
      const next = shifts[(n + 1) % 24]!
      expect(Math.abs(next.x - x) + Math.abs(next.y - y)).toBe(1)
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(3)
    }
  })
})

describe('data on a wall', () => {
  it('is stale after its own limit', () => {
    const at = 1_700_000_000_000
    for (const [of, limit] of Object.entries(STALE_AFTER)) {
      const aging = of as keyof typeof STALE_AFTER
      expect(ageOf(aging, at, at + limit * 1000)).toEqual({ of, seconds: limit, isStale: false })
      expect(ageOf(aging, at, at + (limit + 1) * 1000).isStale).toBe(true)
      expect(ageOf(aging, 0, at)).toEqual({ of, seconds: null, isStale: false })
    }
  })

  it('is as old as the oldest of it, whatever was never there', () => {
    const ages = [ageOf('cases', 995_000, 1_000_000), ageOf('grids', 960_000, 1_000_000)]
    expect(oldestOf([...ages, ageOf('weather', 0, 1_000_000)])).toBe(40)
    expect(oldestOf([ageOf('cases', 0, 1_000_000)])).toBeNull()
  })

  it('is shown as the largest shares and the others together', () => {
    const counts = [3, 9, 0, 1, 2].map((count, n) => ({ name: `n${n}`, count }))
    expect(sharesOf(counts, 2)).toEqual([
      { name: 'n1', count: 9 },
      { name: 'n0', count: 3 },
      { name: null, count: 3 },
    ])
  })
})
