import { type RefusalCode, refusalText, refusedOption } from '../../domain/import-refusals.ts'
import { RequestError } from '../errors.ts'
import type { ImportRefused } from './import-refused.ts'

const STATUS: Partial<Record<RefusalCode, number>> = {
  'upload-too-large': 413,
  'upload-too-many-files': 413,
  'upload-too-many': 429,
  'upload-no-space': 507,
  'disk-full': 507,
  'upload-gone': 404,
  'undo-blocked': 409,
  'not-now': 409,
  'another-import': 409,
}

/** What to answer where something was refused; several refusals are one answer. */
export function refusedRequest(refusals: readonly ImportRefused[]): RequestError {
  const text = (refused: ImportRefused) => refusalText(refused, 'en', 'web')
  const faults = refusals.flatMap((refused) => {
    const option = refusedOption(refused.sentence)
    return option === null
      ? []
      : [{ field: `settings.${option}`, reason: refused.code, remedy: text(refused) }]
  })
  const sentences = refusals.map(({ sentence, values, choices }) => ({
    sentence,
    values,
    ...(choices.length > 0 && { choices: [...choices] }),
  }))
  return new RequestError(STATUS[refusals[0]!.code] ?? 400, refusals.map(text).join(' '), faults, sentences)
}
