import type { ValidateFunction } from 'ajv'
import type { Static, TSchema } from 'typebox'
import { schemaCompiler } from './schema-compiler.ts'

/** What is wrong with a value: the place by a JSON pointer, empty for the whole, and what it must be. */
export interface SchemaFault {
  place: string
  message: string
}

/**
 * Holds what came otherwise than by a request against its schema, with the same validator. Compiled when it is first
 * needed: few deployments have what it is for.
 */
export class SchemaCheck<S extends TSchema> {
  readonly #schema: S
  #compiled: ValidateFunction | undefined

  constructor(schema: S) {
    this.#schema = schema
  }

  get #validate(): ValidateFunction {
    this.#compiled ??= schemaCompiler().compile(this.#schema)
    return this.#compiled
  }

  accepts(value: unknown): value is Static<S> {
    return this.#validate(value)
  }

  /** null: there is none */
  faultIn(value: unknown): SchemaFault | null {
    if (this.#validate(value)) return null
    const { instancePath = '', message = '' } = this.#validate.errors?.[0] ?? {}
    return { place: instancePath, message }
  }
}
