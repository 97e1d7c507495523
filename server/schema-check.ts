import type { Static, TSchema } from 'typebox'
import { schemaCompiler } from './schema-compiler.ts'

/** What is wrong with a value: the place by a JSON pointer, empty for the whole, and what it must be. */
export interface SchemaFault {
  place: string
  message: string
}

/** Holds what came otherwise than by a request against its schema, with the same validator. */
export class SchemaCheck<S extends TSchema> {
  readonly #validate

  constructor(schema: S) {
    this.#validate = schemaCompiler().compile(schema)
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
