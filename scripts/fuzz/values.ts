import type { Random } from '../../server/demo/random.ts'
import type { JsonSchema } from './json-schema.ts'

/** Values that mean something in the district, by the name of the field. */
export type Known = Record<string, readonly unknown[]>

/** What has broken programs before. */
const ODD_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  'NaN',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%2e%2e%2f',
  "' OR 1=1 --",
  "'; DROP TABLE users; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '\u202e\u200b\ufeff',
  '\ud83d\ude00'.repeat(30),
  '网格'.repeat(40),
  'A'.repeat(5000),
  '\n\r\t',
  '1e309',
  '9'.repeat(40),
  '٣',
  'ﬀ',
]

const DAYS = ['0001-01-01', '2026-02-28', '9999-12-31']
const TIMES = [
  '2026-03-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-05-01T08:00:00.123+08:00',
]

/** One that `schema` takes; by `name` one that is known here, now and then. */
export function validValue(schema: JsonSchema, random: Random, known: Known, name = ''): unknown {
  const pool = known[name]
  const isList = schema.type === 'array'
  if (pool && !isList && random.chance(0.6)) return random.pick(pool)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return random.pick(schema.enum)
  if (schema.anyOf) return validValue(random.pick(schema.anyOf), random, known, name)
  switch (schema.type) {
    case 'integer':
      return validNumber(schema, random, true)
    case 'number':
      return validNumber(schema, random, false)
    case 'boolean':
      return random.chance(0.5)
    case 'null':
      return null
    case 'array': {
      const least = schema.minItems ?? 0
      const count = Math.min(schema.maxItems ?? 6, least + random.below(5))
      return Array.from({ length: count }, () => validValue(schema.items ?? {}, random, known, name))
    }
    case 'object':
      return validObject(schema, random, known)
    case 'string':
      return validText(schema, random)
    default:
      return random.pick([1, 'text', true, null, [], {}])
  }
}

function validObject(schema: JsonSchema, random: Random, known: Known): Record<string, unknown> {
  const isNeeded = (name: string) => schema.required?.includes(name) ?? false
  const wanted = Object.entries(schema.properties ?? {}).filter(
    ([name]) => isNeeded(name) || random.chance(0.5),
  )
  return Object.fromEntries(wanted.map(([name, its]) => [name, validValue(its, random, known, name)]))
}

function validNumber({ minimum, maximum }: JsonSchema, random: Random, isWhole: boolean): number {
  const low = minimum ?? -1000
  const high = maximum ?? 1_000_000
  const value = random.pick([
    low,
    high,
    random.between(low, high),
    random.between(low, Math.min(high, low + 40)),
  ])
  return isWhole ? Math.round(value) : value
}

function validText({ format, pattern, minLength = 0, maxLength = 60 }: JsonSchema, random: Random): string {
  if (format === 'date') return random.pick(DAYS)
  if (format === 'date-time') return random.pick(TIMES)
  if (format === 'uuid') {
    const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('')
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
  }
  if (pattern) return String(random.below(100_000))
  const text = random.chance(0.5) ? random.pick(ODD_TEXTS) : `text ${random.below(1000)}`
  return [...text].slice(0, maxLength).join('').padEnd(minLength, 'x').slice(0, maxLength)
}

/** As an address carries it; one that `schema` refuses, null where it takes all. */
export function brokenText(schema: JsonSchema, random: Random): string | string[] | null {
  const { minimum, maximum, maxLength, maxItems, items } = schema
  if (schema.enum) return random.pick(['no such value', 'NULL', String(schema.enum[0]).toUpperCase()])
  switch (schema.type) {
    case 'integer':
    case 'number': {
      const beyond = [
        ...(minimum === undefined ? [] : [String(minimum - 1)]),
        ...(maximum === undefined || maximum + 1 === maximum ? [] : [String(maximum + 1)]),
      ]
      return random.pick(['abc', 'NaN', 'Infinity', '1,5', '--1', 'true', '1e999', ...beyond])
    }
    case 'boolean':
      return random.pick(['maybe', '2', 'TRUE'])
    case 'array': {
      if (maxItems !== undefined && random.chance(0.3)) return Array(maxItems + 1).fill('1')
      return items ? brokenText(items, random) : null
    }
    case 'string':
      if (schema.format)
        return random.pick(['yesterday', '2026-02-30', '2026-13-01T00:00:00Z', '0000-00-00', 'a\0b'])
      if (schema.pattern) return random.pick(['x y', 'a\0b', '-1'])
      return random.pick(['a\0b', ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)])])
    default:
      return null
  }
}

/** `whole` with one thing wrong, mostly; who calls holds it against the schema. */
export function brokenBody(schema: JsonSchema, whole: unknown, random: Random): unknown {
  if (schema.type !== 'object' || random.chance(0.1))
    return random.pick([null, 1, 'text', [], true, { a: 1 }])
  const body = { ...(whole as Record<string, unknown>) }
  const names = Object.keys(schema.properties ?? {})
  const way = random.below(4)
  if (way === 0 || names.length === 0) return { ...body, notKnownHere: 1 }
  if (way === 1 && schema.required?.length) {
    delete body[random.pick(schema.required)]
    return body
  }
  const name = random.pick(names)
  const its = schema.properties![name]!
  body[name] =
    its.type === 'object' && random.chance(0.5)
      ? brokenBody(its, body[name] ?? {}, random)
      : random.pick([null, {}, [], [[]], -1, 1e308, '', 'x'.repeat(5001), 'a\0b', true, { a: {} }, [null]])
  return body
}

/** Anything at all. */
export function absurdText(random: Random): string {
  if (random.chance(0.7)) return random.pick(ODD_TEXTS)
  return Array.from({ length: random.below(80) }, () => String.fromCodePoint(random.below(0xd7ff))).join('')
}

export function absurdBody(random: Random, depth = 0): unknown {
  const inner = () => absurdBody(random, depth + 1)
  switch (random.below(depth > 4 ? 4 : 7)) {
    case 0:
      return absurdText(random)
    case 1:
      return random.pick([0, -0, 1e308, -1, 2 ** 53, 0.1])
    case 2:
      return random.pick([null, true, false])
    case 3:
      return random.pick([[], {}])
    case 4:
      return Array.from({ length: random.below(5) }, inner)
    default:
      return Object.fromEntries(Array.from({ length: random.below(5) }, () => [absurdText(random), inner()]))
  }
}
