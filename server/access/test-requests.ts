import type { Action, PUBLIC } from '../../domain/access/action.ts'
import type { Target } from './test-canaries.ts'

interface Schema {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  minItems?: number
  required?: string[]
  properties?: Record<string, Schema>
}

interface ParameterOfRoute {
  in: 'path' | 'query' | 'header'
  name: string
  required?: boolean
  schema: Schema
}

/** A route of the OpenAPI document. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  action: Action | typeof PUBLIC
  parameters: ParameterOfRoute[]
  body: Schema | null
}

export function operationsOf(document: { paths?: object }): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, never>).map(([method, operation]) => {
      const {
        parameters = [],
        requestBody,
        'x-action': action,
      } = operation as {
        parameters?: ParameterOfRoute[]
        requestBody?: { content: Record<string, { schema: Schema }> }
        'x-action': Operation['action']
      }
      const body = requestBody?.content['application/json']?.schema ?? null
      return { method: method.toUpperCase() as Operation['method'], path, action, parameters, body }
    }),
  )
}

/** A key that nothing has. */
const ABSENT_ID = 4_071_000_000
const ABSENT_UUID = '00000000-0000-4000-8000-000000000000'

/** The keys in addresses, by what stands before them. What belongs to no area is asked for in vain. */
const PATH_KEYS: Record<string, (target: Target) => string | number> = {
  'grids/code': ({ grid }) => grid,
  'buildings/id': ({ buildingId }) => buildingId,
  'incidents/id': ({ incidentId }) => incidentId,
  'users/id': () => ABSENT_ID,
  'devices/id': () => ABSENT_ID,
  'imports/id': () => ABSENT_ID,
  'uploads/id': () => ABSENT_UUID,
  // The ready-made wall, which everybody's screen shows
  'walls/id': () => 0,
  'versions/version': () => 1,
  'reports/deviceId': () => ABSENT_ID,
  'alarms/id': ({ alarmId }) => alarmId,
  'cap/id': ({ alarmId }) => alarmId,
  'wall-images/name': () => 'absent.png',
}

const TILE_ZOOM = 14

