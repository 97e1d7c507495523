import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { MAP_COLOURS } from './map-colours.ts'
import { THEMES } from './palettes.ts'
import { TYPE_PIXELS, WALL_TYPE_PIXELS } from './scale.ts'
import { SURFACES } from './theme.ts'

const WEB = fileURLToPath(new URL('..', import.meta.url))
const TOKENS = 'ui/tokens.css'
const NAMES = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).map((name) =>
  relative(WEB, join(WEB, name)).replaceAll('\\', '/'),
)
const read = (name: string) => readFileSync(join(WEB, name), 'utf8')
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(/gi
const DECLARATION = /(?<=[\s;{])([a-z-]+):\s*([^;{}]+);/g

function declarations(name: string): { where: string; property: string; value: string }[] {
  const text = read(name).replace(/\/\*[\s\S]*?\*\//g, '')
  return [...text.matchAll(DECLARATION)].map(([, property, value]) => ({
    where: `${name}: ${property}: ${value}`,
    property: property!,
    value: value!,
  }))
}

const styles = NAMES.filter((name) => name.endsWith('.css') && name !== TOKENS)
const places = (found: { where: string }[]) => found.map(({ where }) => where)

/** The custom properties under a selector. */
function tokens(selector: string): Record<string, string> {
  const text = read(TOKENS)
  const from = text.indexOf(`${selector} {`)
  const block = text.slice(from, text.indexOf('}', from))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  )
}

describe('the style sheets', () => {
  it('are those of every room', () => expect(styles.length).toBeGreaterThan(8))

  it('state no colour but by its name', () => {
    const stated = styles.flatMap(declarations).filter(({ value }) => value.match(COLOUR))
    expect(places(stated)).toEqual([])
  })

  it('take every size of text from the scale', () => {
    const sizes = styles.flatMap(declarations).filter(({ property }) => /^font(-size)?$/.test(property))
    expect(sizes.length).toBeGreaterThan(30)
    const off = sizes.filter(({ value }) => !/^(inherit$|var\(--type-([\w-]+)\))/.test(value.trim()))
    expect(places(off)).toEqual([])
  })

  it('take every distance from the scale', () => {
    const distances = styles
      .flatMap(declarations)
      .filter(({ property }) => /^(padding|margin|gap|row-gap|column-gap)(-|$)/.test(property))
    expect(distances.length).toBeGreaterThan(100)
    // A hair's breadth, and a negative one that pulls a symbol into its line, belong to no scale
    const off = distances.filter(
      ({ value }) => !/(^|\s)-\d/.test(value) && /([2-9]|\d\d+)(\.\d+)?(px|rem)/.test(value),
    )
    expect(places(off)).toEqual([])
  })

  it('ask only for what is stated', () => {
    const known = new Set(read(TOKENS).match(/--[\w-]+(?=:)/g))
    const used = styles.flatMap((name) => {
      const text = read(name)
      const own = new Set(text.match(/--[\w-]+(?=:)/g))
      return [...text.matchAll(/var\((--[\w-]+)\)/g)]
        .map(([, token]) => token!)
        .filter((one) => !own.has(one))
    })
    expect(used.filter((token) => !known.has(token))).toEqual([])
  })
})

it('no code outside of this room states a colour', () => {
  const code = NAMES.filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^ui\/|^browser-tests\//.test(name),
  )
  const stated = code.filter((name) => /'#[0-9a-f]{3,8}'|\brgba?\(\s*\d/i.test(read(name)))
  expect(stated).toEqual([])
})

describe('what is stated for antd, charts and the map', () => {
  it('is the scale of the style sheets', () => {
    const stated = tokens(':root')
    for (const [name, pixels] of Object.entries(TYPE_PIXELS)) {
      expect(stated[`type-${name}`]).toBe(`${pixels}px`)
    }
    for (const [name, pixels] of Object.entries(WALL_TYPE_PIXELS)) {
      expect(stated[`type-wall-${name}`]).toBe(`${pixels}px`)
    }
  })

  it.each(THEMES)('are the colours of the style sheets: %s', (theme) => {
    const stated = tokens(`:root[data-theme="${theme}"]`)
    const { colorPrimary, colorSuccess, colorError, colorTextBase, colorBgElevated } = SURFACES[theme]
    expect({ accent: colorPrimary, good: colorSuccess, bad: colorError }).toEqual({
      accent: stated.accent,
      good: stated.good,
      bad: stated.bad,
    })
    expect({ text: colorTextBase, raised: colorBgElevated, place: MAP_COLOURS[theme].place }).toEqual({
      text: stated.text,
      raised: stated.raised,
      place: stated.place,
    })
  })
})
