import { Random } from '../../server/demo/random.ts'
import type { JsonSchema, Operation, Parameter } from './json-schema.ts'
import { absurdBody, absurdText, brokenBody, brokenText, type Known, validValue } from './values.ts'

export interface FuzzRequest {
  number: number
  /** `broken` has one thing in it that the schema refuses; of `absurd` nobody says what it should be answered */
  kind: 'valid' | 'broken' | 'absurd'
  /** the operation that it was made of, with its method */
  operation: Operation
  who: string
  method: string
  /** with the query */
  path: string
  headers: Record<string, string>
  body: string | null
}

export interface RequestParts {
  operations: readonly Operation[]
  known: Known
  /** whether a body keeps to its schema */
  fits: (schema: JsonSchema, body: unknown) => boolean
  roles: readonly string[]
}

/** Request `number` of a run with this seed: the same every time, whatever was asked before. */
export function makeRequest(seed: number, number: number, parts: RequestParts): FuzzRequest {
  const random = new Random(seed, number)
  const { operations, known, roles } = parts
  const operation = random.pick(operations)
  const who = random.chance(0.5) ? 'administrator' : random.pick(roles)
  const kind = random.pick(['valid', 'valid', 'broken', 'broken', 'absurd'] as const)
  if (kind === 'absurd') return { number, kind, operation, who, ...absurdRequest(operation, random, known) }
  const draft = validDraft(operation, random, known)
  const isBroken = kind === 'broken' && breakDraft(draft, operation, random, parts)
  return { number, kind: isBroken ? 'broken' : 'valid', operation, who, ...sent(operation, draft) }
}

interface Draft {
  path: Record<string, string>
  query: [name: string, value: string][]
  headers: Record<string, string>
  body: string | null
  /** what `body` says */
  value: unknown
}

function validDraft(operation: Operation, random: Random, known: Known): Draft {
  const draft: Draft = { path: {}, query: [], headers: {}, body: null, value: undefined }
  for (const { in: part, name, required, schema } of operation.parameters) {
    if (!required && random.chance(0.6)) continue
    const value = validValue(schema, random, known, name)
    if (part === 'query') for (const one of [value].flat()) draft.query.push([name, String(one)])
    else if (part === 'path') draft.path[name] = String(value)
    else draft.headers[name] = `key ${random.below(1e9)}`
  }
  const schema = bodySchema(operation)
  if (schema) setBody(draft, validValue(schema, random, known))
  return draft
}

function setBody(draft: Draft, value: unknown): void {
  draft.value = value
  draft.body = JSON.stringify(value) ?? ''
  draft.headers['content-type'] = 'application/json'
}

const bodySchema = ({ requestBody }: Operation) => requestBody?.content?.['application/json']?.schema

/** False: there is nothing in it that could be broken. */
function breakDraft(draft: Draft, operation: Operation, random: Random, { fits }: RequestParts): boolean {
  const schema = bodySchema(operation)
  if (schema && random.chance(0.6)) {
    const body = brokenBody(schema, draft.value, random)
    if (body !== undefined && !fits(schema, body)) {
      setBody(draft, body)
      return true
    }
    // Cut off in the middle
    draft.body = JSON.stringify(draft.value).slice(0, -1) || '{'
    return true
  }
  const parameter = operation.parameters.length > 0 ? random.pick(operation.parameters) : null
  if (parameter && random.chance(0.8)) return breakParameter(draft, parameter, random)
  draft.query.push([random.pick(['notKnownHere', '__proto__', 'Limit', 'q[]', '']), '1'])
  return true
}

function breakParameter(
  draft: Draft,
  { in: part, name, required, schema }: Parameter,
  random: Random,
): boolean {
  const others = draft.query.filter(([one]) => one !== name)
  if (required && part !== 'path' && random.chance(0.3)) {
    draft.query = others
    delete draft.headers[name]
    return true
  }
  if (part === 'header') {
    draft.headers[name] = 'x'.repeat((schema.maxLength ?? 1000) + 1)
    return true
  }
  const broken = brokenText(schema, random)
  if (broken === null) return false
  if (part === 'path') draft.path[name] = [broken].flat()[0]!
  else draft.query = [...others, ...[broken].flat().map((one) => [name, one] as [string, string])]
  return true
}

function sent(operation: Operation, { path, query, headers, body }: Draft) {
  // Nothing between two slashes would be another address
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encoded(path[name] || '-'))
  const text = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
  return { method: operation.method, path: text ? `${filled}?${text}` : filled, headers, body }
}

/** A half of a pair of surrogates has no form in an address. */
const encoded = (text: string) => encodeURIComponent(text.replace(/\p{Cs}/gu, ''))

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'M-SEARCH',
]
const ODD_HEADERS: [string, string][] = [
  ['accept', 'text/html'],
  ['accept', 'application/xml;q=0'],
  ['accept-encoding', 'br;q=0, gzip;q=2, *;q=x'],
  ['accept-encoding', 'identity'],
  ['accept-encoding', 'x-'.repeat(2000)],
  ['if-none-match', '*'],
  ['if-none-match', 'W/"", "'],
  ['if-modified-since', 'yesterday'],
  ['range', 'bytes=0-0,-1,5-'],
  ['content-type', 'application/xml'],
  ['content-type', 'multipart/form-data'],
  ['content-type', 'multipart/form-data; boundary='],
  ['content-type', 'application/json; charset=utf-32'],
  ['content-type', '///'],
  ['content-encoding', 'br'],
  ['transfer-encoding', 'chunked'],
  ['expect', '100-continue'],
  ['origin', 'null'],
  ['origin', 'https://evil.example'],
  ['sec-fetch-site', 'cross-site'],
  ['x-forwarded-for', '::ffff:1.2.3.4, %'],
  ['x-forwarded-proto', 'javascript'],
  ['host', 'evil.example'],
  ['authorization', 'Bearer \u00ff'],
  ['cookie', 'session=; session=%00; wall="'],
  ['idempotency-key', '\u00e9'],
  ['x-http-method-override', 'DELETE'],
  ['x-large', 'x'.repeat(20_000)],
]
const PATHS = [
  '/',
  '/..%2f..%2fetc/passwd',
  '/api',
  '/api/',
  '//evil.example',
  '/api/%',
  '/%00',
  '/assets/../../x',
  '/docs/json',
  '/api/openapi.json',
  '/metrics',
  '/tiles/none/1/1/1.mvt',
  `/${'a'.repeat(9000)}`,
]

function absurdRequest(operation: Operation, random: Random, known: Known) {
  const draft = validDraft(operation, random, known)
  const { path, method, headers, body } = sent(operation, draft)
  const request = { path, method, headers, body }
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    switch (random.below(6)) {
      case 0:
        request.method = random.pick(METHODS)
        break
      case 1: {
        const [name, value] = random.pick(ODD_HEADERS)
        request.headers = { ...request.headers, [name]: value }
        break
      }
      case 2:
        request.path = random.chance(0.3)
          ? random.pick(PATHS)
          : operation.path.replace(/\{\w+\}/g, () => encoded(absurdText(random)))
        break
      case 3:
        request.path += `${request.path.includes('?') ? '&' : '?'}${encoded(absurdText(random))}=${encoded(absurdText(random))}`
        break
      case 4:
        request.body = random.chance(0.2) ? '['.repeat(20_000) : (JSON.stringify(absurdBody(random)) ?? '')
        break
      default:
        request.body = absurdText(random)
    }
  }
  // Node itself sends no more
  request.path = request.path.slice(0, 12_000)
  return request
}
