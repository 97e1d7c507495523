import type { AreaLevel } from '../../domain/area.ts'
import type { ImportKind } from '../../domain/import-fields.ts'

/** What somebody states who imports files; everything but `kind` and `files` may be left out. */
export interface ImportOptions {
  kind: ImportKind
  /** read one after the other as if they were one */
  files: readonly string[]
  /** coordinate system of the files; null: as they say, else longitude and latitude */
  crs: string | null
  /** coordinates stand as latitude, longitude */
  swapAxes: boolean
  /** column of a field; '' for none although one has its name */
  map: Readonly<Record<string, string>>
  /** what values of a field mean: field, then value in the file, then value here */
  values: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** refuse everything when one row is rejected */
  strict: boolean
  /** written before every grid and area code */
  codePrefix: string
  /** codes of digits only are filled up with zeros to this length, before the prefix */
  codeDigits: number
  layer: string | null
  /** IANA zone of times without an offset; null: the district's */
  timeZone: string | null
  /** form of times, such as DD/MM/YYYY HH:mm; null: recognised */
  dateFormat: string | null
  /** who must be credited wherever this data is shown */
  attribution: string | null
  /** level of the areas imported, or created for grids that name unknown ones */
  areaLevel: AreaLevel | null
  /** the first characters of a grid code, before the prefix, that are its area's code; 0: another way */
  areaLength: number
  /** first day of the coverage, YYYY-MM-DD; null: always, or today where the coverage changes */
  validFrom: string | null
  /** gaps and overlaps of grids up to this width are closed */
  toleranceM: number
  /** what happens to grids with wider gaps or overlaps */
  needsRepair: 'refuse' | 'import'
  /** the cases have no loop: closed as they are reported */
  closed: boolean
}

export const DEFAULT_OPTIONS: Omit<ImportOptions, 'kind' | 'files'> = {
  crs: null,
  swapAxes: false,
  map: {},
  values: {},
  strict: false,
  codePrefix: '',
  codeDigits: 0,
  layer: null,
  timeZone: null,
  dateFormat: null,
  attribution: null,
  areaLevel: null,
  areaLength: 0,
  validFrom: null,
  toleranceM: 1,
  needsRepair: 'refuse',
  closed: false,
}

/** A code as it is stored: filled up with zeros when it is a number, the prefix before it. */
export function storedCode(code: string, { codeDigits, codePrefix }: ImportOptions): string {
  return codePrefix + (/^\d+$/.test(code) ? code.padStart(codeDigits, '0') : code)
}
