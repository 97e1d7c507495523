import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { LANGUAGES, type Language } from '../../../domain/district.ts'
import type { Parameters } from '../../api/request.ts'
import { THEMES, type Theme } from '../../ui/palettes.ts'
import { remember } from '../../ui/remembered.ts'
import { pageAddress } from './page-address.ts'
import { useUsualSettings } from './use-usual-settings.ts'

/** Language and theme as the address names them, else as usual here; the same words on every page. */
export interface PageSettings {
  /** null: the district's */
  language: Language | null
  theme: Theme
  /** an address of ours with what this address names of these settings kept */
  linkTo(path: string, query?: Parameters): string
  change(wanted: { language?: Language; theme?: Theme }): void
}

export function usePageSettings(): PageSettings {
  const query = new URLSearchParams(useSearch())
  const usual = useUsualSettings()
  const language = LANGUAGES.find((one) => one === query.get('language')) ?? null
  const theme = THEMES.find((one) => one === query.get('theme')) ?? usual.theme
  return {
    language: language ?? usual.language,
    theme,
    linkTo: (path, more) => pageAddress(path, { language, theme }, more),
    change: (wanted) => {
      for (const [name, value] of Object.entries(wanted)) {
        remember(name as keyof typeof wanted, value)
        query.set(name, value)
      }
      navigate(`${location.pathname}?${query}`, { replace: true })
    },
  }
}
