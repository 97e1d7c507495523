import fastJsonStringify from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'

type Writer = (value: unknown) => string

/** By schema: that of a fault belongs to every route. */
const writers = new WeakMap<object, Writer>()

/**
 * Answers hold what their schema names and nothing else. A start compiles no schema, of which there are hundreds: most
 * of its time would go there.
 */
export function serializeAnswers(app: FastifyInstance): void {
  app.setSerializerCompiler(({ schema }) => (value: unknown) => {
    let write = writers.get(schema)
    if (!write) {
      write = fastJsonStringify(schema) as Writer
      writers.set(schema, write)
    }
    return write(value)
  })
}
