import type { Language } from '../../../domain/district.ts'
import { address, type Parameters } from '../../api/request.ts'
import type { Theme } from '../../ui/palettes.ts'

interface Kept {
  /** null: the district's */
  language: Language | null
  theme: Theme
}

/** The theme that no address names. */
export const USUAL_THEME: Theme = 'dark'

/** The address of a page of ours, with language and theme kept and what else it should show. */
export function pageAddress(path: string, { language, theme }: Kept, query: Parameters = {}): string {
  return address(path, { ...query, language, theme: theme === USUAL_THEME ? null : theme })
}
