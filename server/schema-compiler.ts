import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'

/** RFC 3339 with the zones there are, and no leap second: what both this language and the database can read. */
const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)$/i

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false
  const day = new Date(`${text}T00:00:00Z`)
  // The thirtieth of February is read as a day of March
  return Number.isFinite(day.getTime()) && day.toISOString().startsWith(text)
}

// Years 1 to 9999 in UTC; a zone can lead out of them
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z')
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

function isDateTime(text: string): boolean {
  const day = DATE_TIME.exec(text)?.[1]
  if (day === undefined || !isDate(day)) return false
  const instant = Date.parse(text)
  return instant >= FIRST_MS && instant <= LAST_MS
}

/** Compiles schemas of JSON, with the formats that both this language and the database can read. */
export function schemaCompiler(options: Options = {}): Ajv {
  const ajv = new Ajv({ allErrors: false, useDefaults: true, ...options })
  // The CommonJS typing of ajv-formats hides its call signature from ESM
  const add = addFormats as unknown as (ajv: Ajv) => void
  add(ajv)
  return ajv.addFormat('date', isDate).addFormat('date-time', isDateTime)
}
