import type { FieldFault } from '../domain/problem.ts'

/** What Ajv tells of a value that its schema refuses. */
export interface ValidationFault {
  instancePath: string
  keyword: string
  params?: Record<string, unknown>
}

type Params = Record<string, unknown>

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}
const FORMATS: Record<string, string> = {
  date: 'a day (2026-01-31)',
  'date-time': 'a time with its zone (2026-01-31T08:00:00+08:00)',
  email: 'an e-mail address',
  uri: 'an address (https://example.org/)',
}

const typesOf = ({ type }: Params) =>
  [type]
    .flat()
    .map((one) => TYPES[String(one)] ?? String(one))
    .join(' or ')
const formatOf = ({ format }: Params) => FORMATS[String(format)] ?? `of the format ${format}`
const count = (n: unknown, one: string) => (n === 1 ? `1 ${one}` : `${n} ${one}s`)
const bound = ({ comparison, limit }: Params) =>
  `${{ '>=': 'at least', '<=': 'at most', '>': 'more than', '<': 'less than' }[String(comparison)]} ${limit}`

/** By the keyword of JSON Schema: what is wrong, and what to do, in words that need no JSON Schema. */
const WORDS: Record<string, (params: Params) => readonly [reason: string, remedy: string]> = {
  required: () => ['is missing', 'Send this field.'],
  additionalProperties: () => ['is no field here', 'Leave this field out.'],
  type: (params) => [`is not ${typesOf(params)}`, `Send ${typesOf(params)}.`],
  format: (params) => [`is not ${formatOf(params)}`, `Write ${formatOf(params)}.`],
  enum: ({ allowedValues }) => [
    'is none of the values that there are',
    `Use one of ${(allowedValues as unknown[]).join(', ')}.`,
  ],
  const: ({ allowedValue }) => ['is another value', `Use ${allowedValue}.`],
  minLength: ({ limit }) =>
    limit === 1
      ? ['is empty', 'Write at least one character.']
      : [`is shorter than ${count(limit, 'character')}`, `Write at least ${count(limit, 'character')}.`],
  maxLength: ({ limit }) => [
    `is longer than ${count(limit, 'character')}`,
    `Write at most ${count(limit, 'character')}.`,
  ],
  minItems: ({ limit }) => [`is a list of fewer than ${limit}`, `Send at least ${limit}.`],
  maxItems: ({ limit }) => [`is a list of more than ${limit}`, `Send at most ${limit}.`],
  uniqueItems: () => ['names something twice', 'Name each once.'],
  minProperties: () => ['holds nothing', 'Send at least one field.'],
  maxProperties: ({ limit }) => [`holds more than ${count(limit, 'field')}`, `Send at most ${limit}.`],
  minimum: (params) => ['is too small', `Send ${bound(params)}.`],
  exclusiveMinimum: (params) => ['is too small', `Send ${bound(params)}.`],
  maximum: (params) => ['is too large', `Send ${bound(params)}.`],
  exclusiveMaximum: (params) => ['is too large', `Send ${bound(params)}.`],
  multipleOf: ({ multipleOf }) => ['lies between two steps', `Send a multiple of ${multipleOf}.`],
}

/** @param part of the request that it is in: body, querystring ... */
export function faultOfSchema(
  { instancePath, keyword, params = {} }: ValidationFault,
  part: string,
): FieldFault {
  const missing = params.missingProperty ?? params.additionalProperty
  const path = instancePath.split('/').filter(Boolean)
  if (missing) path.push(String(missing))
  const [reason, remedy] = WORDS[keyword]?.(params) ?? [
    'is not written as it has to be',
    `See /docs for how this ${part} is written.`,
  ]
  return { field: path.join('.') || part, reason, remedy }
}
