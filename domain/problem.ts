import Type from 'typebox'

/** One thing wrong with a request: where, what, and what to do about it. */
export const FieldFault = Type.Object({
  field: Type.String(),
  reason: Type.String(),
  remedy: Type.String(),
})
export type FieldFault = Type.Static<typeof FieldFault>

/** RFC 9457 problem details, as every route answers an error (`application/problem+json`). */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  faults: Type.Optional(Type.Array(FieldFault)),
})
export type Problem = Type.Static<typeof Problem>
