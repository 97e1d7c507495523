import type { ColumnMap, FieldOf, ImportKind } from '../../domain/import-fields.ts'
import type { RejectReason } from '../../domain/import-reasons.ts'

export interface Fault {
  field: string
  reason: RejectReason
}

export interface NumberRange {
  min: number
  max: number
}

/** Nobody sees them, and no table of ours holds them as text. */
const CONTROL_CHARACTER = /(?![\t\n\r])\p{Cc}/u

/** What a dictionary holds under a word itself; undefined for what every object knows (`constructor`). */
export function ownValue<T>(dictionary: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(dictionary, word) ? dictionary[word] : undefined
}

const NOTHING = new Set(['', 'null', 'NULL', 'None', 'NaN', 'nan', 'N/A', 'n/a', '#N/A'])

/**
 * Values of one record after the other, by field. The first thing wrong with a record is kept in `fault`; what
 * is wrong reads as null.
 */
export class FieldReader<Kind extends ImportKind> {
  fault: Fault | null = null
  private properties: Readonly<Record<string, unknown>> = {}

  constructor(
    private readonly columns: ColumnMap<Kind>,
    private readonly translations: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ) {}

  start(properties: Readonly<Record<string, unknown>>): void {
    this.properties = properties
    this.fault = null
  }

  reject(field: FieldOf<Kind> | 'geometry', reason: RejectReason): void {
    this.fault ??= { field, reason }
  }

  /** Trimmed text; null when it is empty or nobody fills the field. */
  text(field: FieldOf<Kind>, longest = 400): string | null {
    const column = this.columns[field]
    if (!column) return null
    const value = ownValue(this.properties, column)
    if (value === null || value === undefined) return null
    const plain = typeof value === 'string' ? value.trim() : String(value)
    const text = ownValue(this.translations[field] ?? {}, plain) ?? plain
    if (NOTHING.has(text)) return null
    if (text.length > longest) this.reject(field, 'text-too-long')
    else if (CONTROL_CHARACTER.test(text)) this.reject(field, 'control-character')
    else return text
    return null
  }

  /** As `text`, a record without it being rejected; '' then. */
  requiredText(field: FieldOf<Kind>, longest = 400): string {
    const text = this.text(field, longest)
    if (text === null) this.reject(field, 'field-missing')
    return text ?? ''
  }

  number(field: FieldOf<Kind>, { min, max }: NumberRange): number | null {
    const text = this.text(field)
    if (text === null) return null
    const value = Number(text)
    if (!Number.isFinite(value)) {
      this.reject(field, 'not-a-number')
      return null
    }
    if (value >= min && value <= max) return value
    this.reject(field, 'number-out-of-range')
    return null
  }

  wholeNumber(field: FieldOf<Kind>, range: NumberRange): number | null {
    const value = this.number(field, range)
    if (value === null || Number.isInteger(value)) return value
    this.reject(field, 'not-a-whole-number')
    return null
  }

  /** One of `choices`, or what `synonyms` (lower case) say of it; null when empty. */
  choice<T extends string>(
    field: FieldOf<Kind>,
    choices: readonly T[],
    synonyms: Readonly<Record<string, T>> = {},
  ): T | null {
    const text = this.text(field)?.toLowerCase()
    if (text === undefined) return null
    const choice = choices.find((one) => one === text) ?? ownValue(synonyms, text)
    if (choice === undefined) this.reject(field, 'unknown-value')
    return choice ?? null
  }
}
