import {
  type Refusal,
  type RefusalCode,
  type RefusalSentence,
  type RefusalValues,
  refusalCode,
  refusalText,
} from '../../domain/import-refusals.ts'

/** Something that cannot be imported as it stands; `message` says in English what is wrong and what to do. */
export class ImportRefused<S extends RefusalSentence = RefusalSentence> extends Error implements Refusal {
  /** what there is to choose from, where the remedy is a choice */
  readonly choices: readonly string[]
  readonly sentence: S
  readonly values: RefusalValues<S>

  constructor(sentence: S, values: RefusalValues<S>, choices: readonly string[] = []) {
    super(refusalText({ sentence, values }, 'en', 'command-line'))
    this.sentence = sentence
    this.values = values
    this.choices = choices
  }

  get code(): RefusalCode {
    return refusalCode(this.sentence)
  }
}
