import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import numbers from './asvs-numbers.json' with { type: 'json' }

const ROOT = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8')

it('docs/security.md names tests and files that there are', () => {
  const page = read('docs/security.md')
  const named = [...page.matchAll(/`([\w./-]+\.test\.ts)` "([^"]+)"/g)]
  expect(named.length).toBeGreaterThan(40)
  const missing = named.filter(([, file, name]) => {
    const tests = existsSync(fileURLToPath(new URL(file!, ROOT))) ? read(file!) : ''
    return !tests.replaceAll("\\'", "'").includes(name!)
  })
  expect(missing.map(([line]) => line)).toEqual([])
  const files = [...page.matchAll(/`((?:server|scripts|web|domain)\/[\w./-]+\.ts)`/g)].map(
    ([, file]) => file!,
  )
  expect(files.filter((file) => !existsSync(fileURLToPath(new URL(file, ROOT))))).toEqual([])
})

it('docs/security.md holds every number of ASVS 5.0, level 1 and 2, once', () => {
  const [page] = read('docs/security.md').split('## Of level 3')
  const items = [...page!.matchAll(/^\| ([\d., ]+) \| (.+) \| (.+) \|$/gm)]
  const told = items.flatMap(([, first]) => first!.split(', '))
  expect(numbers.filter((number) => !told.includes(number))).toEqual([])
  expect(told.filter((number, at) => told.indexOf(number) !== at || !numbers.includes(number))).toEqual([])
  expect(items.length).toBeGreaterThan(100)
})
