import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STATUSES } from '../../domain/incident.ts'
import { contrast, oklabOf, type Rgb, rgbOf } from './colour.ts'
import { MAP_COLOURS } from './map-colours.ts'
import { diverging, HEAT, OVERDUE, STATUS_COLOURS, STATUS_SHAPES, sequential } from './palettes.ts'

const THEMES = ['dark', 'light'] as const

/** Dichromats' sight (Machado, Oliveira, Fernandes 2009, severity 1), in linear light. */
const SIGHTS: Record<string, readonly (readonly number[])[]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}

const toLight = (part: number) => {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
const fromLight = (light: number) => {
  const share = Math.min(1, Math.max(0, light))
  return 255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055)
}

function seen(hex: string, sight: string) {
  const light = rgbOf(hex).map(toLight)
  const rgb = SIGHTS[sight]!.map((row) =>
    fromLight(row.reduce((sum, factor, index) => sum + factor * light[index]!, 0)),
  )
  return oklabOf(rgb as unknown as Rgb)
}

const apart = (one: string, other: string, sight: string) => {
  const [a, b] = [seen(one, sight), seen(other, sight)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

describe.each(THEMES)('colours of the %s theme', (theme) => {
  it('keep the order of classes in lightness, away from the ground, for every kind of sight', () => {
    const direction = theme === 'dark' ? 1 : -1
    for (let count = 2; count <= 9; count++) {
      const colours = sequential(theme, count)
      expect(colours).toHaveLength(count)
      for (const sight of Object.keys(SIGHTS)) {
        const lightness = colours.map((colour) => seen(colour, sight)[0])
        for (let index = 1; index < count; index++) {
          expect(direction * (lightness[index]! - lightness[index - 1]!)).toBeGreaterThan(0.02)
        }
      }
    }
  })

  it('tell neighbouring classes, and no case from few cases, apart for every kind of sight', () => {
    for (const sight of Object.keys(SIGHTS)) {
      const seven = [...sequential(theme, 7)]
      for (let index = 1; index < seven.length; index++) {
        expect(apart(seven[index]!, seven[index - 1]!, sight)).toBeGreaterThan(0.06)
      }
      for (const colour of seven) expect(apart(colour, MAP_COLOURS[theme].empty, sight)).toBeGreaterThan(0.05)
    }
  })

  it('let both sides of a difference grow away from its middle, and tell them apart, for every kind of sight', () => {
    const seven = diverging(theme, 7)
    const direction = theme === 'dark' ? 1 : -1
    for (const sight of Object.keys(SIGHTS)) {
      const lightness = seven.map((colour) => direction * seen(colour, sight)[0])
      for (const side of [lightness.slice(3), lightness.slice(0, 4).reverse()]) {
        expect(side).toEqual([...side].sort((a, b) => a - b))
      }
      for (const step of [1, 2, 3]) {
        expect(apart(seven[3 - step]!, seven[3 + step]!, sight)).toBeGreaterThan(0.06)
      }
    }
    const [red, green, blue] = rgbOf(seven[3]!)
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(30)
  })

  it('let the heatmap run one way in lightness', () => {
    const lightness = HEAT[theme].map((colour) => oklabOf(rgbOf(colour))[0])
    const sorted = [...lightness].sort((a, b) => (theme === 'dark' ? a - b : b - a))
    expect(lightness).toEqual(sorted)
  })

  it('make every status stand out from the ground (3:1) and from the others by shape', () => {
    for (const status of STATUSES) {
      expect(contrast(STATUS_COLOURS[theme][status], MAP_COLOURS[theme].ground)).toBeGreaterThan(3)
    }
    expect(contrast(OVERDUE[theme], MAP_COLOURS[theme].ground)).toBeGreaterThan(3)
    expect(new Set(Object.values(STATUS_SHAPES)).size).toBe(STATUSES.length)
  })

  it('keep names and counts legible (4.5:1) on their halo and their disc', () => {
    const { label, labelQuiet, halo, ground, cluster, clusterText, hover, selected } = MAP_COLOURS[theme]
    expect(contrast(label, halo)).toBeGreaterThan(7)
    expect(contrast(label, ground)).toBeGreaterThan(7)
    expect(contrast(labelQuiet, halo)).toBeGreaterThan(4.5)
    expect(contrast(clusterText, cluster)).toBeGreaterThan(7)
    expect(contrast(hover, ground)).toBeGreaterThan(4.5)
    expect(contrast(selected, ground)).toBeGreaterThan(3)
  })
})

describe('colour', () => {
  it('has contrast 21 between black and white and 1 with itself, whatever the order', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)
    fc.assert(
      fc.property(hex, hex, (one, other) => {
        expect(contrast(one, one)).toBeCloseTo(1, 10)
        expect(contrast(one, other)).toBeCloseTo(contrast(other, one), 10)
      }),
    )
  })
})
