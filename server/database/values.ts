import type { Parameter } from './database.ts'

/**
 * The settings a session needs for the texts below to be the ones read and written, and for dates and times
 * in SQL to mean the same on every server: a statement that wants the district's day says AT TIME ZONE.
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
}

/** What goes over the wire for a parameter: text, or bytes in binary format, or null. */
export function encodeParameter(value: Parameter): string | Uint8Array | null {
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array) return value
  if (Array.isArray(value)) return encodeArray(value)
  if (value instanceof Date) return value.toISOString()
  return String(value)
}

function encodeArray(values: readonly unknown[]): string {
  return `{${values.map(encodeElement).join(',')}}`
}

function encodeElement(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return encodeArray(value)
  if (value instanceof Date) return `"${value.toISOString()}"`
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString('hex')}"`
  return `"${String(value).replace(/["\\]/g, '\\$&')}"`
}

/** Turns the text of one value into what database.ts promises. */
export type Decoder = (text: string) => unknown

const asText: Decoder = (text) => text
const asBoolean: Decoder = (text) => text === 't'
const asJson: Decoder = (text) => JSON.parse(text)
const asBytes: Decoder = (text) => Buffer.from(text.slice(2), 'hex')

/** An instant of a session in UTC. 'infinity' has no Date: it becomes an invalid one. */
const asDate: Decoder = (text) => {
  const match = /^(\d{4,6})-(\d\d-\d\d) ([\d:.]+)\+00( BC)?$/.exec(text)
  if (!match) return new Date(Number.NaN)
  const [, year, day, time, beforeChrist] = match
  if (!beforeChrist && year!.length === 4) return new Date(`${year}-${day}T${time}Z`)
  const signed = beforeChrist ? 1 - Number(year) : Number(year)
  return new Date(`${signed < 0 ? '-' : '+'}${String(Math.abs(signed)).padStart(6, '0')}-${day}T${time}Z`)
}

/** By type OID of pg_type; a type that is not named here (geometry, xid8, uuid, ranges) stays text. */
const DECODERS: Readonly<Record<number, Decoder>> = {
  16: asBoolean,
  17: asBytes,
  20: Number,
  21: Number,
  23: Number,
  26: Number,
  114: asJson,
  700: Number,
  701: Number,
  1184: asDate,
  1700: Number,
  3802: asJson,
}

const ELEMENT_OF_ARRAY: Readonly<Record<number, number>> = {
  199: 114,
  271: 5069,
  1000: 16,
  1001: 17,
  1002: 18,
  1003: 19,
  1005: 21,
  1007: 23,
  1009: 25,
  1014: 1042,
  1015: 1043,
  1016: 20,
  1021: 700,
  1022: 701,
  1028: 26,
  1115: 1114,
  1182: 1082,
  1185: 1184,
  1231: 1700,
  2951: 2950,
  3807: 3802,
}

const decodersByType = new Map<number, Decoder>()

export function decoderOf(typeId: number): Decoder {
  let decoder = decodersByType.get(typeId)
  if (!decoder) {
    const element = ELEMENT_OF_ARRAY[typeId]
    decoder = element === undefined ? scalarDecoder(typeId) : arrayDecoder(scalarDecoder(element))
    decodersByType.set(typeId, decoder)
  }
  return decoder
}

function scalarDecoder(typeId: number): Decoder {
  return DECODERS[typeId] ?? asText
}

function arrayDecoder(element: Decoder): Decoder {
  return (text) => {
    if (text === '{}') return []
    // Nine in ten arrays are flat lists of numbers, of up to a million elements
    if (element === Number && !text.includes('{', 1) && !text.includes('N')) {
      return text.slice(1, -1).split(',').map(Number)
    }
    return readArray(text, text.indexOf('{'), element)[0]
  }
}

/** The array that opens at `start`, and the position after its closing brace. */
function readArray(text: string, start: number, element: Decoder): [values: unknown[], end: number] {
  const values: unknown[] = []
  let at = start + 1
  while (text[at] !== '}') {
    if (text[at] === ',') at += 1
    if (text[at] === '{') {
      const [inner, end] = readArray(text, at, element)
      values.push(inner)
      at = end
    } else if (text[at] === '"') {
      let word = ''
      at += 1
      while (text[at] !== '"') {
        if (text[at] === '\\') at += 1
        word += text[at]
        at += 1
      }
      values.push(element(word))
      at += 1
    } else {
      let end = at
      while (text[end] !== ',' && text[end] !== '}') end += 1
      const word = text.slice(at, end)
      values.push(word === 'NULL' ? null : element(word))
      at = end
    }
  }
  return [values, at + 1]
}
