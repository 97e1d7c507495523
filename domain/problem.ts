import Type from 'typebox'

/** One thing wrong with a request: where, what, and what to do about it. */
export const FieldFault = Type.Object({
  field: Type.String(),
  reason: Type.String(),
  remedy: Type.String(),
})
export type FieldFault = Type.Static<typeof FieldFault>

/** A sentence of a catalogue in domain/ with its values, for a screen to say it in its own language. */
export const CataloguedSentence = Type.Object({
  sentence: Type.String(),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  /** what there is to choose from, where the remedy is a choice */
  choices: Type.Optional(Type.Array(Type.String())),
})
export type CataloguedSentence = Type.Static<typeof CataloguedSentence>

/** The `type` of a 503 that passes by itself: the server is up and still reads its cases. */
export const STILL_LOADING = 'urn:problem:still-loading'

/** RFC 9457 problem details, as every route answers an error (`application/problem+json`). */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  faults: Type.Optional(Type.Array(FieldFault)),
  /** what `title` says */
  sentences: Type.Optional(Type.Array(CataloguedSentence)),
  /** with a 412: how the thing stands now that somebody else changed meanwhile */
  current: Type.Optional(Type.Unknown()),
})
export type Problem = Type.Static<typeof Problem>
