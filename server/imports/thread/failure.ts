import type { RefusalSentence, RefusalValues } from '../../../domain/import-refusals.ts'
import { asRefused } from '../import-files.ts'
import { ImportRefused } from '../import-refused.ts'
import type { Failure } from './messages.ts'

export function describeFailure(error: unknown): Failure {
  const refused = asRefused(error)
  const { message, stack, code } = error as Error & { code?: unknown }
  return {
    message: message ?? String(error),
    ...(stack && { stack }),
    ...(typeof code === 'string' && { code }),
    ...(refused && {
      refusal: { sentence: refused.sentence, values: refused.values, choices: refused.choices },
    }),
  }
}

export function errorOf({ message, stack, code, refusal }: Failure): Error {
  if (refusal) {
    const { sentence, values, choices } = refusal
    return new ImportRefused(sentence, values as RefusalValues<RefusalSentence>, choices)
  }
  return Object.assign(new Error(message), stack && { stack }, code && { code })
}
