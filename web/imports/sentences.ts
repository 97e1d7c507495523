import { useCallback } from 'react'
import type { ImportOption } from '../../domain/import-options.ts'
import { REFUSALS, type Refusal, refusalText, refusedOption } from '../../domain/import-refusals.ts'
import type { CataloguedSentence } from '../../domain/problem.ts'
import { ApiError } from '../api/request.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { useFormat } from '../ui/format.ts'

const isKnown = (one: CataloguedSentence): one is CataloguedSentence & Refusal => one.sentence in REFUSALS

const optionOf = (one: CataloguedSentence): ImportOption | null =>
  isKnown(one) ? refusedOption(one.sentence) : null

/** Says in the reader's language what the server refused. */
export function useSentences() {
  const { language } = useFormat()
  const textOf = useErrorText()
  const say = useCallback(
    (one: CataloguedSentence) => (isKnown(one) ? refusalText(one, language, 'web') : one.sentence),
    [language],
  )
  const sayError = useCallback(
    (error: unknown): string[] => {
      const sentences = error instanceof ApiError ? (error.problem?.sentences ?? []) : []
      return sentences.length > 0 ? sentences.map(say) : [textOf(error)]
    },
    [say, textOf],
  )
  return { say, sayError, optionOf }
}

/** The sentences that belong to an option; null: those that belong to none. */
export function sentencesOf(
  all: readonly CataloguedSentence[],
  option: ImportOption | null,
): CataloguedSentence[] {
  return all.filter((one) => optionOf(one) === option)
}
