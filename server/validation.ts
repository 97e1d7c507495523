import type { Ajv, ValidateFunction } from 'ajv'
import type { FastifyInstance } from 'fastify'
import { badField } from './errors.ts'
import { schemaCompiler } from './schema-compiler.ts'

/**
 * Requests are held against their schema. Addresses carry only text, so paths, queries and headers are
 * turned into the numbers and lists that the schema names (`?status=filed` is a list of one); a body has
 * types of its own and is taken at its word. No text may hold U+0000, which the database cannot keep. A parameter
 * of the query that the schema does not name is refused: what is misspelt would pass for left out.
 */
export function validateRequests(app: FastifyInstance): void {
  const fromText = schemaCompiler({ coerceTypes: 'array' })
  const asSent = schemaCompiler({ coerceTypes: false })
  app.setValidatorCompiler(({ schema, httpPart }) =>
    compiledWhenUsed(httpPart === 'body' ? asSent : fromText, schema),
  )
  app.addHook('preValidation', async ({ params, query, body, routeOptions: { schema } }) => {
    // The pages take whatever an address holds, and fall back where they cannot read it
    if (!schema || schema.hide) return
    const unknown = unknownParameter(query, schema.querystring)
    if (unknown) throw badField(unknown.name, 'is no parameter of this address', unknown.remedy)
    const field = fieldWithNul(params) ?? fieldWithNul(query) ?? fieldWithNul(body)
    if (field === null) return
    throw badField(field, 'holds the character U+0000', 'Leave this character out.')
  })
  // The validator takes Infinity for a number and holds it against nothing
  app.addHook('preHandler', async ({ params, query }) => {
    for (const [name, value] of Object.entries({ ...(query as object), ...(params as object) })) {
      const isEndless = [value].flat().some((one) => typeof one === 'number' && !Number.isFinite(one))
      if (isEndless)
        throw badField(name, 'is no finite number', 'Send a number within the limits of the schema.')
    }
  })
}

/**
 * Answers `{ value }`, with defaults and types turned, or `{ error }`. The schema is compiled when the first value comes,
 * as those of answers are.
 */
function compiledWhenUsed(ajv: Ajv, schema: object) {
  let compiled: ValidateFunction | undefined
  return (value: unknown) => {
    compiled ??= ajv.compile(schema)
    // What is turned into another type as a whole is put into its holder
    const holder = { value }
    const isValid = compiled(value, {
      ...{ parentData: holder, parentDataProperty: 'value' },
      ...{ instancePath: '', rootData: value as object, dynamicAnchors: {} },
    })
    return isValid ? holder : { error: compiled.errors ?? [] }
  }
}

/** The first that `schema` does not name; null: it names all, or says that it takes others too. */
function unknownParameter(query: unknown, schema: unknown): { name: string; remedy: string } | null {
  const { properties = {}, additionalProperties } = (schema ?? {}) as {
    properties?: object
    additionalProperties?: boolean
  }
  if (additionalProperties === true) return null
  const name = Object.keys(query as object).find((one) => !Object.hasOwn(properties, one))
  if (name === undefined) return null
  const known = Object.keys(properties).join(', ')
  return { name, remedy: known ? `Leave it out; there are ${known}.` : 'Leave it out; there are none.' }
}

/** A field that has U+0000 in its name or its text, anywhere below `whole`; null: none. */
function fieldWithNul(whole: unknown): string | null {
  const open: [path: string, name: string, value: unknown][] = [['', '', whole]]
  // A list of its own, not recursion: a body can be nested deeper than the stack
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, name, value] = next
    if (name.includes('\0') || (typeof value === 'string' && value.includes('\0'))) {
      return path.replaceAll('\0', '') || 'body'
    }
    if (!isPlain(value)) continue
    for (const [inner, its] of Object.entries(value))
      open.push([path ? `${path}.${inner}` : inner, inner, its])
  }
  return null
}

/** What a request is read into (with or without a prototype), as against a file that passes through. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}
