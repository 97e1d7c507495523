import type { Language } from '../../../domain/district.ts'
import { address, type Parameters } from '../../api/request.ts'
import type { Theme } from '../../ui/palettes.ts'
import { remembered } from '../../ui/remembered.ts'

interface Kept {
  /** null: as usual here */
  language: Language | null
  theme: Theme
}

/** The theme where neither the address nor anybody's choice names one. */
export const USUAL_THEME: Theme = 'dark'

/** The address of a page of ours, with language and theme kept and what else it should show. */
export function pageAddress(path: string, { language, theme }: Kept, query: Parameters = {}): string {
  const isUsual = theme === USUAL_THEME && (remembered('theme') ?? theme) === theme
  return address(path, { ...query, language, theme: isUsual ? null : theme })
}
