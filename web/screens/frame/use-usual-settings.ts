import type { Language } from '../../../domain/district.ts'
import { useMe } from '../../access/use-me.ts'
import type { Theme } from '../../ui/palettes.ts'
import { useChosen } from '../../ui/remembered.ts'
import { USUAL_THEME } from './page-address.ts'

export interface UsualSettings {
  /** null: the district's */
  language: Language | null
  theme: Theme
}

/**
 * Language and theme where the address names none: as last chosen in this browser, else the browser's own
 * language. A wall shows what its address and its district say: nobody sits there whose wish it could be.
 */
export function useUsualSettings(): UsualSettings {
  const chosen = useChosen()
  const isWall = useMe().data?.role === 'wall'
  if (isWall) return { language: null, theme: USUAL_THEME }
  return { language: chosen.language ?? browserLanguage(), theme: chosen.theme ?? USUAL_THEME }
}

function browserLanguage(): Language | null {
  const [, name] = /^(zh|en)\b/i.exec(navigator.language) ?? []
  if (!name) return null
  return name.toLowerCase() === 'zh' ? 'zh-CN' : 'en'
}