/** Parameters whose schema does not say what is worth asking for. */
const NAMED: Record<string, (target: Target) => (string | number)[]> = {
  q: ({ street, grid }) => ['CANARY', `CANARY-${street}`, grid],
  area: ({ street, community }) => [street, community, street.slice(0, 6)],
  grid: ({ grid }) => [grid],
  bbox: ({ lng, lat }) => ['100,20,110,30', [lng - 0.004, lat - 0.004, lng + 0.004, lat + 0.004].join()],
  near: ({ lng, lat }) => [`${lng.toFixed(5)},${lat.toFixed(5)}`],
  lng: ({ lng }) => [lng],
  lat: ({ lat }) => [lat],
  from: () => ['2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  to: () => ['2099-01-01T00:00:00Z'],
  category: () => ['01'],
  department: () => ['D1', 'D2'],
  at: () => ['2026-01-01T00:00:00Z'],
  who: () => ['test-viewer'],
  action: () => ['sign-in'],
  subject: () => ['case'],
  returnTo: () => ['/overview'],
  code: () => ['x'],
  state: () => ['x'],
  iss: () => ['x'],
  error: () => ['x'],
  id: () => [0],
  'if-match': () => ['"1"'],
  'idempotency-key': () => [`key ${++keys}`],
  // From before everything was written: all of it is told
  after: () => ['nowhere', beginOfChanges],
}
let keys = 0
let beginOfChanges = ''

/** Says where the changes of this database begin, as a place in the live stream. */
export function tellFromBegin(position: string): void {
  beginOfChanges = position
}

/** Bodies that make something where the target lies. */
const BODIES: Record<string, (target: Target) => object> = {
  'POST /api/incidents': ({ lng, lat }) => ({ categoryCode: '01', lng, lat }),
  'POST /api/walls': () => ({ name: 'a wall of the ready-made scenes' }),
  'POST /api/incidents/{id}/contact': () => ({ reason: 'The place is not clear.' }),
}

export interface FilledRequest {
  method: Operation['method']
  url: string
  headers: Record<string, string>
  payload?: object
}

/** Told so that whoever adds a route knows what to do. */
class CannotFill extends Error {
  constructor({ method, path }: Operation, what: string) {
    super(`${method} ${path}: ${what}. Say what to ask for in server/access/test-requests.ts.`)
  }
}

/**
 * The requests that a route takes about a target: the plain one first, then one for each value of each optional
 * parameter.
 * @throws CannotFill for a parameter that neither its schema nor the tables above say a value for
 */
export function requestsFor(operation: Operation, target: Target): FilledRequest[] {
  const { method, parameters, body } = operation
  const path = filledPath(operation, target)
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const required = inQuery.filter((parameter) => parameter.required)
  const base = required.map(({ name, schema }) => [name, valuesOf(operation, name, schema, target)] as const)
  const plain = base.map(([name, values]) => [name, values[0]!] as const)
  const queries = [plain]
  for (const [name, values] of base) {
    for (const value of values.slice(1))
      queries.push([...plain.filter(([other]) => other !== name), [name, value]])
  }
  for (const { name, schema } of inQuery.filter(
    (parameter) => !parameter.required && parameter.name !== 'cursor',
  )) {
    for (const value of valuesOf(operation, name, schema, target)) queries.push([...plain, [name, value]])
  }
  const headers = Object.fromEntries(
    parameters
      .filter((parameter) => parameter.in === 'header')
      .map(({ name, schema }) => [name, String(valuesOf(operation, name, schema, target)[0])]),
  )
  const ownBody = BODIES[`${method} ${operation.path}`]?.(target)
  const payload = ownBody ?? (body ? (bodyOf(operation, body) as object) : undefined)
  return queries.map((query) => {
    const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
    return { method, url: text ? `${path}?${text}` : path, headers, ...(payload && { payload }) }
  })
}

function filledPath(operation: Operation, target: Target): string {
  const place = tilePlace(target)
  let collection = ''
  return operation.path
    .split('/')
    .map((part) => {
      const name = /^\{(\w+)\}/.exec(part)?.[1]
      if (!name) {
        collection = part
        return part
      }
      const key = place[name as keyof typeof place] ?? PATH_KEYS[`${collection}/${name}`]?.(target)
      if (key === undefined) throw new CannotFill(operation, `nothing is known for ${collection}/${name}`)
      return part.replace(`{${name}}`, encodeURIComponent(key))
    })
    .join('/')
}

function tilePlace({ lng, lat }: Target) {
  const radians = (lat * Math.PI) / 180
  const tiles = 2 ** TILE_ZOOM
  return {
    z: TILE_ZOOM,
    x: Math.floor(((lng + 180) / 360) * tiles),
    y: Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * tiles),
  }
}

function valuesOf(
  operation: Operation,
  name: string,
  schema: Schema,
  target: Target,
): (string | number | boolean)[] {
  const named = NAMED[name]?.(target)
  if (named) return named
  if (schema.enum) return schema.enum as string[]
  if (schema.type === 'array' && schema.items) return valuesOf(operation, name, schema.items, target)
  if (schema.type === 'boolean') return [true, false]
  if (schema.type === 'integer' || schema.type === 'number') {
    const ends = [schema.minimum, schema.maximum].filter((end) => end !== undefined)
    if (ends.length > 0) return ends
  }
  if (schema.format === 'date') return ['2026-06-01', '2019-01-01']
  throw new CannotFill(operation, `nothing is known for the parameter ${name}`)
}

/** The least that the schema lets through, or nearly. */
function bodyOf(operation: Operation, schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return bodyOf(operation, schema.anyOf[0]!)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, bodyOf(operation, schema.properties![name]!)]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => bodyOf(operation, schema.items!))
    case 'string':
      return schema.format === 'uuid' ? ABSENT_UUID : 'x'.repeat(schema.minLength ?? 1)
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return true
    case 'null':
      return null
  }
  throw new CannotFill(operation, 'its body has a part without a type')
}
