/** Why an import as a whole was refused. The code is stable. */
export type RefusalCode =
  | 'file-not-found'
  | 'ending-unknown'
  | 'content-not-as-ending'
  | 'file-empty'
  | 'file-broken'
  | 'record-too-large'
  | 'zip-bomb'
  | 'zip-content'
  | 'layer-unclear'
  | 'crs-unknown'
  | 'crs-needed'
  | 'coordinates-swapped'
  | 'column-missing'
  | 'column-unknown'
  | 'option-unusable'
  | 'too-many-rows'
  | 'rows-rejected'
  | 'coverage-problems'
  | 'area-codes-nested'
  | 'another-import'

/** A file that cannot be imported as it stands; `message` says what is wrong and what to do. */
export class ImportRefused extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message)
  }
}
