import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import en from './language/en.json'
import zhCN from './language/zh-CN.json'

type Texts = { [key: string]: string | Texts }

function flat(texts: Texts, above = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[above + key, value] as const] : [...flat(value, `${above}${key}.`)],
    ),
  )
}

const ENGLISH = flat(en)
const CHINESE = flat(zhCN)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCE = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$/.test(name))
  .map((name) => readFileSync(join(ROOT, name), 'utf8'))
  .join('\n')

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

describe('the language files', () => {
  it('say the same things', () => {
    expect([...CHINESE.keys()].sort()).toEqual([...ENGLISH.keys()].sort())
  })

  it('put the same values into a sentence', () => {
    for (const [key, text] of ENGLISH)
      expect([key, placeholders(CHINESE.get(key)!)]).toEqual([key, placeholders(text)])
  })

  it('leave nothing empty and nothing untranslated', () => {
    const han = /\p{Script=Han}/u
    for (const text of ENGLISH.values()) expect(text).toMatch(/\S/)
    for (const text of ENGLISH.values()) expect(text).not.toMatch(han)
    const sameInBoth = [...CHINESE].filter(([, text]) => !han.test(text)).map(([key]) => key)
    // A bare unit or a pair of dates is the same everywhere
    expect(sameInBoth).toEqual(['span.days', 'grid.km2'])
  })

  it('hold every text that the screens ask for', () => {
    const literal = [...SOURCE.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key!)
    const composed = [...SOURCE.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map(([, start]) => start!)
    expect(literal.length).toBeGreaterThan(50)
    expect(literal.filter((key) => !ENGLISH.has(key))).toEqual([])
    expect(composed.filter((start) => ![...ENGLISH.keys()].some((key) => key.startsWith(start)))).toEqual([])
  })

  it('hold no text that no screen asks for', () => {
    const composed = [...SOURCE.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start!)
    const unused = [...ENGLISH.keys()].filter(
      (key) => !SOURCE.includes(`'${key}'`) && !composed.some((start) => key.startsWith(start)),
    )
    expect(unused).toEqual([])
  })
})
