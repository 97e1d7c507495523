import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'

function compiler(options: Options): Ajv {
  const ajv = new Ajv({ allErrors: false, useDefaults: true, ...options })
  // The CommonJS typing of ajv-formats hides its call signature from ESM
  const add = addFormats as unknown as (ajv: Ajv) => void
  add(ajv)
  return ajv
}

/**
 * Requests are held against their schema. Addresses carry only text, so paths, queries and headers are
 * turned into the numbers and lists that the schema names (`?status=filed` is a list of one); a body has
 * types of its own and is taken at its word.
 */
export function validateRequests(app: FastifyInstance): void {
  const fromText = compiler({ coerceTypes: 'array' })
  const asSent = compiler({ coerceTypes: false })
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? asSent : fromText).compile(schema),
  )
}
