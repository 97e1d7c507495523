import type { ImportKind } from '../../domain/import-fields.ts'
import type { ImportSettings } from '../../domain/import-options.ts'

/** What is imported, from where, and how. */
export interface ImportOptions extends ImportSettings {
  kind: ImportKind
  /** read one after the other as if they were one */
  files: readonly string[]
}

/** A code as it is stored: filled up with zeros when it is a number, the prefix before it. */
export function storedCode(code: string, { codeDigits, codePrefix }: ImportOptions): string {
  return codePrefix + (/^\d+$/.test(code) ? code.padStart(codeDigits, '0') : code)
}
